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
        let connection = try connection(for: command)
        defer { noteOctets(of: connection) }
        var spelled: [String: MailboxName] = [:]
        for mailbox in mailboxes { spelled[spelledNames[mailbox] ?? mailbox.encoded] = mailbox }
        var found: [MailboxName: MailboxStatus] = [:]
        do throws(IMAPError) {
            for line in try connection.lines(of: command) {
                guard let answer = StatusLine(line) else { continue }
                // INBOX is INBOX in any case: RFC 9051 section 5.1.
                let mailbox = answer.name.uppercased() == "INBOX" ? .inbox : spelled[answer.name]
                if let mailbox { found[mailbox] = answer.status }
            }
        } catch {
            guard connection.wire.failure == nil, error.code == .no || error.code == .bad else {
                close()
                throw error
            }
            isListStatusRefused = true
            return [:]
        }
        return found
    }
}

extension Connection {
    /// The untagged lines of an answer as they are, each with its literals, to the tagged OK.
    fileprivate func lines(of command: Command) throws(IMAPError) -> [String] {
        try send(command)
        var lines: [String] = []
        while true {
            var line = try readLine()
            while line.hasLiteral { line += try readLine() }
            // The scanner has seen the tagged line before us: it is over when that line itself is here.
            if let status = tagged, line.hasPrefix("\(status.tag ?? "") ") {
                try check(status)
                return lines
            }
            lines.append(line)
        }
    }
}

extension String {
    /// Whether a literal follows the line. RFC 9051 section 4.3.
    fileprivate var hasLiteral: Bool {
        let end = utf8.reversed().drop { $0 == 13 || $0 == 10 }
        guard end.first == UInt8(ascii: "}") else { return false }
        let digits = end.dropFirst().prefix { (0x30...0x39).contains($0) }
        return !digits.isEmpty && end.dropFirst(1 + digits.count).first == UInt8(ascii: "{")
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
