internal import Glibc

/// The container's octets by position, through a window: never the whole in memory.
final class InputFile {
    let count: Int
    private let descriptor: Int32
    private var window = [UInt8](repeating: 0, count: 1 << 16)
    private var windowRange = 0..<0

    init(descriptor: Int32) throws(ArchiveError) {
        self.descriptor = descriptor
        let end = lseek(descriptor, 0, SEEK_END)
        guard end >= 0 else { throw ArchiveError(.unavailable, "the container is no file") }
        count = Int(end)
    }

    /// The octet at a position below ``count``.
    func octet(_ position: Int) throws(ArchiveError) -> UInt8 {
        // Backwards the window moves by most of itself, or every octet would be a call.
        if position < windowRange.lowerBound {
            try move(to: max(0, position - window.count / 2))
        } else if position >= windowRange.upperBound {
            try move(to: position)
        }
        return window[position - windowRange.lowerBound]
    }

    /// A little-endian number; the caller has made sure that it is there.
    func number<T: FixedWidthInteger>(_ position: Int, _ type: T.Type) throws(ArchiveError) -> T {
        var value: T = 0
        for index in (0..<T.bitWidth / 8).reversed() {
            value = value << 8 | T(truncatingIfNeeded: try octet(position + index))
        }
        return value
    }

    func octets(_ range: Range<Int>) throws(ArchiveError) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(range.count)
        for position in range { octets.append(try octet(position)) }
        return octets
    }

    /// Hands on a range in pieces.
    func forEachPiece(
        _ range: Range<Int>, _ body: (Span<UInt8>) throws(ArchiveError) -> Void
    ) throws(ArchiveError) {
        var position = range.lowerBound
        var piece = [UInt8](repeating: 0, count: window.count)
        while position < range.upperBound {
            let got = try read(&piece, min(piece.count, range.upperBound - position), position)
            try body(piece.span.extracting(..<got))
            position += got
        }
    }

    private func move(to position: Int) throws(ArchiveError) {
        let got = try read(&window, 1 << 16, position)
        windowRange = position..<position + got
    }

    private func read(_ buffer: inout [UInt8], _ size: Int, _ position: Int) throws(ArchiveError) -> Int {
        let got = unsafe pread(descriptor, &buffer, size, position)
        guard got > 0 else { throw ArchiveError(.unavailable, "the container's file is shorter than it was") }
        return got
    }
}
