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
    package var login: @Sendable () async throws -> IMAPLogin
    /// Hears whether the server took a login; true if ``login`` gives another one now, worth a try at once.
    package var answered: @Sendable (_ login: IMAPLogin, _ isAccepted: Bool) async throws -> Bool
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

    package init(
        name: String, endpoint: IMAPEndpoint, login: @escaping @Sendable () async throws -> IMAPLogin,
        answered: @escaping @Sendable (IMAPLogin, Bool) async throws -> Bool = { _, _ in false },
        mailboxes: MailboxChoice = .standard, senderChecks: SenderChecks = .none,
        history: HistoryMode = .preview,
        since: Timestamp? = nil, unmatched: UnmatchedPolicy = .keep, owner: String? = nil, poll: Int = 300,
        idle: Bool = true, dailyOctets: Int64? = nil, batch: Int = 100
    ) {
        self.name = name
        self.endpoint = endpoint
        self.login = login
        self.answered = answered
        self.mailboxes = mailboxes
        self.senderChecks = senderChecks
        self.history = history
        self.since = since
        self.unmatched = unmatched
        self.owner = owner
        self.poll = poll
        self.idle = idle
        self.dailyOctets = dailyOctets
        self.batch = batch
    }
}
