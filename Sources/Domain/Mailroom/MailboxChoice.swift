package import Mail

/// One mailbox as LIST shows it. RFC 9051 section 7.3.1.
package struct ListedMailbox: Hashable, Sendable {
    package let name: MailboxName
    package let uses: Set<MailboxUse>
    /// Not `\Noselect` and not `\NonExistent`.
    package let isSelectable: Bool
    /// What stands between levels; nil: there are none.
    package let delimiter: Character?

    package init(
        name: MailboxName, uses: Set<MailboxUse> = [], isSelectable: Bool = true, delimiter: Character? = "/"
    ) {
        self.name = name
        self.uses = uses
        self.isSelectable = isSelectable
        self.delimiter = delimiter
    }
}

/// `folders`: which mailboxes of a source are read. The last pattern that names a mailbox decides.
package struct MailboxChoice: Hashable, Sendable {
    package enum Pattern: Hashable, Sendable {
        case use(MailboxUse)
        case inbox
        /// `*`: all but Junk, Trash and Drafts.
        case all
        case name(NamePattern)
    }

    package struct Line: Hashable, Sendable {
        package let pattern: Pattern
        /// `!Archive/*` takes away.
        package let isNegative: Bool
    }

    package let lines: [Line]
    private let isDefault: Bool

    /// INBOX, Sent, and all others but Junk, Trash and Drafts.
    package static let standard = MailboxChoice(
        lines: [Line(pattern: .inbox, isNegative: false), Line(pattern: .all, isNegative: false)],
        isDefault: true)

    /// The default as the sample configuration spells it: written out or left out, it means the same.
    private static let documented = ["\\inbox", "\\sent", "*"]

    private init(lines: [Line], isDefault: Bool) {
        self.lines = lines
        self.isDefault = isDefault
    }

    /// Reads `["\\Inbox", "\\Sent", "*", "!Newsletter/*"]`; the throw names the pattern that is none.
    package init(_ patterns: [String]) throws(Mistake) {
        var lines: [Line] = []
        for text in patterns {
            let isNegative = text.hasPrefix("!")
            let rest = isNegative ? String(text.dropFirst()) : text
            let pattern: Pattern
            if rest.lowercased() == "\\inbox" {
                pattern = .inbox
            } else if let use = MailboxUse(attribute: rest) {
                pattern = .use(use)
            } else if rest == "*" {
                pattern = .all
            } else if !rest.hasPrefix("\\"), let name = NamePattern(rest) {
                pattern = .name(name)
            } else {
                throw Mistake(pattern: text)
            }
            lines.append(Line(pattern: pattern, isNegative: isNegative))
        }
        self.init(lines: lines, isDefault: patterns.map { $0.lowercased() } == Self.documented)
    }

    package struct Mistake: Error, Hashable, Sendable {
        package let pattern: String
    }

    /// A mailbox that is read, and what it is for.
    package struct Chosen: Hashable, Sendable {
        package let name: MailboxName
        /// Sent, where our own mail is; nil: nothing that matters here.
        package let use: MailboxUse?
    }

    /// Those of a source that are read, INBOX first.
    ///
    /// Gmail shows every message in All Mail and again in each label, so All
    /// Mail alone is read there unless the configuration says otherwise.
    package func chosen(from listed: [ListedMailbox], isGmail: Bool = false) -> [Chosen] {
        let selectable = listed.filter(\.isSelectable)
        if isDefault, isGmail, let all = selectable.first(where: { $0.uses.contains(.all) }) {
            return [Chosen(name: all.name, use: .all)]
        }
        let saysUses = listed.contains { !$0.uses.isEmpty }
        return selectable.compactMap { mailbox -> Chosen? in
            let uses = mailbox.uses.isEmpty && !saysUses ? WellKnownMailboxes.uses(of: mailbox) : mailbox.uses
            var isWanted = false
            for line in lines where Self.fits(line.pattern, mailbox, uses) { isWanted = !line.isNegative }
            guard isWanted else { return nil }
            return Chosen(
                name: mailbox.name, use: uses.contains(.sent) ? .sent : uses.min { $0.rawValue < $1.rawValue }
            )
        }
        .sorted { $0.name.isInbox && !$1.name.isInbox }
    }

    /// Where our own mail is: by its use, or by its name where the server says no uses.
    package static func sent(among listed: [ListedMailbox]) -> MailboxName? {
        let saysUses = listed.contains { !$0.uses.isEmpty }
        return listed.filter(\.isSelectable).first { mailbox in
            (saysUses ? mailbox.uses : WellKnownMailboxes.uses(of: mailbox)).contains(.sent)
        }?.name
    }

    private static func fits(_ pattern: Pattern, _ mailbox: ListedMailbox, _ uses: Set<MailboxUse>) -> Bool {
        switch pattern {
        case .inbox: return mailbox.name.isInbox
        case .use(let use): return uses.contains(use)
        // Virtual ones show again what is elsewhere (RFC 6154 section 2).
        case .all: return uses.isDisjoint(with: [.junk, .trash, .drafts, .all, .flagged, .important])
        case .name(let name): return name.matches(mailbox.name.decoded)
        }
    }
}

/// Special mailboxes by their names, for servers without RFC 6154.
enum WellKnownMailboxes {
    static func uses(of mailbox: ListedMailbox) -> Set<MailboxUse> {
        let name = mailbox.name.decoded
        let leaf = mailbox.delimiter.flatMap { name.split(separator: $0).last.map(String.init) } ?? name
        return names[leaf.lowercased()].map { [$0] } ?? []
    }

    /// As Dovecot, Exchange, Outlook, Thunderbird, Apple Mail and Japanese hosters name them, in 2026.
    private static let names: [String: MailboxUse] = [
        "sent": .sent, "sent items": .sent, "sent messages": .sent, "sent mail": .sent, "gesendet": .sent,
        "gesendete elemente": .sent, "gesendete objekte": .sent, "gesendete nachrichten": .sent,
        "送信済み": .sent,
        "送信済みアイテム": .sent, "送信済みメール": .sent,
        "trash": .trash, "deleted": .trash, "deleted items": .trash, "deleted messages": .trash,
        "bin": .trash,
        "papierkorb": .trash, "gelöscht": .trash, "gelöschte elemente": .trash, "gelöschte objekte": .trash,
        "ゴミ箱": .trash, "ごみ箱": .trash, "削除済みアイテム": .trash,
        "drafts": .drafts, "draft": .drafts, "entwürfe": .drafts, "entwurf": .drafts, "下書き": .drafts,
        "junk": .junk, "spam": .junk, "junk e-mail": .junk, "junk email": .junk, "junk-e-mail": .junk,
        "bulk mail": .junk, "unerwünscht": .junk, "spamverdacht": .junk, "迷惑メール": .junk,
    ]
}
