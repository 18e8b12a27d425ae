internal import Files
internal import MIME
internal import Mail
internal import Mailroom

/// The beginning of what a reader sees of a message: for quotes of forwarded mail, links to files and
/// pictures in the text.
struct DisplayedText: Sendable {
    private static let limit = 256 << 10

    private var plainOctets: [UInt8] = []
    private var plainHead: PartHead?
    private var htmlOctets: [UInt8] = []
    private var htmlHead: PartHead?

    /// Only the first text of each kind counts; more of it than the limit is not looked at.
    mutating func add(_ octets: Span<UInt8>, of part: PartHead) {
        if part.mediaType == .plainText, plainHead == nil || plainHead?.id == part.id {
            plainHead = part
            Self.append(octets, to: &plainOctets, limit: Self.limit)
        } else if part.mediaType == .html, htmlHead == nil || htmlHead?.id == part.id {
            htmlHead = part
            Self.append(octets, to: &htmlOctets, limit: 4 * Self.limit)
        }
    }

    private static func append(_ octets: Span<UInt8>, to buffer: inout [UInt8], limit: Int) {
        let wanted = min(octets.count, limit - buffer.count)
        guard wanted > 0 else { return }
        buffer.append(octets.extracting(first: wanted))
    }

    var plain: String {
        plainOctets.isEmpty ? "" : CharsetDecoder.decode(plainOctets, charset: plainHead?.charset).text
    }

    var html: String {
        htmlOctets.isEmpty ? "" : CharsetDecoder.decode(htmlOctets, charset: htmlHead?.charset).text
    }

    /// The first words that a reader sees.
    var snippet: String {
        let octets = plainOctets.prefix(4096)
        let plain =
            octets.isEmpty ? "" : CharsetDecoder.decode(Array(octets), charset: plainHead?.charset).text
        let words = Snippet.of(plain)
        guard words.isEmpty, !htmlOctets.isEmpty else { return words }
        let html = CharsetDecoder.decode(Array(htmlOctets.prefix(32 << 10)), charset: htmlHead?.charset).text
        return Snippet.of(BounceHTML.text(html))
    }

    /// What follows `cid:` in the HTML, percent-decoded. RFC 2392.
    var contentIDs: Set<String> {
        var found: Set<String> = []
        let octets = htmlOctets
        var index = 0
        while index + 4 < octets.count {
            guard octets[index] | 0x20 == UInt8(ascii: "c"), octets[index + 1] | 0x20 == UInt8(ascii: "i"),
                octets[index + 2] | 0x20 == UInt8(ascii: "d"), octets[index + 3] == UInt8(ascii: ":")
            else {
                index += 1
                continue
            }
            index += 4
            var id: [UInt8] = []
            while index < octets.count, id.count < 1000, !Self.ends.contains(octets[index]) {
                if octets[index] == UInt8(ascii: "%"), index + 2 < octets.count,
                    let octet = UInt8(
                        String(decoding: octets[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
                {
                    id.append(octet)
                    index += 3
                } else {
                    id.append(octets[index])
                    index += 1
                }
            }
            if !id.isEmpty { found.insert(String(decoding: id, as: UTF8.self)) }
        }
        return found
    }

    /// What no content id in an attribute or a style goes on after.
    private static let ends = Set("\"'<>() \t\r\n&;\\".utf8)
}
