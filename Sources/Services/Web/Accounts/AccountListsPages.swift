internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// What was asked of an account, the newest first.
struct AccountRequestsPage {
    let frame: AccountFrame
    private var visit: Visit { frame.visit }
    private static let perPage = 50

    func response() async throws -> Response {
        let account = frame.head.id
        let before = visit.request.query["before"].flatMap { Int64($0) }.map { RequestID($0) }
        let found = try await visit.read {
            try $0.requests(account: account, before: before, limit: Self.perPage + 1)
        }
        let shown = found.prefix(Self.perPage)
        let more: HTML =
            found.count > Self.perPage
            ? """
            <p><a class="btn" href="\(link: frame.path(.requests) + "?before=\(shown.last?.id.rawValue ?? 0)")">\
            \(visit.say(.nextPage))</a></p>
            """ : .empty
        let list: HTML =
            shown.isEmpty
            ? """
            <div class="card empty">\(Icon("task").svg)<b>\(visit.say(.noRequests))</b>\
            <a class="btn primary" href="\(link: "/requests/new?account=\(frame.head.number.text)")">\
            \(visit.say(.requestFiles))</a></div>
            """
            : """
            <ul class="card askedlist">\(shown.map { RequestRow(visit: visit, request: $0).html })</ul>
            """
        return try await frame.page(
            .requests,
            "<div class=\"content wide\" id=\"asked\" data-part=\"\(frame.part) requests\">\(list)\(more)</div>"
        )
    }
}

/// Everything that was done to an account and its documents: who, what, when and why.
struct ActivityPage {
    let frame: AccountFrame
    private var visit: Visit { frame.visit }
    private static let perPage = 100

    func response() async throws -> Response {
        let account = frame.head.id
        let before = visit.request.query["before"].flatMap { Int64($0) }
        let entries = try await visit.read {
            try $0.activity(of: account, before: before, limit: Self.perPage + 1).map {
                ActivityLine($0.id, $0.entry)
            }
        }
        let shown = entries.prefix(Self.perPage)
        let more: HTML =
            entries.count > Self.perPage
            ? """
            <p><a class="btn" href="\(link: frame.path(.activity) + "?before=\(shown.last?.id ?? 0)")">\
            \(visit.say(.nextPage))</a></p>
            """ : .empty
        let list: HTML =
            shown.isEmpty
            ? "<div class=\"card empty\">\(Icon("clock").svg)<b>\(visit.say(.noActivity))</b></div>"
            : "<ul class=\"card lines\">\(shown.map(row))</ul>"
        return try await frame.page(
            .activity,
            "<div class=\"content wide\" id=\"activity\" data-part=\"\(frame.part)\">\(list)\(more)</div>")
    }

    private func row(_ line: ActivityLine) -> HTML {
        let entry = line.entry
        let about = entry.detail.isEmpty ? entry.subject : entry.detail
        return """
            <li>\(Avatar(entry.actor, "sm").html)<span class="grow"><b>\(visit.name(entry.actor))</b> \
            \(visit.say(ActivityWords.phrase(entry.action)))<small class="muted">\(about)</small></span>\
            \(visit.when.html(entry.at))</li>
            """
    }
}

/// One row of the audit as the page reads it.
struct ActivityLine: Sendable {
    let id: Int64
    let entry: AuditEntry

    init(_ id: Int64, _ entry: AuditEntry) {
        self.id = id
        self.entry = entry
    }
}
