package import Mail

/// What one machine says became of one letter for one recipient.
package struct MachineReport: Hashable, Sendable {
    /// Only ``failed`` is a failure: a delay ends by itself, all others are good to know.
    package enum Action: String, Hashable, Sendable, CaseIterable {
        /// Given up: it will not arrive. RFC 3464 section 2.3.3.
        case failed
        /// Still tried.
        case delayed
        case delivered
        /// Handed to a server that tells nothing more.
        case relayed
        /// To several, of whom nothing more is told.
        case expanded
        /// Shown to a person. RFC 8098.
        case displayed
        /// The recipient's machine answered in their place. RFC 3834.
        case away
        /// The recipient called it abuse. RFC 5965.
        case complained
    }

    /// As the report names the recipient; nil where it names nobody.
    package var recipient: EmailAddress?
    /// Whom it was sent to, where that was somebody else.
    package var original: EmailAddress?
    package var action: Action
    /// The server's, or what its words amount to.
    package var status: EnhancedStatus?
    /// The remote server's own.
    package var words: String

    package init(
        recipient: EmailAddress?, original: EmailAddress? = nil, action: Action,
        status: EnhancedStatus? = nil, words: String = ""
    ) {
        self.recipient = recipient
        self.original = original
        self.action = action
        self.status = status
        self.words = words
    }

    /// What the failure is about. PRODUCT.md section 3.
    package enum Fault: String, Hashable, Sendable {
        /// 5.1.x
        case wrongAddress = "wrong address"
        /// 5.7.x
        case refused
        case undelivered
    }

    /// Nil where nothing failed.
    ///
    /// 4.x.x with `failed` is a server that tried for days and gave up: the
    /// letter will not arrive, whatever the class of the last answer.
    package var fault: Fault? {
        guard action == .failed else { return nil }
        guard let status, status.class == .permanent else { return .undelivered }
        return status.subject == 1 ? .wrongAddress : status.subject == 7 ? .refused : .undelivered
    }
}
