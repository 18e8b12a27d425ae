internal import FoundationEssentials
internal import Synchronization
internal import Transport

/// A piece of a file that a command's caller sends, asked for by ``ControlAnswer/wants``.
package struct ControlPiece: Codable, Sendable {
    /// Base64.
    var octets: String?
    /// Nothing more comes of this file.
    var isLast: Bool?
    /// Why the caller could not read on.
    var failure: String?
}

/// The files that a command names, read by whoever gave it and streamed to whoever runs it.
///
/// The daemon may not read what its caller may; so it asks for one file after
/// the other, and neither side holds more than a piece of it.
package struct ControlFiles: Sendable {
    /// As the command names them.
    package let paths: [String]
    /// Gives one file, from its beginning to its end. It blocks.
    private let read: @Sendable (Int, (Span<UInt8>) throws -> Void) throws -> Void

    package init(
        _ paths: [String],
        read: @escaping @Sendable (Int, (Span<UInt8>) throws -> Void) throws -> Void
    ) {
        self.paths = paths
        self.read = read
    }

    package static let none = ControlFiles([]) { _, _ in
        preconditionFailure("a command that names no file asks for none")
    }

    /// Hands on a file's octets; for a worker's thread.
    package func stream(_ index: Int, into sink: (Span<UInt8>) throws -> Void) throws {
        precondition(paths.indices.contains(index), "the command names no such file")
        try read(index, sink)
    }

    /// What the caller could not read, or stopped sending.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }
}

/// The daemon's end of a caller's files: asks, and takes the pieces as they come.
final class PieceReader: Sendable {
    private let caller: UnixSocket
    /// What was read behind the line before.
    private let buffer: Mutex<[UInt8]>
    /// A piece is 48 KB, in base64.
    private static let longestLine = 1 << 20

    init(_ caller: UnixSocket, buffer: [UInt8]) {
        self.caller = caller
        self.buffer = Mutex(buffer)
    }

    /// To the file's end even where the sink has had enough: what follows on the line is the next answer.
    func read(_ index: Int, _ path: String, into sink: (Span<UInt8>) throws -> Void) throws {
        guard let line = try? JSONEncoder().encode(ControlAnswer(wants: index)),
            caller.write(Array(line) + [10])
        else { throw ControlFiles.Failure(description: "\(path): the caller is gone") }
        var failure: (any Error)?
        while true {
            let line = buffer.withLock { caller.readLine(limit: Self.longestLine, buffer: &$0) }
            guard let line, let piece = try? JSONDecoder().decode(ControlPiece.self, from: Data(line)) else {
                throw ControlFiles.Failure(description: "\(path): the caller stopped sending it")
            }
            if let words = piece.failure { throw ControlFiles.Failure(description: words) }
            if let text = piece.octets, failure == nil, let octets = Data(base64Encoded: text) {
                do { try sink(Array(octets).span) } catch { failure = error }
            }
            if piece.isLast == true { break }
        }
        if let failure { throw failure }
    }
}

/// The caller's end: sends a file that is asked for.
enum PieceWriter {
    private static let pieceSize = 48 << 10

    static func send(_ index: Int, of files: ControlFiles, over socket: UnixSocket) throws {
        func write(_ piece: ControlPiece) throws {
            guard socket.write(Array(try JSONEncoder().encode(piece)) + [10]) else {
                throw ControlFiles.Failure(description: "the daemon is gone")
            }
        }
        do {
            try files.stream(index) { octets in
                var start = 0
                while start < octets.count {
                    let end = min(octets.count, start + pieceSize)
                    var piece: [UInt8] = []
                    for place in start..<end { piece.append(octets[place]) }
                    try write(ControlPiece(octets: Data(piece).base64EncodedString()))
                    start = end
                }
            }
        } catch {
            return try write(ControlPiece(failure: "\(error)"))
        }
        try write(ControlPiece(isLast: true))
    }
}
