internal import HTTP
internal import Markup

extension StaffRoutes {
    /// What belongs to no area: live events, and the menu that phones have instead of the rail.
    mutating func addCommonRoutes() {
        get("/events") { visit in
            guard let stream = visit.site.hub.open(user: "\(visit.staff)") else {
                return Response(.tooManyRequests)
            }
            let missed = visit.request.query["since"].flatMap { Int($0) }.map {
                visit.site.changes.names(since: $0)
            }
            if let missed, !missed.isEmpty {
                stream.send(ServerEvent("change", missed.joined(separator: " ")))
            }
            return .events(stream)
        }
        get("/more") { visit in
            try await visit.page(
                .more, current: .settings,
                """
                <main class="page" id="main"><div class="content"><h1>\(visit.say(.more))</h1>\
                <nav class="card nav big" aria-label="\(visit.say(.views))"><ul>\
                \(MoreEntry.all.map { $0.html(visit) })</ul></nav></div></main>
                """)
        }
    }
}

/// What the bar of a phone has no room for.
private struct MoreEntry {
    let path: String
    let icon: Icon
    let words: Phrase

    static let all = [
        MoreEntry(path: "/?view=unassigned", icon: "users", words: .unassigned),
        MoreEntry(path: "/?view=waiting", icon: "clock", words: .waiting),
        MoreEntry(path: "/?view=snoozed", icon: "snooze", words: .snoozed),
        MoreEntry(path: "/?view=done", icon: "check", words: .done),
        MoreEntry(path: "/?view=other", icon: "archive", words: .other),
        MoreEntry(path: "/unknown", icon: "help", words: .unknownSenders),
        MoreEntry(path: "/held", icon: "shield", words: .heldFiles),
        MoreEntry(path: "/disk", icon: "file", words: .onDiskShort),
        MoreEntry(path: "/documents", icon: "folder", words: .documents),
        MoreEntry(path: "/search", icon: "search", words: .search),
        MoreEntry(path: "/settings", icon: "gear", words: .settings),
    ]

    func html(_ visit: Visit) -> HTML {
        "<li><a href=\"\(link: path)\">\(icon.svg)<span>\(visit.say(words))</span></a></li>"
    }
}
