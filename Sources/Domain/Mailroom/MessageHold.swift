/// Why nothing of a message is filed unasked.
///
/// The first that fits, from the top: what the mail is, then whether anyone
/// asked for it to be filed, then whether From is believed, then whose it is.
///
/// | what | reason |
/// |---|---|
/// | staff said "file it", and for which account | none |
/// | a machine's answer | automatic |
/// | bulk mail of a stranger | other_list |
/// | there before the source's first start, and history is not to be filed | history |
/// | From is disbelieved | against |
/// | nobody's | unmatched |
/// | a suggestion, or the account (or the firm) wants to be asked | suggested |
/// | several accounts | ambiguous |
/// | From not confirmed, and that is not enough here | open_strict |
/// | the account (or the firm) files nothing by itself | filing_off |
struct MessageHold: Hashable {
    let reason: LedgerReason
    let because: String
    let `where`: String?

    /// Nil when the message may be filed.
    init?(_ context: FilingContext, _ settings: FilingSettings) {
        guard let (reason, because) = Self.reason(context, settings) else { return nil }
        self.reason = reason
        self.because = because
        self.where = context.matching.steps.last(where: \.decided)?.where
    }

    private static func reason(
        _ context: FilingContext, _ settings: FilingSettings
    ) -> (LedgerReason, String)? {
        let matching = context.matching
        if context.isConfirmed, context.account != nil { return nil }
        if case .automatic = matching.nature {
            return (.automatic, "it is a machine's answer, not the client's document")
        }
        if matching.isOther { return (.otherList, "it is bulk mail of a stranger") }
        if context.isHistory, settings.history != .file {
            return (.history, "it was there before this mailbox's first start")
        }
        if context.verdict == .against { return (.against, "its sender is not to be believed") }
        switch matching.kind {
        case .ambiguous: return (.ambiguous, "its sender speaks for several accounts")
        case .suggested: return (.suggested, "an account is only suggested")
        case .unmatched: return (.unmatched, "nobody knows whose it is")
        case .staff where context.account == nil:
            return (.unmatched, "it is from one of us, and about nobody we know")
        case .request, .dropAddress, .address, .rule, .domain, .staff: break
        }
        guard let account = context.account else { return (.unmatched, "its account is gone") }
        if context.verdict == .open, settings.senderAuthentication == .strict {
            return (.openStrict, "its sender is not confirmed, and sender_authentication is strict")
        }
        switch account.filing ?? settings.mode {
        case .auto: return nil
        case .suggest: return (.suggested, "filing is set to ask first")
        case .off: return (.filingOff, "filing is switched off")
        }
    }
}
