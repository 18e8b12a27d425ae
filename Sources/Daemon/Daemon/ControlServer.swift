internal import FoundationEssentials
internal import Synchronization
internal import Transport
internal import Workers

/// What a client of the control socket asks: the words of a command, and the octets of a file it named.
package struct ControlRequest: Codable, Sendable {
    package var words: [String]
    package var file: String?
    package var terminal: Bool
    /// The data directory that is meant: a daemon of another says so, and does nothing.
    package var data: String?
    /// Files that the caller reads when they are asked for.
    package var files: [String]?

    package init(words: [String], file: String?, terminal: Bool, data: String?, files: [String]? = nil) {
        self.words = words
        self.file = file
        self.terminal = terminal
        self.data = data
        self.files = files
    }
}

/// One line of the answer: octets for standard output, a complaint, a file that is wanted, or the end.
package struct ControlAnswer: Codable, Sendable {
    /// Base64.
    package var out: String?
    package var complaint: String?
    package var exit: Int32?
    /// The daemon has other data than was meant.
    package var isOthers: Bool?
    /// The number of a file that the caller is to send now: see ``ControlFiles``.
    package var wants: Int?

    package init(
        out: String? = nil, complaint: String? = nil, exit: Int32? = nil, isOthers: Bool? = nil,
        wants: Int? = nil
    ) {
        self.out = out
        self.complaint = complaint
        self.exit = exit
        self.isOthers = isOthers
        self.wants = wants
    }
}

/// Answers the command line of whoever may: the daemon's own user, and root.
///
/// One JSON object a line each way. Who calls, the kernel says.
package final class ControlServer: Sendable {
    package typealias Handler =
        @Sendable (
            _ request: ControlRequest, _ files: ControlFiles, _ user: UInt32,
            _ answer: @escaping @Sendable (ControlAnswer) -> Bool
        )
        async -> Void

    private let socket: UnixSocket
    private let handler: Handler
    private static let pool = WorkerPool(name: "mailroom-ctl", limit: 8)
    private static let longestLine = 64 << 20

    /// - Parameter held: a socket that systemd holds for us across restarts; without it one is made at `path`.
    package init(path: String, held: Int32? = nil, handler: @escaping Handler) throws {
        socket = try held.map { UnixSocket.adopt($0) } ?? UnixSocket.listen(path: path, mode: 0o660)
        self.handler = handler
    }

    /// Answers until `stop`.
    package func start() {
        let isStarted = Threads.start(name: "mailroom-accept") { [self] in
            while let caller = socket.accept() {
                let conversation = Conversation(caller: caller, handler: handler)
                Task { await conversation.run() }
            }
        }
        precondition(isStarted, "the system refuses us a thread for the control socket")
    }

    package func stop() { socket.shutDown() }

    /// One caller and one question; reading blocks, so it has a worker.
    private actor Conversation: WorkerActor {
        nonisolated let worker = Worker(pool: ControlServer.pool)
        private let caller: UnixSocket
        private let handler: Handler

        init(caller: UnixSocket, handler: @escaping Handler) {
            self.caller = caller
            self.handler = handler
        }

        func run() async {
            guard let user = caller.peerUser else { return }
            guard user == 0 || user == ThisProcess.user else {
                _ = Self.answer(
                    ControlAnswer(
                        complaint: "only root and mailroom's own user may ask the daemon", exit: 77),
                    to: caller)
                return
            }
            var buffer: [UInt8] = []
            guard let line = caller.readLine(limit: ControlServer.longestLine, buffer: &buffer),
                let request = try? JSONDecoder().decode(ControlRequest.self, from: Data(line))
            else { return }
            let caller = caller
            let paths = request.files ?? []
            let pieces = PieceReader(caller, buffer: buffer)
            let files = ControlFiles(paths) { index, sink in
                try pieces.read(index, paths[index], into: sink)
            }
            await handler(request, files, user) { answer in Self.answer(answer, to: caller) }
        }

        private static func answer(_ answer: ControlAnswer, to caller: UnixSocket) -> Bool {
            guard let line = try? JSONEncoder().encode(answer) else { return false }
            return caller.write(Array(line) + [10])
        }
    }
}

/// Asks the daemon to run a command.
package enum ControlClient {
    /// The exit status, or nil when no daemon of this data listens at any of the paths.
    package static func run(
        _ request: ControlRequest, files: ControlFiles = .none, sockets: [String], out: ([UInt8]) -> Void,
        complain: (String) -> Void
    ) throws -> Int32? {
        asking: for path in sockets {
            let socket: UnixSocket
            do {
                socket = try UnixSocket.connect(path: path)
            } catch {
                if error.isNobodyThere { continue }
                throw error
            }
            socket.write(Array(try JSONEncoder().encode(request)) + [10])
            var buffer: [UInt8] = []
            while let line = socket.readLine(limit: 64 << 20, buffer: &buffer) {
                let answer = try JSONDecoder().decode(ControlAnswer.self, from: Data(line))
                if answer.isOthers == true { continue asking }
                if let text = answer.out, let octets = Data(base64Encoded: text) { out(Array(octets)) }
                if let complaint = answer.complaint { complain(complaint) }
                if let index = answer.wants { try PieceWriter.send(index, of: files, over: socket) }
                if let exit = answer.exit { return exit }
            }
            return 69
        }
        return nil
    }
}
