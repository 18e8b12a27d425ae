internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// An account's conversations, the newest first, whatever became of them.
///
/// A conversation of another account is among them where this one got a
/// copy: it says whose it is, and leads there.
struct AccountMailPage {
    let frame: AccountFrame
    private var visit: Visit { frame.visit }
    private static let perPage = 50

    func response() async throws -> Response {
        let (account, staff) = (frame.head.id, visit.staff)
        let after = visit.request.query["after"].flatMap { ConversationCursor($0) }
        let found = try await visit.read {
            try $0.conversations(of: account, for: staff, after: after, limit: Self.perPage + 1)
        }
        let shown = found.prefix(Self.perPage)
        let next = found.count > Self.perPage ? shown.last?.cursor : nil
        let more: HTML =
            next.map { cursor -> HTML in
                """
                <p><a class="btn" href="\(link: frame.path(.email) + "?after=\(cursor)")">\(visit.say(.nextPage))</a></p>
                """
            } ?? .empty
        let list: HTML =
            shown.isEmpty
            ? "<div class=\"card empty\">\(Icon("mail").svg)<b>\(visit.say(.noMail))</b></div>"
            : "<ul class=\"card lines talks\">\(shown.map(row))</ul>"
        return try await frame.page(
            .email,
            "<div class=\"content wide\" id=\"mail\" data-part=\"\(frame.part) inbox\">\(list)\(more)</div>")
    }

    private func row(_ row: ConversationRow) -> HTML {
        let subject = row.subject.isEmpty ? visit.say(.noSubject) : row.subject
        let mark: HTML = row.isUnread ? "<span class=\"sr\">\(visit.say(.unreadMark))</span>" : .empty
        let files: HTML =
            row.files == 0
            ? .empty
            : "<span class=\"chip\">\(Icon("clip").svg(visit.say(.attachmentsMark)))\(row.files)</span>"
        let elsewhere: HTML =
            row.account == frame.head.id
            ? .empty : "<span class=\"chip cut\">\(Icon("folder").svg)\(row.accountName ?? row.people)</span>"
        let assignee: HTML =
            row.assignedName.map { name -> HTML in
                """
                <span title="\(visit.say(.assignedTo(name)))">\(Avatar(name, "sm").html)\
                <span class="sr">\(visit.say(.assignedTo(name)))</span></span>
                """
            } ?? .empty
        return """
            <li class="talk\(row.isUnread ? " unread" : "")" data-key="c\(row.id)">\(Avatar(row.people).html)\
            <span class="grow"><a href="\(link: InboxQuery(.all).path(row.id))"\
            \(attribute: "lang", Script.language(of: subject))>\(mark)\(subject)</a>\
            <small class="muted cut"\(attribute: "lang", Script.language(of: row.people + row.snippet))>\
            \(row.people) · \(row.snippet)</small></span>\
            <span class="row-flex tight talkend">\(elsewhere)\(state(row))\(files)\(assignee)</span>\
            \(visit.when.html(row.latest))</li>
            """
    }

    /// What is open needs no word.
    private func state(_ row: ConversationRow) -> HTML {
        let (icon, words): (Icon, Phrase)
        switch row.state {
        case .open: return .empty
        case .waiting: (icon, words) = ("clock", .waiting)
        case .done: (icon, words) = ("checkc", .done)
        case .snoozed: (icon, words) = ("snooze", .snoozed)
        }
        return "<span class=\"badge plain\">\(icon.svg)\(visit.say(words))</span>"
    }
}
