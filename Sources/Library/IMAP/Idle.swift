internal import Mail
internal import Transport
internal import Workers

/// How a wait for news has ended. RFC 2177.
package enum IdleOutcome: Hashable, Sendable {
    /// Something happened in the open mailbox.
    case changed(MailboxChanges)
    /// The time is over.
    case timeout
}

/// Hints, not facts: whoever wants to know asks.
package struct MailboxChanges: Hashable, Sendable {
    /// How many messages there are now, if that was said.
    package var exists: UInt32?
    /// EXPUNGE or VANISHED.
    package var hasVanished = false
    package var hasFlags = false
    /// Something has changed in another mailbox: see ``IMAPSession/notify(of:)``.
    package var hasOthers = false

    var isEmpty: Bool { self == MailboxChanges() }

    /// Takes note of one untagged response.
    mutating func note(_ line: String) {
        let words = line.split(maxSplits: 3, whereSeparator: \.isWhitespace).map { $0.uppercased() }
        guard words.count >= 2, words[0] == "*" else { return }
        if words[1] == "VANISHED" { hasVanished = true }
        if words[1] == "STATUS" { hasOthers = true }
        guard words.count >= 3, let number = UInt32(words[1]) else { return }
        switch words[2] {
        case "EXISTS": exists = number
        case "EXPUNGE": hasVanished = true
        case "FETCH": hasFlags = true
        default: break
        }
    }
}

extension IMAPSession {
    /// Waits for news of the open mailbox, holding no thread meanwhile.
    ///
    /// Between `IDLE` and `DONE` the lines are read here: libetpan 1.9.4 fails on
    /// data before the `+`. A server says `* OK Still here` to keep the line
    /// alive; that ends no wait.
    ///
    /// - Parameter seconds: well below the 29 minutes after which servers hang up. RFC 2177.
    package func idle(seconds: Int) async throws(IMAPError) -> IdleOutcome {
        let command = Command("IDLE")
        let connection = try connection(for: command)
        isIdling = true
        isIdleInterrupted = false
        defer { isIdling = false }
        do throws(IMAPError) {
            return try await idle(connection, command, seconds)
        } catch {
            isIdling = false
            close()
            throw error
        }
    }

    private func idle(
        _ connection: Connection, _ command: Command, _ seconds: Int
    ) async throws(IMAPError) -> IdleOutcome {
        let end = ContinuousClock.now + .seconds(seconds)
        var changes = MailboxChanges()
        try connection.send(command)
        while true {
            let line = try connection.readLine()
            if line.hasPrefix("+") { break }
            if let status = connection.tagged {
                try connection.check(status)
                throw connection.violation("OK where a continuation was due")
            }
            changes.note(line)
        }
        while changes.isEmpty, !isIdleInterrupted {
            if !connection.hasBuffered {
                let left = ContinuousClock.now.duration(to: end).components.seconds
                guard left >= 0, ContinuousClock.now < end else { break }
                let socket = connection.wire.transport.descriptor
                switch await IdleHub.shared.readable(socket, seconds: Int(left) + 1) {
                case .readable: guard try connection.hasInput() else { continue }
                case .timeout: continue
                case .cancelled: throw IMAPError(.cancelled, doing: "IDLE", words: "cut short")
                }
            }
            connection.wire.transport.begin(connection.ordinaryPace)
            changes.note(try connection.readLine())
        }
        try connection.send(line: "DONE")
        while connection.tagged == nil { changes.note(try connection.readLine()) }
        if let status = connection.tagged { try connection.check(status) }
        return changes.isEmpty ? .timeout : .changed(changes)
    }
}
