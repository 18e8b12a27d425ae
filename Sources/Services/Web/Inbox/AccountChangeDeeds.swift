package import Mailroom
package import Store

/// Conversations, and whose they are from now on.
package struct AccountChangeOrder: Sendable, Hashable {
    package let conversations: [ConversationID]
    /// One of a conversation's messages, where not all of it is somebody else's.
    package let message: MessageNumber?
    package let account: AccountID
    /// Whether the addresses of their senders speak for the account from now on.
    package let remembers: Bool

    package init(
        _ conversations: [ConversationID], only message: MessageNumber? = nil, to account: AccountID,
        remembers: Bool
    ) {
        self.conversations = conversations
        self.message = message
        self.account = account
        self.remembers = remembers
    }
}

/// Who gives conversations to another account with the documents that came by them; the daemon has its clerk do it.
package struct AccountChangeDeeds: Sendable {
    /// - Returns: what takes it back; nil where nothing was to be done.
    package var give: @Sendable (AccountChangeOrder, StaffMember) async throws -> UndoID? = { _, _ in
        throw TriageRefusal(.failed)
    }
    package var takeBack: @Sendable (UndoID, StaffMember) async throws -> Void = { _, _ in
        throw TriageRefusal(.failed)
    }

    package init() {}
}
