internal import Mail
internal import Text

/// What the results that count say for or against one domain in From.
///
/// A finding of nil: the method says nothing, ask the next. RFC 7489 makes
/// dmarc the sum of the others, so a dmarc result decides alone.
struct Border {
    let trusted: TrustedResults
    /// Read only when a result rests on one: most messages have a long signature that nobody asks for.
    let signatures: () -> [DKIMSignature]
    /// Of From.
    let domain: DomainName

    func dmarc(_ checks: SenderChecks) -> Finding? {
        let results = trusted.results(of: "dmarc")
        guard let result = results.first?.result else { return nil }
        let isGuess = result == "bestguesspass" && checks == .microsoft365
        guard result == "pass" || isGuess else { return notPassed(results, result) }
        guard results.allSatisfy({ isAbout($0) }) else {
            return Finding(
                .open, .notAligned,
                "the server's dmarc=\(result) is about another domain than \(domain.unicode)")
        }
        if spf(checks)?.verdict != .proven, restsOnWeakSignature {
            return Finding(
                .open, .weakSignature,
                "dmarc passed by a signature that proves nothing: l=, a short key, or From not covered"
            )
        }
        return Finding(
            .proven, isGuess ? .bestGuessPass : .dmarcPass,
            "the server says dmarc=\(result) for \(domain.unicode)")
    }

    /// Only the envelope's sender: a HELO name says nothing of From.
    func spf(_ checks: SenderChecks) -> Finding? {
        let results = trusted.results(of: "spf")
        guard results.first?.result == "pass" else { return nil }
        for result in results {
            guard let sender = Self.domain(of: result["smtp.mailfrom"]) else { continue }
            if domain.isAligned(with: sender) {
                return Finding(.proven, .spfAligned, "spf=pass for \(sender.unicode), aligned with From")
            }
        }
        return Finding(.open, .notAligned, "spf=pass, but not for From's organisation")
    }

    func dkim(_ checks: SenderChecks) -> Finding? {
        let results = trusted.results(of: "dkim")
        guard results.first?.result == "pass" else { return nil }
        var isWeak = false
        for result in results {
            guard let signer = Self.domain(of: result["header.d"]), domain.isAligned(with: signer) else {
                continue
            }
            guard !isWeakSignature(result, of: signer) else {
                isWeak = true
                continue
            }
            return Finding(.proven, .dkimAligned, "dkim=pass by \(signer.unicode), aligned with From")
        }
        return isWeak
            ? Finding(
                .open, .weakSignature, "dkim=pass by a signature with l=, a short key, or From not covered")
            : Finding(.open, .notAligned, "dkim=pass, but not by From's organisation")
    }

    /// Whether no signature that could have made dmarc pass is one that proves anything.
    ///
    /// Where the server doesn't tell which one it was, one weak signature is
    /// enough: anyone can add a strong-looking one that doesn't verify.
    private var restsOnWeakSignature: Bool {
        let passed = trusted.results.filter { result in
            result.method == "dkim" && result.result == "pass"
                && Self.domain(of: result["header.d"]).map(domain.isAligned) ?? false
        }
        guard passed.isEmpty else {
            return passed.allSatisfy { result in
                Self.domain(of: result["header.d"]).map { isWeakSignature(result, of: $0) } ?? true
            }
        }
        return signatures().contains { $0.isWeak && $0.domain.map(domain.isAligned) ?? false }
    }

    private func notPassed(_ results: [AuthenticationResults.Result], _ result: String) -> Finding {
        let isSubdomain = domain != domain.organization
        let policies = results.compactMap { $0.dmarcPolicy(subdomain: isSubdomain) }
        if result == "fail", let policy = policies.first(where: { $0 != .none }) {
            return Finding(
                .against, .dmarcFail,
                "dmarc=fail, and \(domain.unicode) asks for such mail to be treated as \(policy.rawValue)")
        }
        return Finding(
            .open, .dmarcNotPassed, "dmarc=\(result) for \(domain.unicode): spf and dkim are not asked then")
    }

    /// Whether a dmarc result names From's domain, where it names one.
    private func isAbout(_ result: AuthenticationResults.Result) -> Bool {
        guard let named = result["header.from"] else { return true }
        return Self.domain(of: named) == domain
    }

    /// Fits a result to the signatures it may be about, by `header.b` or `header.s` where it tells them.
    private func isWeakSignature(_ result: AuthenticationResults.Result, of signer: DomainName) -> Bool {
        if let bits = result.keyBits, bits < 1024,
            result["header.a"]?.lowercased().hasPrefix("ed25519") != true
        {
            return true
        }
        let all = signatures().filter { $0.domain == signer }
        let its = all.filter { signature in
            if let start = result["header.b"], !start.isEmpty { return signature.signature.hasPrefix(start) }
            if let selector = result["header.s"] { return signature.selector == selector.lowercased() }
            return true
        }
        return (its.isEmpty ? all : its).contains(where: \.isWeak)
    }

    /// Of `kate@example.com`, `@example.com` or `example.com`.
    private static func domain(of value: String?) -> DomainName? {
        guard let value else { return nil }
        return DomainName(value.split(separator: "@").last ?? "")
    }
}
