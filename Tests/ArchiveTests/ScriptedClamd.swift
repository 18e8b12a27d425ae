import Glibc

/// A clamd that says what a test wants of it, to one connection.
final class ScriptedClamd: Sendable {
    enum Script: Sendable {
        /// Reads to the end of the stream, then answers.
        case answers(String)
        /// Answers after this many octets, and closes with the rest unread.
        case answersEarly(String)
        case hangsUp
        case staysSilent
    }

    let socket: String
    private let listening: Int32

    init(_ script: Script) {
        socket = "/tmp/mailroom-scripted-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        listening = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(socket.utf8)) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listening, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        precondition(bound == 0 && listen(listening, 1) == 0, "a test may listen in /tmp")
        start(script)
    }

    private func start(_ script: Script) {
        var thread = pthread_t()
        let work = Unmanaged.passRetained(Work(listening: listening, script: script)).toOpaque()
        let result = pthread_create(
            &thread, nil,
            { work in
                Unmanaged<Work>.fromOpaque(work!).takeRetainedValue().run()
                return nil
            }, work)
        precondition(result == 0, "a test may start a thread")
        pthread_detach(thread)
    }

    deinit {
        shutdown(listening, Int32(SHUT_RDWR))
        close(listening)
        unlink(socket)
    }

    private final class Work: Sendable {
        let listening: Int32
        let script: Script

        init(listening: Int32, script: Script) {
            self.listening = listening
            self.script = script
        }

        func run() {
            let connection = accept(listening, nil, nil)
            guard connection >= 0 else { return }
            defer { close(connection) }
            var buffer = [UInt8](repeating: 0, count: 4096)
            var last: [UInt8] = []
            func read() -> Bool {
                let count = Glibc.read(connection, &buffer, buffer.count)
                if count > 0 { last = (last + buffer[..<count]).suffix(4) }
                return count > 0
            }
            switch script {
            case .answers(let reply):
                while last != [0, 0, 0, 0], read() {}
                send(reply, connection)
            case .answersEarly(let reply):
                _ = read()
                send(reply, connection)
            case .hangsUp: _ = read()
            // Until the other side has had enough.
            case .staysSilent: while read() {}
            }
        }

        private func send(_ reply: String, _ connection: Int32) {
            let octets = Array(reply.utf8)
            _ = Glibc.send(connection, octets, octets.count, Int32(MSG_NOSIGNAL))
        }
    }
}
