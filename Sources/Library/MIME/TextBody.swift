import Mail

/// A text part's octets as the text a person reads.
package enum TextBody {
    /// Decoded by the declared charset or the likeliest, lines ended by LF, flowed paragraphs joined.
    package static func text(_ octets: [UInt8], of part: PartHead) -> (text: String, problems: [Problem.Kind])
    {
        let declared = part.charset ?? (part.mediaType == .html ? htmlCharset(octets) : nil)
        let (decoded, problems) = CharsetDecoder.decode(octets, charset: declared)
        let lines = String(decoding: withLineFeeds(decoded), as: UTF8.self)
        return (part.isFlowed ? FlowedText.reflow(lines, deletesSpace: part.deletesSpace) : lines, problems)
    }

    private static func withLineFeeds(_ text: String) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(text.utf8.count)
        var isAfterReturn = false
        for octet in text.utf8 {
            if isAfterReturn, octet != 10 { octets.append(10) }
            isAfterReturn = octet == 13
            if !isAfterReturn { octets.append(octet) }
        }
        if isAfterReturn { octets.append(10) }
        return octets
    }

    /// What `<meta charset=…>` near the top says. HTML, "Determining the character encoding".
    private static func htmlCharset(_ octets: [UInt8]) -> String? {
        let top = octets.prefix(2048).map(\.lowercasedASCII)
        let key = Array("charset=".utf8)
        var rest = top[...]
        while let start = rest.firstIndex(of: key[0]) {
            rest = rest[start...]
            if rest.starts(with: key) {
                let value = rest.dropFirst(key.count).drop { $0 == 34 || $0 == 39 || $0.isFoldingSpace }
                let name = value.prefix { $0 > 32 && $0 < 127 && !"\"';/>".utf8.contains($0) }
                return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
            }
            rest = rest.dropFirst()
        }
        return nil
    }
}
