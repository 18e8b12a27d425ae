/// What a server says a mailbox is for. RFC 6154 section 2.
package enum MailboxUse: String, Hashable, Sendable, CaseIterable {
    case all = "\\All"
    case archive = "\\Archive"
    case drafts = "\\Drafts"
    case flagged = "\\Flagged"
    case junk = "\\Junk"
    case sent = "\\Sent"
    case trash = "\\Trash"
    case important = "\\Important"

    /// Reads a LIST attribute; case doesn't count, unknown ones are nil.
    package init?(attribute: String) {
        let wanted = attribute.lowercased()
        guard let use = Self.allCases.first(where: { $0.rawValue.lowercased() == wanted }) else { return nil }
        self = use
    }
}
