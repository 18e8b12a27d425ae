package import Mail

/// How it was found whose mail a message is. PRODUCT.md section 2.3, in that order.
package enum MatchKind: String, Hashable, Sendable, CaseIterable {
    case request
    case dropAddress = "drop_address"
    case address
    /// Several accounts, and a remembered rule chose.
    case rule
    case domain
    case suggested
    case ambiguous
    case unmatched
    /// Staff's own mail, or staff said so.
    case staff
}

package enum Direction: String, Hashable, Sendable, CaseIterable {
    case incoming = "in"
    case outgoing = "out"
}

/// What kind of mail a message is, before anyone asks whose.
package enum MailNature: Hashable, Sendable {
    case ordinary
    /// To many: lists, newsletters.
    case bulk
    /// A machine's answer: never filed.
    case automatic(AutomaticMail)
}

extension MailNature {
    package var isAutomatic: Bool {
        switch self {
        case .automatic: true
        case .ordinary, .bulk: false
        }
    }
}

package enum AutomaticMail: String, Hashable, Sendable, CaseIterable {
    case deliveryReport = "delivery_report"
    case dispositionNotice = "disposition_notice"
    case reply = "automatic_reply"
    case calendarReply = "calendar_reply"
}

/// An account staff are offered, with the reason they are shown.
package struct Suggestion: Hashable, Sendable {
    package let account: AccountID
    package let because: String

    package init(_ account: AccountID, because: String) {
        self.account = account
        self.because = because
    }
}

/// Whose mail a message is.
///
/// ``account`` is set only where documents may be filed without asking, or
/// where mail of ours went to; everything else waits for staff.
package struct Matching: Hashable, Sendable {
    package var kind: MatchKind
    package var account: AccountID?
    /// The contact that From is, where it is one.
    package var contact: ContactID?
    /// The buttons of an ambiguous one; with an account, the others that it could have been.
    package var candidates: [AccountID] = []
    package var suggestions: [Suggestion] = []
    /// On whose *Email* tab it shows besides: To and Cc of incoming mail, recipients of ours. Files nothing.
    package var mentioned: [AccountID] = []
    package var direction = Direction.incoming
    package var nature = MailNature.ordinary
    /// Bulk mail of strangers: never in Open, unread or Unknown senders.
    package var isOther = false
    /// A drop address and a sender who isn't on the account's list: filed, but out of the client's sight.
    package var intoIntake = false
    /// What it answers, as long as that takes replies; of a suggestion, what it would answer.
    package var request: AnsweredRequest?
    /// Whom a forward by staff names.
    package var originalSender: NamedAddress?
    package var steps: [Step] = []

    /// The request whose items it may tick: a machine's answer is nobody's.
    package var answering: AnsweredRequest? { nature.isAutomatic ? nil : request }

    package init(_ kind: MatchKind, account: AccountID? = nil) {
        self.kind = kind
        self.account = account
    }
}
