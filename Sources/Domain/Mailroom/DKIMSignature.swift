internal import Text

/// What a DKIM-Signature field says of what it covers. RFC 6376 section 3.5.
///
/// Whether it verifies is not asked here; but one that leaves room for
/// additions proves nothing, whoever verified it.
struct DKIMSignature: Hashable {
    let domain: DomainName?
    let selector: String?
    let signature: String
    /// `l=`: only the beginning of the body is signed, and anyone can add to it.
    let hasLength: Bool
    let coversFrom: Bool

    init(_ value: String) {
        var tags: [String: String] = [:]
        for tag in value.prefix(16_384).split(separator: ";") {
            let halves = tag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else { continue }
            let name = halves[0].filter { !$0.isWhitespace }.lowercased()
            if tags[name] == nil { tags[name] = halves[1].filter { !$0.isWhitespace } }
        }
        domain = tags["d"].flatMap { DomainName($0) }
        selector = tags["s"]?.lowercased()
        signature = tags["b"] ?? ""
        hasLength = tags["l"] != nil
        coversFrom = (tags["h"] ?? "").lowercased().split(separator: ":").contains("from")
    }

    var isWeak: Bool { hasLength || !coversFrom }
}
