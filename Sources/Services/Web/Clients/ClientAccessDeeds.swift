package import Store
package import Text

/// What clients who sign in do and other services carry out: the Daemon fills these in.
package struct ClientAccessDeeds: Sendable {
    /// Sends a link that signs in to an address, if it is one that may: nobody is told whether.
    package var sendLink: @Sendable (AddressKey, Language) async -> Void = { _, _ in }
    /// Files what a client put into a folder. Throws ``ClientDenial`` where they may not any more.
    package var receive: @Sendable (FolderArrivalOrder) async throws -> [FolderArrivalOutcome] = { _ in [] }
    /// Sends somebody the receipt for what none lists yet.
    package var receipt: @Sendable (FolderSender) async throws -> Void = { _ in }
    /// Opens an account to an address, and tells it so by a letter.
    package var invite: @Sendable (InvitationOrder) async throws -> Void = { _ in }

    package init() {}
}
