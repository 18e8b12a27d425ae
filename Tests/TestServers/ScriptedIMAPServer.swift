import Glibc
import Synchronization
import Workers

/// A server on loopback that says exactly what a test wants said, one thread for each connection.
package final class ScriptedIMAPServer: Sendable {
    package typealias Script = @Sendable (ScriptedConnection) throws -> Void

    package let port: UInt16
    private let listener: TestSocket
    private let open = Mutex<[ScriptedConnection]>([])
    private let count = Mutex(0)

    /// - Parameter script: runs for each connection; the connection ends with it.
    package init(_ script: @escaping Script) {
        (listener, port) = TestSocket.listening()
        let started = Threads.start(name: "test-listener") { [listener, weak self] in
            while let socket = listener.accept() {
                guard let self else { return }
                self.serve(socket, script)
            }
        }
        precondition(started, "the system gives a thread to a test")
    }

    deinit { stop() }

    /// How many connections there have been.
    package var connections: Int { count.withLock { $0 } }

    /// Cuts all connections and takes no more.
    package func stop() {
        listener.shutdown()
        open.withLock { $0 }.forEach { $0.cut() }
    }

    private func serve(_ socket: TestSocket, _ script: @escaping Script) {
        let number = count.withLock { count in
            count += 1
            return count
        }
        let connection = ScriptedConnection(socket, number: number)
        open.withLock { $0.append(connection) }
        let started = Threads.start(name: "test-connection") { [self] in
            // Holds the server for as long as somebody talks to it.
            try? script(connection)
            connection.cut()
            open.withLock { $0.removeAll { $0 === connection } }
        }
        precondition(started, "the system gives a thread to a test")
    }
}

/// One connection of a ``ScriptedIMAPServer``, as seen by its script.
package final class ScriptedConnection: @unchecked Sendable {
    // `@unchecked Sendable` because only its script's thread reads and writes; others may cut it.
    package struct Over: Error {}

    /// A command line taken apart.
    package struct Line: Sendable {
        package let tag: String
        /// In capitals, UID commands as one word: `UID FETCH`.
        package let verb: String
        package let arguments: String
        package let whole: String
    }

    /// 1 for the server's first connection.
    package let number: Int
    private let socket: TestSocket
    private var allowance: Int?

    init(_ socket: TestSocket, number: Int) {
        self.socket = socket
        self.number = number
    }

    /// Cuts the line after so many octets more of ours.
    package func cut(after octets: Int) { allowance = octets }

    package func cut() { socket.shutdown() }

    package func send(_ text: String) throws { try send(octets: Array(text.utf8)) }

    package func send(octets: [UInt8]) throws {
        let allowed = min(octets.count, allowance ?? octets.count)
        allowance = allowance.map { $0 - allowed }
        guard socket.send(Array(octets[..<allowed])) else { throw Over() }
        if allowance == 0 {
            cut()
            throw Over()
        }
    }

    /// Sends a line and its end.
    package func line(_ text: String) throws { try send(text + "\r\n") }

    /// Sends octet by octet with a pause after each, until the client has had enough.
    package func trickle(_ text: String, milliseconds: Int32) throws {
        for octet in text.utf8 {
            try send(octets: [octet])
            if socket.waits(milliseconds: milliseconds), socket.readLine() == nil { throw Over() }
        }
    }

    /// The client's next line as it is.
    package func read() throws -> String {
        guard let line = socket.readLine() else { throw Over() }
        return line
    }

    package func readOctets(_ count: Int) throws -> [UInt8] {
        guard let octets = socket.read(count) else { throw Over() }
        return octets
    }

    /// The client's next command.
    package func command() throws -> Line {
        let whole = try read()
        let words = whole.split(separator: " ", maxSplits: 1).map(String.init)
        guard let tag = words.first, words.count > 1 else { throw Over() }
        let rest = words[1].split(separator: " ", maxSplits: 2).map(String.init)
        let isUID = rest.first?.uppercased() == "UID" && rest.count > 1
        let verb = (isUID ? "UID \(rest[1])" : rest[0]).uppercased()
        let arguments = rest.dropFirst(isUID ? 2 : 1).joined(separator: " ")
        return Line(tag: tag, verb: verb, arguments: arguments, whole: whole)
    }

    /// Reads one command, which has to be this one.
    @discardableResult
    package func expect(_ verb: String) throws -> Line {
        let line = try command()
        guard line.verb == verb else {
            try self.line("\(line.tag) BAD the script expected \(verb), not \(line.verb)")
            throw Over()
        }
        return line
    }

    /// Greeting, login and everything before the first command that a test is about.
    package func logIn(capabilities: String = "IMAP4rev1") throws {
        try line("* OK ready")
        while true {
            let command = try command()
            switch command.verb {
            case "CAPABILITY":
                try line("* CAPABILITY \(capabilities)")
                try line("\(command.tag) OK done")
                if isLoggedIn { return }
            case "LOGIN", "AUTHENTICATE":
                isLoggedIn = true
                try line("\(command.tag) OK welcome")
            default:
                try line("\(command.tag) BAD not yet")
                throw Over()
            }
        }
    }
    private var isLoggedIn = false

    /// Answers an EXAMINE of a mailbox with so many messages.
    package func examine(exists: Int = 1, uidValidity: UInt32 = 7) throws {
        let command = try expect("EXAMINE")
        try line("* \(exists) EXISTS")
        try line("* OK [UIDVALIDITY \(uidValidity)] fine")
        try line("* OK [UIDNEXT \(exists + 1)] fine")
        try line("\(command.tag) OK [READ-ONLY] done")
    }

    /// Says nothing until the client goes away.
    package func stall() throws { while true { _ = try read() } }

    /// Whether the client sends something, or goes away, within the milliseconds.
    package func waits(milliseconds: Int32) -> Bool { socket.waits(milliseconds: milliseconds) }
}
