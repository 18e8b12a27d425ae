import Synchronization
import Workers

/// A submission server on loopback that does at every step what a test wants, and counts.
///
/// Without a rule it takes everything. A rule is asked before each answer: see
/// ``Action``. RFC 5321.
package final class ScriptedSMTPServer: Sendable {
    package enum Step: String, Sendable, CaseIterable {
        case greeting, ehlo, startTLS, auth, noop, mail, rcpt, data, end, quit
    }

    /// Where the conversation is when an answer is due.
    package struct Moment: Sendable {
        package let step: Step
        /// 1 for the server's first connection.
        package let connection: Int
        /// 1 for the connection's first MAIL.
        package let transaction: Int
        /// The client's line.
        package let line: String
    }

    package enum Action: Sendable {
        /// What the server would say by itself.
        case usual
        /// One line or more, without the last one's end.
        case say(String)
        case sayAndDrop(String)
        case drop
        /// Takes the message, and drops the connection before it says so.
        case storeAndDrop
        /// Says nothing until the client goes away.
        case stall
        /// Says its usual words, and reads nothing more.
        case deaf
        /// Its usual words an octet at a time.
        case trickle(milliseconds: Int32)
        /// Reads nothing for so long, then goes on as usual.
        case wait(milliseconds: Int)
    }

    package struct Delivery: Sendable {
        /// MAIL's arguments: `<a@b.example> SMTPUTF8`.
        package let mail: String
        /// RCPT's, of whom it took.
        package let recipients: [String]
        /// As they were before the dots were added.
        package let octets: [UInt8]
        package let connection: Int
    }

    package struct Options: Sendable {
        package var extensions = ["SIZE 35882577", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"]
        /// AUTH's, for user `office` and secret or token `correct horse`; none: it does not offer AUTH.
        package var mechanisms: [String] = []
        package var tls: TestCertificates?
        package var certificate = TestCertificates.Kind.good
        /// TLS from the first octet.
        package var isImplicit = false
        /// Octets that come with the answer to STARTTLS, before TLS.
        package var injection = ""

        package init() {}
    }

    package typealias Rule = @Sendable (Moment) -> Action

    struct State: Sendable {
        var connections = 0
        var open = 0
        var deliveries: [Delivery] = []
        var lines: [String] = []
        var isStopped = false
    }

    package let port: UInt16
    let options: Options
    let rule: Rule
    let state = Mutex(State())
    private let listener: TestSocket
    private let sockets = Mutex<[Int: TestSocket]>([:])

    package init(_ options: Options = Options(), rule: @escaping Rule = { _ in .usual }) {
        self.options = options
        self.rule = rule
        (listener, port) = TestSocket.listening()
        let started = Threads.start(name: "test-listener") { [listener, weak self] in
            while let socket = listener.accept() {
                guard let self else { return }
                self.serve(socket)
            }
        }
        precondition(started, "the system gives a thread to a test")
    }

    deinit { stop() }

    /// How many connections there have been.
    package var connections: Int { state.withLock { $0.connections } }
    /// How many there are.
    package var openConnections: Int { state.withLock { $0.open } }
    /// What it took, whether or not it said so.
    package var deliveries: [Delivery] { state.withLock { $0.deliveries } }
    /// Every command line, data and secrets not among them.
    package var lines: [String] { state.withLock { $0.lines } }

    /// Cuts all connections and takes no more.
    package func stop() {
        state.withLock { $0.isStopped = true }
        listener.shutdown()
        cut()
    }

    /// Cuts all connections.
    package func cut() { sockets.withLock { $0.values.forEach { $0.shutdown() } } }

    /// Says something to all who are connected, unasked.
    package func say(_ text: String) {
        sockets.withLock { $0.values.forEach { $0.send(Array((text + "\r\n").utf8)) } }
    }

    private func serve(_ socket: TestSocket) {
        let number = state.withLock { state in
            state.connections += 1
            state.open += 1
            return state.connections
        }
        sockets.withLock { $0[number] = socket }
        let started = Threads.start(name: "test-connection") { [self] in
            // Holds the server for as long as somebody talks to it.
            try? ScriptedSMTPSession(self, socket, number).run()
            socket.shutdown()
            sockets.withLock { $0[number] = nil }
            state.withLock { $0.open -= 1 }
        }
        precondition(started, "the system gives a thread to a test")
    }
}
