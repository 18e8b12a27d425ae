package import Mail

/// One mail of the demo: its octets, where and when it arrived, and what Mailroom is to make of it.
package struct DemoMessage: Sendable {
    /// What the story is about, and what a test of the whole daemon compares with.
    package enum Outcome: Hashable, Sendable {
        /// All its documents lie in this account, in the folder the rules say.
        case filed(account: String)
        /// They lie in this account's private Intake.
        case intake(account: String)
        /// Something waits for staff, with this reason of the ledger.
        case waits(reason: String)
        /// Nothing to file, and nothing to ask.
        case shown
        /// Made to break a reader; it must not hold up the mails behind it.
        case poisonous
    }

    /// One line in English for the printed story.
    package let label: String
    package let mailbox: String
    package let received: Timestamp
    package let isSeen: Bool
    package let octets: [UInt8]
    /// Every file in it that has a name, in the order of the mail.
    package let files: [DemoFile]
    package let outcome: Outcome
}
