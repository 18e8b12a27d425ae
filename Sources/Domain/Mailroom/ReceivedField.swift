internal import Text

/// One hop, as the server that took the message noted it. RFC 5321 section 4.4.
///
/// The name after `from` is what the other side called itself, so anyone can
/// call himself a server of ours; what counts besides is the name and address
/// in the comment, which the server looked up itself.
struct ReceivedField: Hashable {
    /// After `from`; nil where the message was handed over on the machine itself.
    let from: String?
    /// The names and addresses in the comments after it.
    let lookedUp: [String]
    let by: String?

    init(_ value: String) {
        var words: [String] = []
        var comments: [Int: [String]] = [:]
        var current: [UInt8] = []
        var depth = 0
        func end() {
            if !current.isEmpty { words.append(String(decoding: current, as: UTF8.self)) }
            current.removeAll(keepingCapacity: true)
        }
        for octet in value.utf8.prefix(4096) {
            switch octet {
            case UInt8(ascii: "("):
                if depth == 0 { end() } else { current.append(octet) }
                depth += 1
            case UInt8(ascii: ")") where depth > 0:
                depth -= 1
                if depth == 0 {
                    comments[words.count, default: []].append(String(decoding: current, as: UTF8.self))
                    current.removeAll(keepingCapacity: true)
                } else {
                    current.append(octet)
                }
            case UInt8(ascii: ";") where depth == 0: end()
            case 9, 10, 13, 32: if depth == 0 { end() } else { current.append(octet) }
            default: current.append(octet)
            }
        }
        if depth == 0 { end() }

        let hasFrom = words.first?.lowercased() == "from" && words.count > 1
        from = hasFrom ? words[1].lowercased() : nil
        by = words.firstIndex { $0.lowercased() == "by" }
            .flatMap { $0 + 1 < words.count ? words[$0 + 1].lowercased() : nil }
        lookedUp = (hasFrom ? comments[2] ?? [] : []).filter { !Self.isAboutSession($0) }
            .flatMap { comment in
                comment.lowercased().utf8.split { Self.separators.contains($0) }
                    .map { String(Substring($0)) }
            }
    }

    /// What words in a comment end at.
    private static let separators = Array(" \t\r\n(),;=".utf8)

    /// Comments that tell of TLS and logins, not of who it was.
    private static func isAboutSession(_ comment: String) -> Bool {
        let lower = comment.lowercased()
        return ["using ", "version=", "no client", "client ", "authenticated", "user "].contains {
            lower.hasPrefix($0)
        }
    }

    /// Whether the message came from a machine of those organisations, or from this one itself.
    ///
    /// | from | inside |
    /// |---|---|
    /// | none, as of pickup and LMTP | yes |
    /// | all names ours, no address told | yes |
    /// | a private or loopback address, names ours or of no organisation | yes |
    /// | a public address, its looked-up name and all others ours | yes |
    /// | a public address without a looked-up name | no: ours only by its own word |
    /// | any name of others, `unknown`, `may be forged` | no |
    func isInside(_ organizations: Set<DomainName>, trustsNames: Bool = false) -> Bool {
        guard let from else { return true }
        let words = lookedUp.filter { $0 != "helo" && $0 != "ehlo" }
        guard !words.contains("unknown"), !words.contains("forged"), from != "unknown" else { return false }
        var hasPublicAddress = false
        var names: [String] = []
        var hasLookedUpName = false
        for (index, word) in ([from] + words).enumerated() {
            if let address = NetworkAddress(word) {
                hasPublicAddress = hasPublicAddress || !address.isPrivate
            } else {
                names.append(word)
                hasLookedUpName = hasLookedUpName || index > 0
            }
        }
        var ours = organizations
        if !hasPublicAddress, let by, let its = DomainName(by)?.organization { ours.insert(its) }
        func isOurs(_ name: String) -> Bool {
            guard let domain = DomainName(name) else { return false }
            if ours.contains(domain.organization) { return true }
            return !hasPublicAddress && Self.isOfNobody(domain)
        }
        guard names.allSatisfy(isOurs) else { return false }
        return !hasPublicAddress || trustsNames || hasLookedUpName
    }

    /// Whether another organisation's server noted it, handing the message over to itself.
    func isOfOthers(_ organizations: Set<DomainName>) -> Bool {
        guard from == nil, let by, NetworkAddress(by) == nil, let domain = DomainName(by) else {
            return false
        }
        return !organizations.contains(domain.organization) && !Self.isOfNobody(domain)
    }

    /// Names that no organisation can register: `localhost`, `mx6`, `compute5.internal`. RFC 6761, RFC 8375.
    private static func isOfNobody(_ domain: DomainName) -> Bool {
        let labels = domain.aLabels.split(separator: ".")
        return labels.count == 1
            || ["local", "localdomain", "localhost", "internal", "lan", "intern"].contains(
                labels[labels.count - 1])
            || domain.aLabels.hasSuffix("home.arpa")
    }
}

/// An IP address as Received fields spell it: `[192.0.2.1]`, `[IPv6:2001:db8::1]`, `192.0.2.1:25`.
struct NetworkAddress: Hashable {
    let isPrivate: Bool

    init?(_ text: String) {
        var text = text[...]
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            text = text[text.index(after: text.startIndex)..<end]
        }
        if text.utf8.first.map({ $0 | 0x20 }) == UInt8(ascii: "i"), text.lowercased().hasPrefix("ipv6:") {
            text = text.dropFirst(5)
        }
        if let zone = text.utf8.firstIndex(of: UInt8(ascii: "%")) { text = text[..<zone] }
        // Most words are names, and some letter of theirs says so.
        guard text.utf8.allSatisfy(Self.isOfAddress) else { return nil }
        if let isPrivate = Self.four(text) ?? Self.six(text) {
            self.isPrivate = isPrivate
        } else {
            return nil
        }
    }

    /// Hexadecimal digits, colons, dots.
    private static func isOfAddress(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "0")...UInt8(ascii: ":"), UInt8(ascii: "."): true
        default: (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(octet | 0x20)
        }
    }

    /// RFC 1918, loopback, link-local.
    private static func four(_ text: Substring) -> Bool? {
        let host = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = host.first, host.count == 1 || UInt16(host[1]) != nil else { return nil }
        let numbers = first.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard numbers.count == 4, let a = numbers[0], let b = numbers[1], numbers[2] != nil, numbers[3] != nil
        else { return nil }
        switch (a, b) {
        case (10, _), (127, _), (192, 168), (169, 254), (172, 16...31): return true
        default: return false
        }
    }

    /// Unique local, link-local, loopback. RFC 4193, RFC 4291.
    private static func six(_ text: Substring) -> Bool? {
        let colons = text.utf8.count { $0 == UInt8(ascii: ":") }
        guard colons == 7 || colons > 1 && String(text).hasOctets(of: "::") else { return nil }
        let lower = text.lowercased()
        if lower.hasPrefix("::ffff:"), let mapped = four(text.dropFirst(7)) { return mapped }
        return lower == "::1" || ["fc", "fd", "fe8", "fe9", "fea", "feb"].contains { lower.hasPrefix($0) }
    }
}
