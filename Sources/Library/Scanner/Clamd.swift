internal import Glibc

/// ClamAV's daemon, on its Unix socket. clamd(8).
///
/// Documents are sent (INSTREAM), never named: clamd need not be allowed to
/// read our files. One connection a question. Blocks: call it on a worker.
package struct Clamd: Hashable, Sendable {
    private let socket: String
    private let seconds: Int

    /// - Parameters:
    ///   - socket: the path that clamd.conf calls `LocalSocket`.
    ///   - seconds: for one document, from connecting to the result.
    package init(socket: String, seconds: Int = 120) {
        self.socket = socket
        self.seconds = seconds
    }

    /// Whether somebody answers.
    package func ping() throws(ScannerError) {
        let reply = try ask("PING")
        guard reply == "PONG" else { throw ScannerError(.refused, doing: "PING", words: reply) }
    }

    /// `ClamAV 1.4.6/27500/Sat Nov 21 08:00:00 2026`: the program, its signatures, and of when they are.
    package func version() throws(ScannerError) -> String { try ask("VERSION") }

    /// Scans an open file from its start; its position is left alone.
    ///
    /// - Parameter cutShort: a descriptor that becomes readable when the caller must stop.
    package func scan(descriptor: Int32, cutShort: Int32? = nil) -> ScanResult {
        do throws(ScannerError) {
            var stream = try begin(cutShort: cutShort)
            var buffer = [UInt8](repeating: 0, count: 1 << 17)
            var position = 0
            while true {
                let count = unsafe pread(descriptor, &buffer, buffer.count, position)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw ScannerError(errno: errno, doing: "reading the document") }
                if count == 0 { break }
                position += count
                try stream.feed(buffer.span.extracting(..<count))
            }
            return stream.finish()
        } catch {
            return ScanResult(error)
        }
    }

    /// Begins a scan of octets that come as they come.
    package func begin(cutShort: Int32? = nil) throws(ScannerError) -> Stream {
        let connection = try ClamdConnection.open(
            socket, seconds: seconds, cutShort: cutShort, doing: "INSTREAM")
        var stream = Stream(connection: connection)
        try stream.command("INSTREAM")
        return stream
    }

    private func ask(_ command: String) throws(ScannerError) -> String {
        let connection = try ClamdConnection.open(
            socket, seconds: min(seconds, 10), cutShort: nil, doing: command)
        // A leading z: the command and the reply end with a NUL.
        _ = try connection.send(Array("z\(command)\0".utf8).span)
        return try connection.reply()
    }

    /// One document on its way to clamd.
    package struct Stream: ~Copyable {
        private let connection: ClamdConnection
        /// clamd has stopped to read; its reply says why.
        private var isRefused = false

        fileprivate init(connection: consuming ClamdConnection) { self.connection = connection }

        fileprivate mutating func command(_ command: String) throws(ScannerError) {
            isRefused = try !connection.send(Array("z\(command)\0".utf8).span)
        }

        package mutating func feed(_ octets: Span<UInt8>) throws(ScannerError) {
            guard !isRefused, !octets.isEmpty else { return }
            isRefused = try !connection.send(Self.length(octets.count).span)
            if !isRefused { isRefused = try !connection.send(octets) }
        }

        /// Ends the document and waits for the result.
        package consuming func finish() -> ScanResult {
            do throws(ScannerError) {
                // A chunk of no octets is the end.
                if !isRefused { _ = try connection.send(Self.length(0).span) }
                return ScanResult(reply: try connection.reply())
            } catch {
                return ScanResult(error)
            }
        }

        /// Four octets in network order before each chunk.
        private static func length(_ count: Int) -> [UInt8] {
            stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: count >> $0) }
        }
    }
}
