package import Mail

extension IMAPSession {
    /// Has the server tell of other mailboxes, too, while this session waits for news of the open one. RFC 5465.
    ///
    /// Once a session; nothing where the server can't, or would not. What it
    /// tells outside of IDLE is lost: whoever needs to know asks now and then.
    package func notify(of mailboxes: [MailboxName]) throws(IMAPError) {
        guard !mailboxes.isEmpty, notifying == .notAsked, has("NOTIFY") else { return }
        var names: [String] = []
        for mailbox in mailboxes { names.append(try wireName(mailbox)) }
        let list = names.joined(separator: " ")
        // A line of 8,000 octets is about what servers take. RFC 7162 section 4.
        guard list.utf8.count < 7500 else { return }
        let command = Command(
            "NOTIFY SET (selected-delayed (MessageNew MessageExpunge FlagChange)) "
                + "(mailboxes (\(list)) (MessageNew MessageExpunge))", doing: "NOTIFY SET")
        notifying = try lines(of: command, mayRefuse: true) == nil ? .refused : .agreed
    }

    /// The untagged lines of an answer as they are, each with its literals.
    ///
    /// - Parameter mayRefuse: NO and BAD are nil, and the session goes on.
    func lines(of command: Command, mayRefuse: Bool = false) throws(IMAPError) -> [String]? {
        let connection = try connection(for: command)
        defer { noteOctets(of: connection) }
        do throws(IMAPError) {
            return try connection.lines(of: command)
        } catch {
            let isRefusal = error.code == .no || error.code == .bad
            if mayRefuse, isRefusal, connection.wire.failure == nil { return nil }
            close()
            throw error
        }
    }
}

/// What has become of NOTIFY in a session.
enum Notifying {
    case notAsked
    case agreed
    case refused
}

extension Connection {
    fileprivate func lines(of command: Command) throws(IMAPError) -> [String] {
        try send(command)
        var lines: [String] = []
        while true {
            var line = try readLine()
            // The scanner has seen the tagged line before us: it is over when that line itself is here.
            if let status = tagged, line.hasPrefix("\(status.tag ?? "") ") {
                try check(status)
                return lines
            }
            while line.isData, line.hasLiteral { line += try readLine() }
            lines.append(line)
        }
    }
}

extension String {
    /// Words in brackets look like a literal, too.
    fileprivate var isData: Bool {
        let words = split(maxSplits: 2, whereSeparator: \.isWhitespace)
        return words.count > 1 && Status.Condition(rawValue: words[1].uppercased()) == nil
    }

    /// Whether a literal follows the line. RFC 9051 section 4.3.
    fileprivate var hasLiteral: Bool {
        let end = utf8.reversed().drop { $0 == 13 || $0 == 10 }
        guard end.first == UInt8(ascii: "}") else { return false }
        let digits = end.dropFirst().prefix { (0x30...0x39).contains($0) }
        return !digits.isEmpty && end.dropFirst(1 + digits.count).first == UInt8(ascii: "{")
    }
}
