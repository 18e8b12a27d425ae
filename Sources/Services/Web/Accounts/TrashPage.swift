internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// Asks whether an account's trash is to be emptied before its time.
struct TrashPage {
    let frame: AccountFrame
    private var visit: Visit { frame.visit }

    private var trash: String { frame.path(.documents) + "?view=trash" }

    func response() async throws -> Response {
        let (account, now) = (frame.head.id, visit.now)
        let count = try await visit.read { try $0.trashCount(of: account, now: now) }
        return try await FolderForms(frame: frame).page(
            visit.say(.emptyTheTrash),
            """
            <form class="form" method="post" action="\(link: frame.path + "/trash/empty")">\(visit.token)\
            <input type="hidden" name="asked" value="\(now.milliseconds)"><p class="hint">\(Icon("alert").svg)\
            <span>\(visit.say(.emptyTrashWarning(count)))</span></p><div class="actions">\
            <button class="btn danger"\(flag: "disabled", count == 0)>\(Icon("trash").svg)\(visit.say(.emptyTheTrash))</button>\
            <a class="btn quiet" href="\(link: trash)">\(visit.say(.cancel))</a></div></form>
            """)
    }

    /// What came to the trash after the question stays: nobody was asked about it.
    func empty(_ form: FormItems) async throws -> Response {
        let now = visit.now
        let asked = form["asked"].flatMap { Int64($0) }.map { min($0, now.milliseconds) }
        let end = Timestamp(milliseconds: (asked ?? now.milliseconds) + 1)
        try await visit.site.documentDesk.emptyTrash(
            before: end, of: frame.head.id, by: visit.member.login, now: now)
        frame.changed("documents")
        return visit.back(to: trash, did: .trashEmptied)
    }
}
