package import HTTP

/// What staff do on the pages and another service carries out: the Daemon fills these in.
///
/// Services never import each other. A closure's orders and reports are types
/// of this target or of the domain below.
package struct StaffDeeds: Sendable {
    /// How every source is, in the order of the configuration.
    package var mailboxes: @Sendable () async -> [MailboxHealth]
    /// Who a request comes from; nil: nobody who is signed in.
    package var signedIn: @Sendable (HTTP.Request) async throws -> SignedIn?

    package init(
        mailboxes: @escaping @Sendable () async -> [MailboxHealth] = { [] },
        signedIn: @escaping @Sendable (HTTP.Request) async throws -> SignedIn? = { _ in nil }
    ) {
        self.mailboxes = mailboxes
        self.signedIn = signedIn
    }
}
