/// Which folders of a server an entry of `folders` means.
package struct MailboxPattern: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
        /// A special use of RFC 6154, or `\Inbox`; with its backslash, as that RFC writes it.
        case use(String)
        /// A name, or with `*` and `%` a pattern as LIST has them. RFC 9051 section 6.3.9.
        case name(String)
    }

    /// As written.
    package let text: String
    package let subject: Subject
    /// Written with a `!`: what it fits is left out.
    package let isExclusion: Bool

    static let uses = [
        "\\Inbox", "\\All", "\\Archive", "\\Drafts", "\\Flagged", "\\Important", "\\Junk", "\\Sent",
        "\\Trash",
    ]

    /// Nil for an empty pattern and for a use that nobody defined.
    package init?(_ text: String) {
        self.text = text
        isExclusion = text.hasPrefix("!")
        let name = isExclusion ? String(text.dropFirst()) : text
        guard !name.isEmpty else { return nil }
        guard name.hasPrefix("\\") else {
            subject = .name(name)
            return
        }
        let wanted = name.lowercased()
        guard let use = Self.uses.first(where: { $0.lowercased() == wanted }) else { return nil }
        subject = .use(use)
    }
}
