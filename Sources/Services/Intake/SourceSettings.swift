package import IMAP
package import Mail
package import Mailroom

/// What becomes of mail that nobody was found for, in one source.
package enum UnmatchedPolicy: String, Sendable {
    case keep
    /// The header is kept, the body fetched if it is matched later.
    case headers
    case ignore
}

/// One configured IMAP login, with all that reading it needs: `[mailbox.NAME]`.
package struct SourceSettings: Sendable {
    package var name: String
    package var endpoint: IMAPEndpoint
    /// Asked at each connection, so that a changed secret needs no restart.
    package var login: @Sendable () throws -> IMAPLogin
    package var mailboxes: MailboxChoice
    package var senderChecks: SenderChecks
    package var history: HistoryMode
    /// Mail received before it is not read at all.
    package var since: Timestamp?
    package var unmatched: UnmatchedPolicy
    package var owner: String?
    /// Seconds between looks at what cannot push.
    package var poll: Int
    package var idle: Bool
    /// Octets a day, nil for any number.
    package var dailyOctets: Int64?
    /// Messages asked for in one FETCH.
    package var batch: Int
}
