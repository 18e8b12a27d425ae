internal import Crypto

/// Base64 as we lay it out: lines of 76, ended by CRLF. RFC 2045 section 6.8.
enum Base64Writer {
    static let layout = Base64Lines.Layout(lineLength: 76, ending: .crlf, lastLineEnded: true)

    static func encodedCount(_ octets: Int) -> Int { layout.encodedCount(decodedCount: octets) }

    static func encode(_ octets: [UInt8]) -> [UInt8] {
        var lines = Base64Lines(layout)
        var text: [UInt8] = []
        lines.encode(octets.span, into: &text)
        lines.finish(into: &text)
        return text
    }
}
