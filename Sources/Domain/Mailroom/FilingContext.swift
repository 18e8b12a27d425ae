package import Mail

/// What is known of a message as a whole when its parts are filed.
package struct FilingContext: Sendable {
    /// The name of the source, as in `[mailbox.NAME]`.
    package var source: String
    /// The sender's address and the subject, for filing rules.
    package var from: String
    package var subject: String
    package var verdict: Verdict
    package var matching: Matching
    /// The account of ``Matching/account``, where there is one.
    package var account: Account?
    /// INTERNALDATE: months are counted by it.
    package var received: Timestamp
    /// Whether it was in the mailbox before the source's first start.
    package var isHistory: Bool
    /// Staff said of this very message that it is to be filed.
    package var isConfirmed: Bool
    /// Staff said that open mail of this sender is the sender's.
    ///
    /// It lifts nothing but an open verdict: mail that the sender's domain
    /// disowns is no more the sender's than before.
    package var isSenderConfirmed: Bool
    /// Where a client put it who may: it stays there, but for what nobody should open unseen.
    package var chosen: FolderPath?

    package init(
        source: String, from: String = "", subject: String = "", verdict: Verdict, matching: Matching,
        account: Account?, received: Timestamp,
        isHistory: Bool = false, isConfirmed: Bool = false, isSenderConfirmed: Bool = false
    ) {
        self.source = source
        self.from = from
        self.subject = subject
        self.verdict = verdict
        self.matching = matching
        self.account = account
        self.received = received
        self.isHistory = isHistory
        self.isConfirmed = isConfirmed
        self.isSenderConfirmed = isSenderConfirmed
    }
}
