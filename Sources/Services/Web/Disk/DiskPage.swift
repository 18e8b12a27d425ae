internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// What people did in the tree of documents that nobody but staff can make sense of, each with its answers.
struct DiskPage: Sendable {
    let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    /// A disk that is not mounted is as many losses as there are accounts.
    private static let most = 50
    /// So many losses at once are one: that of the disk.
    private static let firm = 10

    func questions() async throws -> DiskQuestions {
        let (staff, seesAll) = (visit.staff, visit.may(.changeVisibility))
        return try await visit.read { try $0.diskQuestions(for: staff, seesAll: seesAll) }
    }

    func response(problem: Phrase? = nil) async throws -> Response {
        let questions = try await questions()
        let trouble: HTML =
            problem.map {
                "<p class=\"problem\" role=\"alert\">\(Icon("alert").svg)<span>\(visit.say($0))</span></p>"
            } ?? .empty
        let content = questions.isEmpty ? nothing : try await sections(questions)
        return try await visit.page(
            .onDisk, current: .disk,
            """
            <main class="page" id="main"><div class="content triage"><h1>\(visit.say(.onDisk))</h1>\(trouble)\
            <div id="disk" data-part="disk" class="groups">\(content)</div></div></main>
            """, scripts: [Assets.triage], status: problem == nil ? .ok : .conflict)
    }

    private var nothing: HTML {
        """
        <div class="empty">\(Icon("checkc").svg)<b>\(visit.say(.nothingOnDisk))</b>\
        <p>\(visit.say(.nothingOnDiskWords))</p><a class="btn" href="/">\(visit.say(.toTheInbox))</a></div>
        """
    }

    private func sections(_ questions: DiskQuestions) async throws -> HTML {
        let losses = questions.losses.filter { $0.later == nil }
        let strays = questions.strays.filter { $0.later == nil }
        var cards: [HTML] = []
        for loss in losses.prefix(Self.most) {
            let missing = try await visit.site.deeds.disk.missing(loss.account.id)
            cards.append(DiskLossCard(visit, loss, missing).html)
        }
        let isFirm = losses.count >= Self.firm
        let hint: HTML =
            losses.isEmpty
            ? .empty
            : """
            <p class="hint">\(Icon("alert").svg)<span>\(visit.say(isFirm ? .diskIsGone(losses.count) : .lossComesBack))</span></p>
            """
        return section("gone", .lossTitle, .lossWhy, losses.count, cards, hint)
            + section(
                "strays", .strayTitle, .strayWhy, strays.count, strays.map { DiskStrayCard(visit, $0).html })
            + later(questions) + told(questions.told)
    }

    private func section(
        _ id: String, _ title: Phrase, _ why: Phrase, _ count: Int, _ rows: [HTML], _ hint: HTML = .empty
    ) -> HTML {
        guard count > 0 else { return .empty }
        return """
            <section class="held-group" id="group-\(id)" aria-labelledby="title-\(id)"><header>\
            <h2 id="title-\(id)">\(visit.say(title)) <span class="n">\(count)</span></h2>\
            <p class="muted">\(visit.say(why))</p></header>\(hint)<ul class="held-list">\(rows)</ul></section>
            """
    }

    /// What staff want to be asked again: with a way to have it asked now.
    private func later(_ questions: DiskQuestions) -> HTML {
        let losses = questions.losses.filter { $0.later != nil }.map { loss in
            laterRow(
                loss.account, .documentsGone(loss.count), loss.later,
                "<input type=\"hidden\" name=\"account\" value=\"\(loss.account.id.rawValue)\">")
        }
        let strays = questions.strays.filter { $0.later != nil }.map { strays in
            laterRow(
                strays.account, .filesOfAnother(strays.files.count), strays.later,
                DiskStrayCard.fields(strays))
        }
        return section("later", .laterTitle, .laterWhy, losses.count + strays.count, losses + strays)
    }

    private func laterRow(
        _ account: AccountChoice, _ words: Phrase, _ later: Timestamp?, _ fields: HTML
    ) -> HTML {
        """
        <li class="card held disk-later"><p class="grow"><b>\(account.name)</b> \
        <small class="muted">\(account.number)</small><br>\(visit.say(words)) · \(later.map { visit.when.html($0) })</p>\
        <form method="post" action="/disk/now">\(visit.token)\(fields)\
        <button class="btn">\(visit.say(.askNow))</button></form></li>
        """
    }

    private func told(_ reports: [DiskReport]) -> HTML {
        let rows = reports.prefix(200).map { report -> HTML in
            """
            <li class="card held"><p class="badge \(report.kind == .room || report.kind == .watch ? "bad" : "warn")">\
            \(Icon("alert").svg)<span>\(visit.say(.diskReport(report)))</span></p>\
            <p class="path">\(report.path)</p><p class="muted">\(visit.say(.diskAdvice(report.kind))) · \
            \(visit.when.html(report.since))</p></li>
            """
        }
        return section("told", .toldTitle, .toldWhy, reports.count, rows)
    }
}
