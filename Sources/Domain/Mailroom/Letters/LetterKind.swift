/// What a letter is for; each kind has one text in each language.
package enum LetterKind: String, Hashable, Sendable, CaseIterable {
    case request
    /// Before something is due, or the first where nothing is.
    case reminder
    /// The first after it was due.
    case overdue
    /// Every further one.
    case secondReminder = "second-reminder"
    /// Items that staff did not accept.
    case rejection
    /// What was received, with checksums.
    case receipt
    /// To staff: a letter of theirs came back.
    case undelivered
    /// To staff: a client has sent files by a page.
    case uploaded
    /// Documents to look at.
    case share
    /// Staff's own words, with the firm's signature.
    case letter
    /// To a client: their account's pages are open to them.
    case invitation
    /// The link that signs a client in.
    case signIn = "sign-in"
    /// Six digits that a link asks for.
    case code

    /// Which wording a reminder has.
    package static func reminder(afterOthers count: Int, isOverdue: Bool) -> LetterKind {
        if count == 0 { return isOverdue ? .overdue : .reminder }
        return isOverdue && count == 1 ? .overdue : .secondReminder
    }

    /// Nobody may be left wondering who writes, on whose behalf and why.
    ///
    /// `check` refuses a text that leaves one of these out.
    package var needed: [LetterField] {
        switch self {
        case .request: [.firm, .account, .person, .message, .items, .link]
        case .reminder, .overdue, .secondReminder: [.firm, .account, .person, .items, .link]
        case .rejection: [.firm, .account, .person, .items]
        case .receipt: [.firm, .account, .person, .files]
        case .share: [.firm, .account, .person, .message, .items, .link]
        case .undelivered: [.account, .address, .words]
        case .uploaded: [.account, .person, .items]
        case .letter: [.firm, .person, .message]
        case .invitation: [.firm, .account, .person, .link]
        case .signIn: [.firm, .account, .link]
        case .code: [.firm, .code]
        }
    }

    /// Sent without a person deciding so at that moment: marked by Auto-Submitted. RFC 3834.
    package var isAutomatic: Bool {
        switch self {
        case .reminder, .overdue, .secondReminder, .receipt, .undelivered, .uploaded, .signIn, .code: true
        case .request, .rejection, .share, .letter, .invitation: false
        }
    }
}
