extension AuthenticationResults.Result {
    /// What a domain asks receivers to do with mail that fails DMARC. RFC 7489 section 6.3.
    package enum Policy: String, Hashable, Sendable {
        case none
        case quarantine
        case reject
    }

    /// The policy behind a dmarc result, where the server tells it; for a `subdomain`, that for those.
    ///
    /// There are as many ways to tell as servers: a registered property
    /// (`policy.dmarc`), a comment (`(p=REJECT sp=NONE dis=NONE)` of Google,
    /// OpenDMARC and mailauth, `(policy=reject)` of rspamd), and what
    /// Microsoft did about it (`action=oreject`).
    package func dmarcPolicy(subdomain: Bool) -> Policy? {
        if let said = self["policy.dmarc"] ?? self["policy.published-domain-policy"],
            let policy = Policy(rawValue: said.lowercased())
        {
            return policy
        }
        var words: [String: Policy] = [:]
        for comment in comments {
            for word in comment.lowercased().split(whereSeparator: { " ,;()\t\r\n".contains($0) }) {
                let halves = word.split(separator: "=", maxSplits: 1)
                guard halves.count == 2, let policy = Policy(rawValue: String(halves[1])) else { continue }
                words[String(halves[0])] = words[String(halves[0])] ?? policy
            }
        }
        if subdomain, let policy = words["sp"] { return policy }
        if let policy = words["p"] ?? words["policy"] { return policy }
        switch self["action"]?.lowercased() {
        case "reject", "oreject": return .reject
        case "quarantine", "oquarantine", "pct.quarantine": return .quarantine
        case "none": return Policy.none
        default: return nil
        }
    }

    /// The length of the key, where a comment tells it: `(1024-bit key; unprotected)`, `(2048 bit rsa)`.
    package var keyBits: Int? {
        for comment in comments {
            let words = comment.lowercased().split { !($0.isLetter || $0.isNumber) }
            for (number, unit) in zip(words, words.dropFirst()) where unit == "bit" || unit == "bits" {
                if let bits = Int(number) { return bits }
            }
        }
        return nil
    }
}
