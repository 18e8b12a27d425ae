internal import CEtPan
internal import Mail
internal import Synchronization
internal import Transport
package import Workers

/// One authenticated conversation with an IMAP server, on a thread that may block. RFC 9051.
///
/// It reads: EXAMINE, BODY.PEEK, no STORE; the one command that writes is in a
/// file of its own, `Append.swift`. Its methods block
/// their ``Worker``, never Swift's own threads; one runs at a time. ``cancel()``
/// alone may be called from anywhere, at any time. After any error the session
/// is dropped and another one opened: see ``IMAPError``.
package actor IMAPSession {
    /// Whatever the server said of itself before and after the login.
    struct Facts: Sendable {
        var capabilities: Set<String> = []
        var identity: ServerIdentity
    }

    private nonisolated let worker: Worker
    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe worker.asUnownedSerialExecutor() }

    nonisolated let endpoint: IMAPEndpoint
    private nonisolated let cancellation = Cancellation()
    private nonisolated let facts: Mutex<Facts>
    private nonisolated let octets = Atomic<UInt64>(0)
    private var open: Connection?
    /// Between IDLE and DONE the connection takes no command.
    var isIdling = false
    /// Set to end a wait for news before its time.
    var isIdleInterrupted = false
    var isQResyncEnabled = false
    /// The server has LIST-STATUS, and answered NO.
    var isListStatusRefused = false
    var notifying = Notifying.notAsked
    /// Names that are no modified UTF-7, as the server spells them: see ``wireName(_:)``.
    var spelledNames: [MailboxName: String] = [:]

    private init(_ endpoint: IMAPEndpoint, _ worker: Worker) {
        self.endpoint = endpoint
        self.worker = worker
        facts = Mutex(Facts(identity: ServerIdentity(greeting: "")))
    }

    /// Connects, proves the server, and logs in. Cancelling the task cuts it short.
    package static func open(
        _ endpoint: IMAPEndpoint, _ login: IMAPLogin, pool: WorkerPool = .shared
    ) async throws(IMAPError) -> IMAPSession {
        let session = IMAPSession(endpoint, Worker(pool: pool))
        let result: Result<Void, IMAPError> = await withTaskCancellationHandler {
            await session.start(login)
        } onCancel: {
            session.cancel()
        }
        try result.get()
        return session
    }

    /// Ends whatever the session is doing, within milliseconds, from any thread.
    package nonisolated func cancel() { cancellation.cancel() }

    /// Whether the server has said it can do this: `has("QRESYNC")`. Case doesn't count.
    package nonisolated func has(_ capability: String) -> Bool {
        facts.withLock { $0.capabilities.contains(capability.uppercased()) }
    }

    package nonisolated var capabilities: Set<String> { facts.withLock { $0.capabilities } }
    package nonisolated var identity: ServerIdentity { facts.withLock { $0.identity } }

    /// Octets that have come from the server so far, TLS not counted.
    package nonisolated var bytesReceived: UInt64 { octets.load(ordering: .relaxed) }

    /// Says goodbye, if the server listens, and closes the connection.
    package func logout() {
        guard let connection = open else { return }
        defer { close() }
        guard !isIdling, connection.wire.failure == nil else { return }
        connection.wire.expectBye()
        // Whatever the server answers, we are leaving; it has five seconds to do so.
        let goodbye = Pace(seconds: min(5, endpoint.commandSeconds), octets: 65_536)
        _ = try? unsafe connection.run(Command("LOGOUT"), pace: goodbye) { _ in }
    }

    package func noop() throws(IMAPError) { try run(Command("NOOP")) }

    /// Ends a wait for news as if its time were over; the session goes on.
    package func interruptIdle() async {
        isIdleInterrupted = isIdling
        // The wait itself begins a moment after IDLE was sent.
        while isIdling, isIdleInterrupted, let open,
            !IdleHub.shared.interrupt(open.wire.transport.descriptor)
        {
            await Task.yield()
        }
    }

    /// The connection, for a command that is about to be sent.
    func connection(for command: Command) throws(IMAPError) -> Connection {
        precondition(!isIdling, "a session that idles takes no command")
        guard let open else { throw IMAPError(.closed, doing: command.doing, words: "the session is over") }
        return open
    }

    /// Runs a command whose answer is its OK, or comes through the reader.
    func run(
        _ command: Command, pace: Pace? = nil, largestLiteral: UInt64 = 65_536, fetch: FetchReader? = nil
    ) throws(IMAPError) {
        try unsafe run(command, pace: pace, largestLiteral: largestLiteral, fetch: fetch) { _ in }
    }

    /// Runs a command; after an error the session is over.
    func run<Result>(
        _ command: Command, pace: Pace? = nil, largestLiteral: UInt64 = 65_536, fetch: FetchReader? = nil,
        _ collect: (UnsafeMutablePointer<mailimap>) throws(IMAPError) -> Result
    ) throws(IMAPError) -> Result {
        let connection = try connection(for: command)
        defer { noteOctets(of: connection) }
        do {
            return try unsafe connection.run(
                command, pace: pace, largestLiteral: largestLiteral, fetch: fetch, collect)
        } catch {
            close()
            throw error
        }
    }

    func noteOctets(of connection: Connection) {
        octets.store(connection.wire.transport.octetsRead, ordering: .relaxed)
    }

    func close() {
        guard let connection = open else { return }
        noteOctets(of: connection)
        IdleHub.shared.forget(connection.wire.transport.descriptor)
        connection.wire.close()
        open = nil
    }

    private func start(_ login: IMAPLogin) -> Result<Void, IMAPError> {
        do throws(IMAPError) {
            let opening = try Opening.connect(to: endpoint, cancellation)
            open = opening.connection
            if !opening.isPreauth {
                try opening.connection.authenticate(login, opening.capabilities, endpoint)
            }
            let capabilities = try opening.connection.capabilities()
            let identity = try opening.identity(capabilities)
            facts.withLock { facts in
                facts.capabilities = capabilities
                facts.identity = identity
            }
            octets.store(opening.connection.wire.transport.octetsRead, ordering: .relaxed)
            return .success(())
        } catch {
            close()
            return .failure(error)
        }
    }
}
