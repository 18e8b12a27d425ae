package import Mail
package import Store

/// What staff do on the pages and another service carries out: the Daemon fills these in.
///
/// Services never import each other. A closure's orders and reports are types
/// of this target or of the domain below.
package struct StaffDeeds: Sendable {
    /// How every source is, in the order of the configuration.
    package var mailboxes: @Sendable () async -> [MailboxHealth]
    package var accounts = AccountDeeds()

    /// Why a message is whose it is, and what became of its files; nil where nobody can say.
    package var explain: @Sendable (MessageNumber) async throws -> MessageExplanation? = { _ in nil }
    /// Letters and requests.
    package var asking = AskingDeeds()
    /// Documents for somebody to look at.
    package var sharing = ShareDeeds()

    package var triage = TriageDeeds.none
    /// What they say of changes on the disk.
    package var disk = DiskDeeds()
    package var accountChanges = AccountChangeDeeds()
    /// What clients do without a login.
    package var links = LinkDeeds()
    /// What clients do who sign in.
    package var clients = ClientAccessDeeds()
    /// A page of a PDF as a PNG of that width, or a photo as a small JPEG, by its content; nil where there is none.
    package var preview: @Sendable (SHA256Digest, _ page: Int, _ width: Int) async throws -> [UInt8]? = {
        _, _, _ in nil
    }
    /// How many pages a PDF has.
    package var pageCount: @Sendable (SHA256Digest) async -> Int? = { _ in nil }

    package init(mailboxes: @escaping @Sendable () async -> [MailboxHealth] = { [] }) {
        self.mailboxes = mailboxes
    }
}
