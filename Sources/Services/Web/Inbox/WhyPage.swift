internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// Why a message is whose it is, and why its files went where they went: what `mailroom explain` says.
struct WhyPage: Sendable {
    let visit: Visit
    let id: ConversationID

    func response() async throws -> Response {
        let (id, staff) = (id, visit.staff)
        let known = try await visit.read { transaction -> (ConversationRow, MessageNumber)? in
            guard let row = try transaction.conversation(id, for: staff) else { return nil }
            let messages = try transaction.messages(in: id, for: staff)
            let message = messages.last { $0.summary.direction == "in" } ?? messages.last
            return message.map { (row, $0.summary.number) }
        }
        guard let (row, message) = known else { throw PageError.notFound }
        let lines = try await visit.site.deeds.explain(message)
        return try await visit.page(
            .whyTitle, current: .inbox,
            """
            <main class="page" id="main"><div class="content"><p><a href="\(link: "/c/\(id)")">\(Icon("left").svg)\
            \(row.subject.isEmpty ? visit.say(.noSubject) : row.subject)</a></p><h1>\(visit.say(.whyTitle))</h1>\
            <pre class="card why" lang="en" tabindex="0">\(lines.joined(separator: "\n"))</pre></div></main>
            """)
    }
}
