package import Store

/// What staff do on the pages and another service carries out: the Daemon fills these in.
///
/// Services never import each other. A closure's orders and reports are types
/// of this target or of the domain below.
package struct StaffDeeds: Sendable {
    /// How every source is, in the order of the configuration.
    package var mailboxes: @Sendable () async -> [MailboxHealth]

    /// Why a message is whose it is, and what became of its files: the lines of `mailroom explain`.
    package var explain: @Sendable (MessageNumber) async throws -> [String] = { _ in [] }

    package init(mailboxes: @escaping @Sendable () async -> [MailboxHealth] = { [] }) {
        self.mailboxes = mailboxes
    }
}
