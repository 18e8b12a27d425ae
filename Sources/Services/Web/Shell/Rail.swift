internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// The rail at the left: every view with its count, what needs a look, and how the mailboxes are.
struct Rail {
    private let visit: Visit
    private let current: Place

    init(_ visit: Visit, _ current: Place) {
        self.visit = visit
        self.current = current
    }

    func html() async throws -> HTML {
        let staff = visit.staff
        let counts = try await visit.read { try $0.railCounts(for: staff) }
        let mailboxes = await visit.site.deeds.mailboxes()
        return """
            <aside class="rail">\(Shell.brand(visit.site.settings.firm))\
            <a class="btn primary" href="/requests/new">\(Icon("plus").svg)\(visit.say(.newRequest))</a>\
            <nav class="nav" id="rail" data-part="inbox triage disk requests mailboxes" aria-label="\(visit.say(.views))"><ul>\
            \(entry(.inbox, "/", "inbox", .inbox, counts[.open], "hot"))\
            \(entry(.mine, "/?view=mine", "user", .mine, counts[.mine]))\
            \(entry(.unassigned, "/?view=unassigned", "users", .unassigned, counts[.unassigned]))\
            \(entry(.waiting, "/?view=waiting", "clock", .waiting, counts[.waiting]))\
            \(entry(.snoozed, "/?view=snoozed", "snooze", .snoozed, counts[.snoozed]))\
            \(entry(.done, "/?view=done", "check", .done))\
            \(entry(.other, "/?view=other", "archive", .other))</ul>\
            <h2>\(visit.say(.needsALook))</h2><ul>\
            \(entry(.unknown, "/unknown", "help", .unknownSenders, counts[.unknown], "flag"))\
            \(entry(.held, "/held", "shield", .heldFiles, counts[.held], "flag"))\
            \(disk(counts[.disk] ?? 0))</ul>\
            <h2>\(visit.say(.work))</h2><ul>\
            \(entry(.accounts, "/accounts", "building", .accounts))\
            \(entry(.documents, "/documents", "folder", .documents))\
            \(entry(.requests, "/requests", "task", .requests, counts[.requests]))</ul>\
            <h2>\(visit.say(.mailboxes))</h2><ul>\(mailboxes.map(mailbox))\
            \(mailboxes.isEmpty ? noMailbox : .empty)</ul></nav>\
            \(me)</aside>
            """
    }

    /// Of a disk that is in order nothing is said.
    private func disk(_ count: Int) -> HTML {
        count > 0 || current == .disk ? entry(.disk, "/disk", "file", .onDiskShort, count, "flag") : .empty
    }

    private var noMailbox: HTML { "<li class=\"muted none\">\(visit.say(.noMailbox))</li>" }

    private func entry(
        _ place: Place, _ path: String, _ icon: Icon, _ words: Phrase, _ count: Int? = nil,
        _ kind: String = ""
    ) -> HTML {
        let number: HTML =
            if let count, count > 0 { "<span class=\"n \(kind)\">\(count)</span>" } else { .empty }
        return """
            <li><a href="\(link: path)"\(attribute: "aria-current", current == place ? "page" : nil)>\
            \(icon.svg)<span>\(visit.say(words))</span>\(number)</a></li>
            """
    }

    private func mailbox(_ health: MailboxHealth) -> HTML {
        let when = visit.when
        let words: Phrase
        var mark = ""
        switch health.state {
        case .syncing: words = .syncing
        case .fine: words = health.lastContact.map { .synced(when.ago($0)) } ?? .notYetSynced
        case .waiting, .failed:
            mark = "warn"
            words = .trouble(health.trouble ?? "", nextTry: health.nextTry.map { when.until($0) })
        }
        return """
            <li class="source"><span class="dot \(mark)"></span><span>\(health.name)\
            <small class="\(mark)">\(visit.say(words))</small></span></li>
            """
    }

    private var me: HTML {
        let member = visit.member
        let role: Phrase = member.role == .owner ? .roleOwner : .roleMember
        return """
            <div class="me">\(Avatar(member.name).html)<a class="grow" href="/settings"\
            \(attribute: "aria-current", current == .settings ? "page" : nil)>\
            <b class="cut">\(member.name)</b><small class="muted">\(visit.say(role))</small></a>\
            <form method="post" action="/sign-out">\(visit.token)<button class="btn quiet icon small" \
            title="\(visit.say(.signOut))">\(Icon("exit").svg(visit.say(.signOut)))</button></form></div>
            """
    }

    /// The bar below on phones.
    static func phoneBar(_ visit: Visit, _ current: Place) -> HTML {
        func entry(_ place: Place, _ path: String, _ icon: Icon, _ words: Phrase) -> HTML {
            """
            <a href="\(link: path)"\(attribute: "aria-current", current == place ? "page" : nil)>\(icon.svg)\
            <span>\(visit.say(words))</span></a>
            """
        }
        return """
            <nav class="phone-nav" aria-label="\(visit.say(.more))">\
            \(entry(.inbox, "/", "inbox", .inbox))\(entry(.mine, "/?view=mine", "user", .mineShort))\
            \(entry(.accounts, "/accounts", "building", .accounts))\
            \(entry(.requests, "/requests", "task", .requests))\
            \(entry(.settings, "/more", "menu", .more))</nav>
            """
    }
}
