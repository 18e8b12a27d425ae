internal import Mail
internal import Text

/// Decides whether a message's From is true. PRODUCT.md section 2.2.
///
/// From is what a stranger typed. It is believed when the source's own
/// border says that the domain stands behind the message; it is disbelieved
/// when the domain says it doesn't, or when the message is made to be
/// misread. Everything between is open, and stays out of clients' sight.
package struct SenderTrust: Sendable {
    package let checks: SenderChecks
    package let authentication: SenderAuthentication
    package let own: OwnDomains
    package let freeMail: FreeMail

    package init(
        checks: SenderChecks, authentication: SenderAuthentication = .standard,
        own: OwnDomains = OwnDomains(),
        freeMail: FreeMail = FreeMail()
    ) {
        self.checks = checks
        self.authentication = authentication
        self.own = own
        self.freeMail = freeMail
    }

    /// The first that fits, from the top:
    ///
    /// | what | verdict |
    /// |---|---|
    /// | not exactly one From with one address | against |
    /// | `sender_authentication = "off"` | proven |
    /// | no contact, and a look-alike of one, or another's address in the name | against |
    /// | the border's dmarc | proven, open, or against: it decides alone |
    /// | the border's spf, dkim, aligned | proven |
    /// | a reply to a secret Message-ID that went to this address only, and nothing against it | proven |
    /// | else | open |
    ///
    /// Behind a mailing list of our own the verdict is about the list; whom
    /// the list names is open at most.
    package func judge(_ facts: MessageFacts, _ directory: Directory) -> Judgement {
        var steps: [Step] = []
        let sender: Sender
        switch Sender.of(facts, own) {
        case .success(let one):
            sender = one
            steps.append(Step("sender.from", "one address", because: "one From field with one address"))
        case .failure(let fault):
            let finding = Finding(of: fault)
            steps.append(Step("sender.from", "against", decided: true, because: finding.because))
            return finding.judgement(steps)
        }
        if authentication == .off {
            let finding = Finding(
                .proven, .switchedOff, "sender_authentication is off: everything counts as proven")
            steps.append(Step("sender.authentication", "proven", decided: true, because: finding.because))
            return finding.judgement(steps)
        }
        if let finding = disguise(sender, directory) {
            steps.append(
                Step(
                    finding.reason == .lookAlike ? "sender.look_alike" : "sender.name", "against",
                    decided: true,
                    because: finding.because))
            return finding.judgement(steps)
        }
        steps.append(
            Step(
                "sender.look_alike", "no",
                because: "neither its domain nor its name can be taken for another's"))
        guard let domain = facts.envelope.from.first.flatMap({ DomainName($0.address.domain) }) else {
            preconditionFailure("a sender has a domain")
        }
        var finding = results(facts.fields, domain, &steps)
        if sender.isThroughOwnList, finding.verdict == .proven {
            finding = Finding(
                .open, .ownList, "a mailing list of ours names \(sender.key), and that proves nothing")
            steps.append(Step("sender.own_list", "open", decided: true, because: finding.because))
        }
        if finding.verdict == .open, let reply = secretReply(sender, facts) {
            finding = reply
            steps.append(Step("sender.secret_reply", "proven", decided: true, because: finding.because))
        }
        return finding.judgement(steps)
    }

    // MARK: - Made to be misread

    private func disguise(_ sender: Sender, _ directory: Directory) -> Finding? {
        guard directory.entries(of: sender.key).isEmpty else { return nil }
        let organization = sender.key.domain.organization
        if !freeMail.contains(organization), !own.contains(organization),
            let original = directory.lookAlike(of: organization)
        {
            return Finding(
                .against, .lookAlike,
                "\(organization.unicode) looks like \(original.unicode), from where a contact writes")
        }
        guard let name = sender.name else { return nil }
        for address in AddressScan.addresses(in: name.nfkc) {
            guard let shown = DomainName(address.domain), shown.organization != organization else { continue }
            return Finding(
                .against, .otherAddressInName,
                "its name shows an address at \(shown.unicode), but it is from \(sender.key.domain.unicode)"
            )
        }
        return nil
    }

    /// Who answers a letter by its secret name has read it.
    private func secretReply(_ sender: Sender, _ facts: MessageFacts) -> Finding? {
        guard !sender.isThroughOwnList,
            let letter = facts.answered.first(where: { $0.isBySecret && $0.recipients == [sender.key] })
        else { return nil }
        return Finding(
            .proven, .secretReply,
            "it answers our letter “\(letter.subject)” by a name that only \(sender.key) was told")
    }

    // MARK: - What the border says

    private func results(_ fields: [HeaderField], _ domain: DomainName, _ steps: inout [Step]) -> Finding {
        let trusted = TrustedResults(fields, checks)
        steps.append(
            Step(
                "sender.authentication_results",
                trusted.fieldCount == 0 ? "none to be believed" : "\(trusted.fieldCount) to be believed",
                because: trusted.because))
        let border = Border(trusted: trusted, signatures: { signatures(fields) }, domain: domain)
        for (rule, ask) in [
            ("sender.dmarc", border.dmarc), ("sender.spf", border.spf), ("sender.dkim", border.dkim),
        ] {
            guard let finding = ask(checks) else { continue }
            let isDecided =
                finding.verdict != .open || finding.reason != .notAligned || rule == "sender.dmarc"
            steps.append(
                Step(rule, finding.verdict.rawValue, decided: isDecided, because: finding.because))
            if isDecided { return finding }
        }
        if checks.isEmpty { return Finding(.open, .noChecks, trusted.because) }
        if trusted.fieldCount == 0 { return Finding(.open, .nothingSaid, trusted.because) }
        return Finding(.open, .notAligned, "nothing that the server checked vouches for \(domain.unicode)")
    }

    private func signatures(_ fields: [HeaderField]) -> [DKIMSignature] {
        fields.lazy.filter { $0.name == "dkim-signature" }.prefix(20).map { DKIMSignature($0.value) }
    }
}

/// A verdict with its reason and sentence, on its way to a ``Judgement``.
struct Finding {
    let verdict: Verdict
    let reason: VerdictReason
    let because: String

    init(_ verdict: Verdict, _ reason: VerdictReason, _ because: String) {
        self.verdict = verdict
        self.reason = reason
        self.because = because
    }

    init(of fault: Sender.Fault) {
        switch fault {
        case .noFrom: self.init(.against, .noFrom, "there is no From with an address that can be read")
        case .severalFrom:
            self.init(
                .against, .severalFrom,
                "From is not one field with exactly one address (RFC 5322 section 3.6.2)")
        }
    }

    func judgement(_ steps: [Step]) -> Judgement {
        Judgement(verdict: verdict, reason: reason, because: because, steps: steps)
    }
}
