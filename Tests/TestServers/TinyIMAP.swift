import Mail

/// A client of forty lines that shares nothing with ours: the oracle.
package final class TinyIMAP {
    package struct Message: Hashable, Sendable {
        package let mailbox: MailboxName
        package let uidValidity: UInt32
        package let uid: UInt32
        package let octets: [UInt8]
    }

    private let socket: TestSocket
    private var tag = 0

    package init?(port: UInt16, user: String, secret: String) {
        guard let socket = TestSocket.connected(to: port), socket.readLine() != nil else { return nil }
        self.socket = socket
        // A literal holds what no quoted string could.
        guard socket.send(Array("a LOGIN \(user) {\(secret.utf8.count)}\r\n".utf8)),
            socket.readLine()?.hasPrefix("+") == true, socket.send(Array("\(secret)\r\n".utf8)),
            let answer = lines(until: "a "), answer.last?.hasPrefix("a OK") == true
        else { return nil }
    }

    /// Sends a command; its answer without literals, tagged line last.
    @discardableResult
    package func command(_ line: String) -> [String] {
        tag += 1
        socket.send(Array("t\(tag) \(line)\r\n".utf8))
        return lines(until: "t\(tag) ") ?? []
    }

    /// Every message of every mailbox.
    package func everything() -> [Message] { mailboxes.flatMap { messages(in: $0) } }

    /// Every mailbox that can be opened.
    package var mailboxes: [MailboxName] {
        var found: [MailboxName] = []
        for line in command(#"LIST "" "*""#) where line.hasPrefix("* LIST") && !line.contains("\\Noselect") {
            // Dovecot sends atoms where it can.
            let name =
                line.hasSuffix("\"")
                ? String(line.split(separator: "\"").last ?? "")
                : String(line.split(separator: " ").last ?? "")
            guard let mailbox = MailboxName(encoded: name) else { continue }
            found.append(mailbox)
        }
        return found
    }

    package func messages(in mailbox: MailboxName) -> [Message] {
        var found: [Message] = []
        forEachMessage(in: mailbox) { found.append($0) }
        return found
    }

    /// Every message of a mailbox, one at a time: a mailbox may hold more than memory does.
    package func forEachMessage(in mailbox: MailboxName, _ body: (Message) -> Void) {
        let answer = command("EXAMINE \"\(mailbox.encoded)\"")
        let validity =
            answer.compactMap { $0.split(separator: "[UIDVALIDITY ").last?.split(separator: "]").first }
            .compactMap { UInt32($0) }.first ?? 0
        tag += 1
        socket.send(Array("t\(tag) UID FETCH 1:* (UID BODY.PEEK[])\r\n".utf8))
        while let line = socket.readLine(), !line.hasPrefix("t\(tag) ") {
            guard
                let uid = line.split(separator: "UID ").last?.split(separator: " ").first.flatMap({
                    UInt32($0)
                }),
                let size = line.split(separator: "{").last.flatMap({ Int($0.dropLast()) }),
                let octets = socket.read(size)
            else { continue }
            body(Message(mailbox: mailbox, uidValidity: validity, uid: uid, octets: octets))
        }
    }

    private func lines(until prefix: String) -> [String]? {
        var found: [String] = []
        while let line = socket.readLine() {
            found.append(line)
            if line.hasPrefix(prefix) { return found }
        }
        return nil
    }
}
