import Synchronization
import TestServers
import Workers

/// A web server on loopback that answers every request with what a test wants, and keeps the requests.
final class ScriptedHTTPServer: Sendable {
    enum Answer: Sendable {
        /// Octets as they are; then the connection ends.
        case octets(String)
        case stall
    }

    struct Request: Sendable {
        let line: String
        let fields: [String]
        let body: String
    }

    let port: UInt16
    private let listener: TestSocket
    private let kept = Mutex<[Request]>([])

    /// - Parameter certificates: TLS with the good one of them, or another kind.
    init(
        _ answer: Answer, certificates: TestCertificates? = nil, kind: TestCertificates.Kind = .good
    ) {
        (listener, port) = TestSocket.listening()
        let started = Threads.start(name: "test-listener") { [listener, weak self] in
            while let socket = listener.accept() {
                if let certificates, !socket.startTLS(kind, of: certificates) { continue }
                guard let request = Self.read(socket), let self else { continue }
                self.kept.withLock { $0.append(request) }
                switch answer {
                case .octets(let text): socket.send(Array(text.utf8))
                case .stall: _ = socket.readLine()
                }
                socket.shutdown()
            }
        }
        precondition(started, "the system gives a thread to a test")
    }

    deinit { listener.shutdown() }

    func stop() { listener.shutdown() }

    var requests: [Request] { kept.withLock { $0 } }

    private static func read(_ socket: TestSocket) -> Request? {
        guard let line = socket.readLine() else { return nil }
        var fields: [String] = []
        while let field = socket.readLine(), !field.isEmpty { fields.append(field) }
        let length = fields.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).filter { $0 != " " }) }
        let body = socket.read(length ?? 0) ?? []
        return Request(line: line, fields: fields, body: String(decoding: body, as: UTF8.self))
    }
}
