internal import CEtPan
package import Mail

extension IMAPSession {
    /// What STATUS tells of many mailboxes, asked in one command. RFC 5819.
    ///
    /// Empty where the server cannot do it or would not. Of a mailbox that it
    /// leaves out, ``status(_:)`` says why. The lines are read here: of several
    /// STATUS responses libetpan 1.9.4 keeps the last.
    package func statuses(of mailboxes: [MailboxName]) throws(IMAPError) -> [MailboxName: MailboxStatus] {
        guard mailboxes.count > 1, has("LIST-STATUS"), has("LIST-EXTENDED") else { return [:] }
        var found: [MailboxName: MailboxStatus] = [:]
        var names: [String] = []
        for (index, mailbox) in mailboxes.enumerated() where !isListStatusRefused {
            names.append(try wireName(mailbox))
            // A line of 8,000 octets is about what servers take. RFC 7162 section 4.
            let isLong = names.reduce(0) { $0 + $1.utf8.count + 1 } > 6000
            guard isLong || index == mailboxes.count - 1 else { continue }
            found.merge(try statuses(named: names, mailboxes)) { $1 }
            names = []
        }
        return found
    }

    private func statuses(
        named names: [String], _ mailboxes: [MailboxName]
    ) throws(IMAPError) -> [MailboxName: MailboxStatus] {
        let command = Command(
            "LIST \"\" (\(names.joined(separator: " "))) RETURN (STATUS (\(statusItems)))",
            doing: "LIST STATUS")
        guard let lines = try lines(of: command, mayRefuse: true) else {
            isListStatusRefused = true
            return [:]
        }
        return statuses(in: lines, of: mailboxes)
    }

    func statuses(in lines: [String], of mailboxes: [MailboxName]) -> [MailboxName: MailboxStatus] {
        var spelled: [String: MailboxName] = [:]
        for mailbox in mailboxes { spelled[spelledNames[mailbox] ?? mailbox.encoded] = mailbox }
        var found: [MailboxName: MailboxStatus] = [:]
        for answer in lines.compactMap(StatusLine.init) {
            // INBOX is INBOX in any case: RFC 9051 section 5.1.
            let mailbox = answer.name.uppercased() == "INBOX" ? .inbox : spelled[answer.name]
            if let mailbox { found[mailbox] = answer.status }
        }
        return found
    }
}

/// `* STATUS "Sent" (MESSAGES 2 UIDNEXT 3)`. RFC 9051 section 7.3.4.
struct StatusLine: Hashable {
    /// As the server spells it.
    let name: String
    let status: MailboxStatus

    /// Nil for any other line, and for one without the number of messages.
    init?(_ line: String) {
        var rest = Array(line.utf8)[...]
        guard Self.word(&rest) == "*", Self.word(&rest)?.uppercased() == "STATUS",
            let name = Self.name(&rest), rest.popFirst() == UInt8(ascii: "(")
        else { return nil }
        let words = rest.prefix { $0 != UInt8(ascii: ")") }.split(separator: 0x20).map {
            String(decoding: $0, as: UTF8.self)
        }
        var values: [String: UInt64] = [:]
        for index in stride(from: 0, to: words.count - 1, by: 2) {
            values[words[index].uppercased()] = UInt64(words[index + 1])
        }
        func number(_ item: String) -> UInt32? { values[item].flatMap { UInt32(exactly: $0) } }
        guard let messages = number("MESSAGES") else { return nil }
        self.name = name
        status = MailboxStatus(
            messages: messages, uidNext: number("UIDNEXT").flatMap(UID.init),
            uidValidity: number("UIDVALIDITY").flatMap(UIDValidity.init),
            highestModSeq: values["HIGHESTMODSEQ"].flatMap(ModSeq.init))
    }

    private static func word(_ rest: inout ArraySlice<UInt8>) -> String? {
        let word = rest.prefix { $0 != 0x20 }
        guard !word.isEmpty, word.count < rest.count else { return nil }
        rest = rest.dropFirst(word.count + 1)
        return String(decoding: word, as: UTF8.self)
    }

    /// An astring and the space behind it. RFC 9051 section 9, `mailbox`.
    private static func name(_ rest: inout ArraySlice<UInt8>) -> String? {
        switch rest.first {
        case UInt8(ascii: "\""):
            rest.removeFirst()
            var name: [UInt8] = []
            while let octet = rest.popFirst(), octet != UInt8(ascii: "\"") {
                let isEscape = octet == UInt8(ascii: "\\")
                guard let next = isEscape ? rest.popFirst() : octet else { return nil }
                name.append(next)
            }
            return rest.popFirst() == 0x20 ? String(decoding: name, as: UTF8.self) : nil
        case UInt8(ascii: "{"):
            let head = rest.prefix { $0 != 10 }
            let digits = String(decoding: head.dropFirst().prefix { $0 != UInt8(ascii: "}") }, as: UTF8.self)
            guard let count = UInt16(digits) else { return nil }
            rest = rest.dropFirst(head.count + 1)
            let name = rest.prefix(Int(count))
            rest = rest.dropFirst(Int(count))
            return rest.popFirst() == 0x20 ? String(decoding: name, as: UTF8.self) : nil
        default: return word(&rest)
        }
    }
}
