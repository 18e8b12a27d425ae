package import Mail
internal import Transport

/// The only command of ours that changes anything on a server: it adds a copy of a letter to Sent.
///
/// Kept apart from the others, so that it is easy to see who uses it.
extension IMAPSession {
    /// Adds a message to a mailbox, octet for octet, as it streams. RFC 9051 section 6.3.12.
    ///
    /// The line is our own: libetpan 1.9.4 wants the whole message in memory
    /// and writes CR LF for every CR or LF that stands alone (25 octets became 28). With LITERAL+
    /// or LITERAL- the server is not waited for. RFC 7888.
    ///
    /// - Parameters:
    ///   - octetCount: exactly as many as `octets` gives.
    ///   - octets: what it throws ends the session, for half a literal can't be taken back.
    package func append(
        to mailbox: MailboxName, flags: [Flag], octetCount: Int,
        octets: (_ sink: (Span<UInt8>) throws -> Void) throws -> Void
    ) throws(IMAPError) {
        let isHurried = has("LITERAL+") || (octetCount <= 4096 && has("LITERAL-"))
        let names = flags.map(\.name).joined(separator: " ")
        let command = Command(
            "APPEND \(try wireName(mailbox)) (\(names)) {\(octetCount)\(isHurried ? "+" : "")}",
            doing: "APPEND \(mailbox)")
        let connection = try connection(for: command)
        do throws(IMAPError) {
            try connection.send(command)
            if !isHurried { try Self.awaitContinuation(connection) }
            try Self.send(octets, count: octetCount, over: connection, command)
            try connection.send(line: "")
            while connection.tagged == nil { _ = try connection.readLine() }
            if let status = connection.tagged { try connection.check(status) }
        } catch {
            close()
            throw error
        }
    }

    /// UIDs of the open mailbox whose header field holds a text. RFC 9051 section 6.4.4.
    package func uids(whereField name: String, holds text: String) throws(IMAPError) -> UIDSet {
        let doing = "UID SEARCH HEADER \(name)"
        let name = try Command.quoted(name, doing: doing)
        let text = try Command.quoted(text, doing: doing)
        return try search("HEADER \(name) \(text)", within: UID.first...UID.last)
    }

    private static func awaitContinuation(_ connection: Connection) throws(IMAPError) {
        while true {
            let line = try connection.readLine()
            if line.hasPrefix("+") { return }
            guard let status = connection.tagged else { continue }
            try connection.check(status)
            throw connection.violation("OK where a continuation was due")
        }
    }

    private static func send(
        _ octets: (_ sink: (Span<UInt8>) throws -> Void) throws -> Void, count: Int,
        over connection: Connection, _ command: Command
    ) throws(IMAPError) {
        var sent = 0
        do {
            try octets { piece in
                sent += piece.count
                try connection.send(octets: piece)
            }
        } catch let error as IMAPError {
            throw error
        } catch {
            throw IMAPError(
                .receiver, doing: command.doing, words: "the message could not be read", underlying: error)
        }
        guard sent == count else {
            throw IMAPError(.argument, doing: command.doing, words: "the message has another length")
        }
    }
}
