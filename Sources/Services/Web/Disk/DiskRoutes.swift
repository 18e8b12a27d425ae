internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

extension StaffRoutes {
    /// Changes on the disk, and what staff say of them.
    mutating func addDiskPages() {
        get("/disk") { visit in try await DiskPage(visit).response() }
        get("/disk/trash", may: .changeDocuments) { visit in try await DiskAsking(visit).trash() }
        get("/disk/adopt", may: .changeDocuments) { visit in try await DiskAsking(visit).adopt() }
        post("/disk/answer", may: .changeDocuments, isOnce: true) { visit, form in
            try await DiskAnswering(visit).answer(form)
        }
        post("/disk/settle", may: .changeDocuments, isOnce: true) { visit, form in
            try await DiskAnswering(visit).settle(form)
        }
        post("/disk/later", may: .changeDocuments) { visit, form in
            try await DiskAnswering(visit).ask(form, isLater: true)
        }
        post("/disk/now", may: .changeDocuments) { visit, form in
            try await DiskAnswering(visit).ask(form, isLater: false)
        }
        post("/disk/undo", may: .changeDocuments) { visit, _ in try await DiskAnswering(visit).takeBack() }
    }
}

/// Asks once more where much goes, or where a client would see another's document.
struct DiskAsking: Sendable {
    let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    func trash() async throws -> Response {
        let loss = try await DiskAnswering(visit).loss(visit.request.query)
        let missing = try await visit.site.deeds.disk.missing(loss.account.id)
        return try await page(
            .trashThem, .trashWarning(missing.count, loss.account.name), "/disk/answer",
            DiskLossCard.fields(loss.account, missing), "trash", "trash", isPossible: !missing.isEmpty)
    }

    func adopt() async throws -> Response {
        let id = visit.request.query["stray"].flatMap { Int64($0) }
        let strays = try await DiskPage(visit).questions().strays.first { strays in
            strays.files.contains { $0.file.id == id }
        }
        guard let strays, let other = strays.other else { throw PageError.notFound }
        let seen = strays.files.count { $0.access != .private }
        return try await page(
            .strayStays(strays.account.name),
            .strayWarning(strays.files.count, seen, from: other.name, to: strays.account.name),
            "/disk/settle", DiskStrayCard.fields(strays), "adopt", "check", isPossible: true)
    }

    private func page(
        _ title: Phrase, _ warning: Phrase, _ path: String, _ fields: HTML, _ answer: String, _ icon: Icon,
        isPossible: Bool
    ) async throws -> Response {
        try await visit.page(
            title, current: .disk,
            """
            <main class="page" id="main"><div class="content triage"><h1>\(visit.say(title))</h1>\
            <form class="form" method="post" action="\(link: path)">\(visit.token)\(fields)\
            <p class="hint">\(Icon("alert").svg)<span>\(visit.say(warning))</span></p><div class="actions">\
            <button class="btn danger" name="answer" value="\(answer)"\(flag: "disabled", !isPossible)>\(icon.svg)\
            \(visit.say(title))</button><a class="btn quiet" href="/disk">\(visit.say(.cancel))</a></div></form>\
            </div></main>
            """)
    }
}

/// What the answers on the page of changes on the disk do.
struct DiskAnswering: Sendable {
    let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    private var deeds: DiskDeeds { visit.site.deeds.disk }

    /// What is asked about an account that this person may see.
    func loss(_ form: FormItems) async throws -> DiskQuestions.Loss {
        guard let id = form["account"].flatMap({ Int64($0) }) else { throw PageError.badRequest }
        let losses = try await DiskPage(visit).questions().losses
        guard let loss = losses.first(where: { $0.account.id.rawValue == id }) else {
            throw PageError.notFound
        }
        return loss
    }

    /// Files of which this person may say whose they are: he sees both accounts.
    private func strays(_ form: FormItems) async throws -> [DiskQuestions.Strays] {
        let ids = Set(form.all("stray").compactMap { Int64($0) })
        return try await DiskPage(visit).questions().strays.compactMap { strays in
            var chosen = strays
            chosen.files.removeAll { !ids.contains($0.file.id) }
            return chosen.files.isEmpty ? nil : chosen
        }
    }

    func answer(_ form: FormItems) async throws -> Response {
        let id = try await question(form)
        guard let answer = form["answer"].flatMap(DiskAnswer.init(rawValue:)), let shown = form["shown"]
        else { throw PageError.badRequest }
        guard let id else { return try await DiskPage(visit).response(problem: .diskChanged) }
        do {
            let time = try await deeds.answer(answer, id, shown, visit.member)
            switch answer {
            case .restore: return visit.back(to: "/disk", did: .diskRestored)
            case .trash:
                return visit.back(
                    to: "/disk", did: .diskTrashed,
                    undo: "/disk/undo?account=\(id.rawValue)&at=\(time.milliseconds)")
            }
        } catch is DiskRefusal {
            return try await DiskPage(visit).response(problem: .diskChanged)
        }
    }

    /// Nil where nothing is asked any more: a colleague was faster, or it came back.
    private func question(_ form: FormItems) async throws -> AccountID? {
        do {
            return try await loss(form).account.id
        } catch let error as PageError where error == .notFound {
            return nil
        }
    }

    func takeBack() async throws -> Response {
        let (query, staff) = (visit.request.query, visit.staff)
        guard let id = query["account"].flatMap({ Int64($0) }).map({ AccountID($0) }),
            let at = query["at"].flatMap({ Int64($0) })
        else { throw PageError.badRequest }
        guard try await visit.read({ try $0.accountChoice(id, for: staff) as AccountChoice? }) != nil else {
            throw PageError.notFound
        }
        _ = try await deeds.takeBack(Timestamp(milliseconds: at), id, visit.member)
        return visit.back(to: "/disk", did: .diskTakenBack)
    }

    func settle(_ form: FormItems) async throws -> Response {
        guard let answer = form["answer"].flatMap(StrayAnswer.init(rawValue:)) else {
            throw PageError.badRequest
        }
        let ids = try await strays(form).filter { $0.other != nil }.flatMap { $0.files.map(\.file.id) }
        let count = ids.isEmpty ? 0 : try await deeds.settle(ids, answer, visit.member)
        guard count > 0 else {
            return try await DiskPage(visit).response(problem: .diskChanged)
        }
        switch answer {
        case .adopt: return visit.back(to: "/disk", did: .straysAdopted)
        case .return: return visit.back(to: "/disk", did: .straysReturned)
        }
    }

    /// Has staff asked again tomorrow, or at once.
    func ask(_ form: FormItems, isLater: Bool) async throws -> Response {
        let (zone, now, actor) = (visit.site.zone, visit.now, visit.member.login)
        let until = isLater ? zone.moment(zone.day(now) + 1, minute: SnoozeTime.morning) : nil
        if form["account"] != nil {
            let id = try await loss(form).account.id
            try await visit.site.store.write {
                try $0.askLater(ofLossIn: id, until: until, by: actor, now: now)
            }
        } else {
            let files = try await strays(form).flatMap { $0.files.map(\.file) }
            try await visit.site.store.write {
                try $0.askLater(ofStrays: files, until: until, by: actor, now: now)
            }
        }
        return visit.back(to: "/disk", did: isLater ? .askedLater : nil)
    }
}
