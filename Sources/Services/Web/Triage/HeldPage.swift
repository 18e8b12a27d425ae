internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// What waits, by reason, each thing answered once for all of the same kind.
struct HeldPage: Sendable {
    let visit: Visit
    private static let most = 200

    init(_ visit: Visit) { self.visit = visit }

    private struct Waiting: Sendable {
        let items: [HeldItem]
        let senders: [UnconfirmedSender]
        let history: HistorySection.Counts
    }

    /// - Parameter wrong: what is the matter with the password that was typed for an item.
    func response(problem: Phrase? = nil, wrong: (item: String, words: Phrase)? = nil) async throws
        -> Response
    {
        let waiting = try await waiting()
        let isEmpty = waiting.items.isEmpty && waiting.senders.isEmpty && waiting.history.isEmpty
        let trouble: HTML =
            problem.map {
                "<p class=\"problem\" role=\"alert\">\(Icon("alert").svg)<span>\(visit.say($0))</span></p>"
            } ?? .empty
        let content: HTML = isEmpty ? nothing : sections(waiting, wrong)
        return try await visit.page(
            .heldFiles, current: .held,
            """
            <main class="page" id="main"><div class="content triage"><h1>\(visit.say(.heldFiles))</h1>\(trouble)\
            <div id="held" data-part="triage" class="groups">\(content)</div></div></main>
            """, scripts: [Assets.triage], status: problem == nil && wrong == nil ? .ok : .conflict)
    }

    private func waiting() async throws -> Waiting {
        let (staff, foresee) = (visit.staff, try await visit.site.deeds.triage.foresee())
        return try await visit.read { transaction in
            let items = HeldItem.items(try transaction.heldMessages(for: staff, limit: Self.most))
            return Waiting(
                items: try items.map { try $0.foreseen(foresee, transaction) },
                senders: try transaction.unconfirmedSenders(for: staff),
                history: try HistorySection.counts(transaction, for: staff))
        }
    }

    private var nothing: HTML {
        """
        <div class="empty">\(Icon("checkc").svg)<b>\(visit.say(.nothingWaits))</b>\
        <p>\(visit.say(.nothingWaitsWords))</p><a class="btn" href="/">\(visit.say(.toTheInbox))</a></div>
        """
    }

    private func sections(_ waiting: Waiting, _ wrong: (item: String, words: Phrase)?) -> HTML {
        let kinds = HeldKind.allCases.map { kind -> HTML in
            let items = waiting.items.filter { $0.kind == kind }
            guard !items.isEmpty else { return .empty }
            let count = items.reduce(0) { $0 + $1.parts.count }
            return section(
                "\(kind)", kind.title, kind.why, count,
                items.map { item in
                    HeldRow(visit, item, wrong: wrong?.item == item.id ? wrong?.words : nil).html
                })
        }
        let senders = waiting.senders
        let unconfirmed: HTML =
            senders.isEmpty
            ? .empty
            : section(
                "unconfirmed", .unconfirmedTitle, .unconfirmedWhy,
                senders.reduce(0) { $0 + $1.documents.count },
                senders.map { UnconfirmedRow(visit, $0).html })
        return "<p class=\"muted keyhint\">\(visit.say(.triageKeys))</p>" + kinds[0] + unconfirmed
            + kinds.dropFirst().joined() + HistorySection(visit, waiting.history).html
    }

    private func section(
        _ id: String, _ title: Phrase, _ why: Phrase, _ count: Int, _ rows: [HTML]
    ) -> HTML {
        """
        <section class="held-group" id="group-\(id)" aria-labelledby="title-\(id)"><header>\
        <h2 id="title-\(id)">\(visit.say(title)) <span class="n">\(count)</span></h2>\
        <p class="muted">\(visit.say(why))</p></header><ul class="held-list">\(rows)</ul></section>
        """
    }
}
