internal import Crypto

/// A message laid out: its exact length is known, its octets are made as they are asked for.
///
/// Lines of at most 78 octets (a long address or Message-ID apart, never
/// over 998), all ended by CRLF, seven bits but where ``needsSMTPUTF8``. Written
/// twice it is the same both times, as long as the attachments are.
package struct ComposedMessage: Sendable {
    private enum Piece: Sendable {
        case octets([UInt8])
        case content(Attachment)
    }

    /// A header field holds an address that only RFC 6531 allows.
    package let needsSMTPUTF8: Bool
    package private(set) var octets: Int64 = 0
    private var pieces: [Piece] = []

    private static let chunk = 48 << 10

    init(needsSMTPUTF8: Bool) { self.needsSMTPUTF8 = needsSMTPUTF8 }

    mutating func append(_ more: [UInt8]) {
        octets += Int64(more.count)
        pieces.append(.octets(more))
    }

    mutating func append(_ attachment: Attachment) {
        octets += attachment.encodedOctets
        pieces.append(.content(attachment))
    }

    /// Hands the octets over, in pieces of some ten thousand.
    ///
    /// - Throws: what `sink` or an attachment's reader throws, and ``ComposeError`` when a content has
    ///   another length than was said: then what was handed over is no message.
    package func write(to sink: (Span<UInt8>) throws -> Void) throws {
        for piece in pieces {
            switch piece {
            case .octets(let octets): try sink(octets.span)
            case .content(let attachment): try Self.write(attachment, to: sink)
            }
        }
    }

    private static func write(_ attachment: Attachment, to sink: (Span<UInt8>) throws -> Void) throws {
        var lines = Base64Lines(Base64Writer.layout)
        var text: [UInt8] = []
        var left = attachment.octets
        try attachment.read { octets in
            left -= Int64(octets.count)
            guard left >= 0 else { return }
            var start = 0
            while start < octets.count {
                let end = min(octets.count, start + chunk)
                text.removeAll(keepingCapacity: true)
                lines.encode(octets.extracting(start..<end), into: &text)
                try sink(text.span)
                start = end
            }
        }
        guard left == 0 else {
            throw ComposeError(.content, "“\(attachment.name)” has changed while it was attached")
        }
        text.removeAll(keepingCapacity: true)
        lines.finish(into: &text)
        try sink(text.span)
    }

    /// All of it at once: for a message that is known to be small.
    package func bytes() throws -> [UInt8] {
        var all: [UInt8] = []
        all.reserveCapacity(Int(octets))
        try write { octets in
            for index in octets.indices { all.append(octets[index]) }
        }
        return all
    }
}
