/// The path of a request, decoded once, as segments that can be compared with names.
///
/// Whatever could make one name out of two, or another place out of a name, is
/// no path at all: `.` and `..`, an encoded `/`, a NUL or another control, an
/// empty segment within, octets that are no UTF-8. RFC 3986 section 3.3.
package struct RequestPath: Hashable, Sendable, CustomStringConvertible {
    /// Decoded; a trailing slash is an empty segment at the end, `/` has none.
    package let segments: [String]

    package init?(_ text: some StringProtocol) {
        let octets = Array(text.utf8)
        guard octets.first == UInt8(ascii: "/"), octets.count <= 8192 else { return nil }
        var segments: [String] = []
        let parts = octets.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            guard part.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }),
                let segment = PercentCoding.decode(part), segment != ".", segment != "..",
                !segment.isEmpty || index == parts.count - 1,
                !segment.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F || $0 == "/" })
            else { return nil }
            segments.append(segment)
        }
        self.segments = segments == [""] ? [] : segments
    }

    /// Encoded again: what a link says.
    package var description: String { "/" + segments.map(PercentCoding.encode).joined(separator: "/") }
}
