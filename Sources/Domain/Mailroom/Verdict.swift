/// Whether a message's From is true, as far as anyone can tell. PRODUCT.md section 2.2.
package enum Verdict: String, Hashable, Sendable, CaseIterable {
    case proven
    /// Nothing for, nothing against.
    case open
    case against

    /// Of a message with several originals: proven if any is; else against if any is.
    package static func of(originals: some Sequence<Verdict>) -> Verdict {
        let verdicts = Set(originals)
        if verdicts.contains(.proven) { return .proven }
        return verdicts.contains(.against) ? .against : .open
    }
}

/// Why a verdict is what it is; stored with it.
package enum VerdictReason: String, Hashable, Sendable, CaseIterable {
    // proven
    case dmarcPass = "dmarc_pass"
    /// Microsoft's guess for a domain that publishes no DMARC policy.
    case bestGuessPass = "dmarc_bestguesspass"
    case spfAligned = "spf_aligned"
    case dkimAligned = "dkim_aligned"
    /// It answers a letter whose secret name went to this address only.
    case secretReply = "secret_reply"
    /// `sender_authentication = "off"`: nobody asked.
    case switchedOff = "switched_off"
    /// We wrote it.
    case ownLetter = "own_letter"
    /// No mail: it came over a link that went to this address, or from who is signed in.
    case link

    // open
    /// The source's server writes nothing that could count.
    case noChecks = "no_checks"
    /// It could have written something, and this message has nothing of it.
    case nothingSaid = "nothing_said"
    case notAligned = "not_aligned"
    case dmarcNotPassed = "dmarc_not_passed"
    /// A signature with `l=`, a key under 1024 bits, or From not covered.
    case weakSignature = "weak_signature"
    /// It came through a mailing list of our own: whom the list names is not proven by it.
    case ownList = "own_list"
    /// No mail: it came over a link that anybody may have, who typed this address.
    case openLink = "open_link"

    // against
    case dmarcFail = "dmarc_fail"
    case noFrom = "no_from"
    case severalFrom = "several_from"
    case lookAlike = "look_alike"
    case otherAddressInName = "other_address_in_name"
}

/// A verdict with its reason, a sentence for people, and the steps that led to it.
package struct Judgement: Hashable, Sendable {
    package let verdict: Verdict
    package let reason: VerdictReason
    package let because: String
    package let steps: [Step]

    package init(verdict: Verdict, reason: VerdictReason, because: String, steps: [Step] = []) {
        self.verdict = verdict
        self.reason = reason
        self.because = because
        self.steps = steps
    }
}
