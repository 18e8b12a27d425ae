package import Mail
package import Mailroom

/// A message that was found.
package struct MailHit: Sendable, Equatable {
    package let message: MessageNumber
    package let subject: MarkedText
    package let snippet: MarkedText
    package let fromName: String?
    package let fromAddress: String?
    package let isOutgoing: Bool
    package let received: Timestamp
    package let account: AccountID?
    package let accountNumber: String?
    package let accountName: String?
    /// Names of what is attached, the found ones marked; empty where nothing is.
    package let files: MarkedText
    /// Nil until it is threaded.
    package let conversation: ConversationID?
    /// Where the next page begins: behind this.
    package let cursor: SearchCursor
}

/// A document that was found.
package struct DocumentHit: Sendable, Equatable {
    package let document: DocumentID
    package let name: MarkedText
    /// Around what was found in its text; empty where that is in the name alone.
    package let snippet: MarkedText
    package let account: AccountID
    package let accountNumber: String
    package let accountName: String
    /// With what is below the top level.
    package let folder: String
    package let access: Access
    package let octets: Int64
    package let filed: Timestamp
    package let message: MessageNumber?
    package let cursor: SearchCursor
}

/// An account that was found, by its number, its name or its contacts.
package struct AccountHit: Sendable, Equatable {
    package let account: AccountID
    package let number: String
    package let name: String
    package let type: AccountType
    /// The contact that fitted, where the account's own name does not.
    package let contact: String?
}

/// What was found, and whether all was looked through.
package struct SearchFindings<Hit: Sendable>: Sendable {
    package var hits: [Hit] = []
    /// Where looking on begins; nil: there is no more, or the hits were enough.
    package var rest: SearchCursor?

    package init(hits: [Hit] = [], rest: SearchCursor? = nil) {
        self.hits = hits
        self.rest = rest
    }
}

/// A place in the order of hits.
package struct SearchCursor: Hashable, Sendable {
    package let rawValue: Int64
    package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

/// Who looks, and within what.
package struct SearchBounds: Sendable {
    /// Nil sees everything.
    package let staff: StaffID?
    /// Within one account only.
    package var account: AccountID?
    /// Behind this hit.
    package var after: SearchCursor?
    package var limit: Int
    /// Of the query; nil: they are looked up.
    package var beginnings: SearchBeginnings?

    package init(staff: StaffID?, account: AccountID? = nil, after: SearchCursor? = nil, limit: Int = 50) {
        self.staff = staff
        self.account = account
        self.after = after
        self.limit = limit
    }
}
