/// What a body part says it is: `application/pdf`. Lower case, without parameters. RFC 2045 section 5.
package struct MediaType: Hashable, Sendable, CustomStringConvertible {
    package let type: String
    package let subtype: String

    package init(_ type: String, _ subtype: String) {
        self.type = type.lowercased()
        self.subtype = subtype.lowercased()
    }

    /// Nil unless both halves are there.
    package init?(_ text: String) {
        let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, !halves[0].isEmpty, !halves[1].isEmpty else { return nil }
        self.init(String(halves[0]), String(halves[1]))
    }

    package static let plainText = MediaType("text", "plain")
    package static let html = MediaType("text", "html")
    package static let message = MediaType("message", "rfc822")
    package static let octets = MediaType("application", "octet-stream")

    package var isMultipart: Bool { type == "multipart" }
    package var description: String { "\(type)/\(subtype)" }
}
