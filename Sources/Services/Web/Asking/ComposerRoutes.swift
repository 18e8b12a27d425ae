internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store

extension StaffRoutes {
    /// Letters in staff's own words.
    mutating func addComposerPages() {
        get("/m/:id/reply", may: .writeLetters) { visit in
            try await ComposerPage(visit).answer { .reply($0) }
        }
        get("/c/:id/reply", may: .writeLetters) { visit in
            try await ComposerPage(visit).answerConversation()
        }
        get("/m/:id/reply-all", may: .writeLetters) { visit in
            try await ComposerPage(visit).answer(toAll: true) { .reply($0) }
        }
        get("/m/:id/forward", may: .writeLetters) { visit in
            try await ComposerPage(visit).answer { .forward($0) }
        }
        get("/write", may: .writeLetters) { visit in
            try await ComposerPage(visit).show(try await ComposerDesk(visit: visit).new())
        }
        get("/drafts", may: .writeLetters) { visit in try await DraftList(visit).page() }
        get("/drafts/:id", may: .writeLetters) { visit in
            let desk = ComposerDesk(visit: visit)
            let draft = try await desk.draft(DraftID(try visit.number("id")))
            return try await ComposerPage(visit).show(try await desk.state(of: draft))
        }
        upload("/write", may: .writeLetters, bodyLimit: 64 << 20) { visit, sent in
            try await ComposerPage(visit).take(sent)
        }
        post("/letters/:id/take-back", may: .writeLetters) { visit, _ in
            try await ComposerPage(visit).takeBack(LetterID(try visit.number("id")))
        }
    }
}

/// The page with a sheet on it, and what becomes of it.
struct ComposerPage {
    private let visit: Visit
    private let desk: ComposerDesk

    init(_ visit: Visit) {
        self.visit = visit
        desk = ComposerDesk(visit: visit)
    }

    func answer(toAll: Bool = false, _ kind: (MessageNumber) -> LetterOrder.Kind) async throws -> Response {
        let number = MessageNumber(try visit.number("id"))
        return try await show(try await desk.answer(kind(number), toAll: toAll))
    }

    /// What the other side wrote last is what a conversation's answer answers.
    func answerConversation() async throws -> Response {
        let (id, staff) = (ConversationID(try visit.number("id")), visit.staff)
        let message = try await visit.read { transaction -> ConversationMessage? in
            guard try transaction.conversation(id, for: staff) != nil else { return nil }
            return ConversationPane.answered(try transaction.messages(in: id, for: staff))
        }
        guard let message else { throw PageError.notFound }
        return try await show(try await desk.answer(.reply(message.summary.number)))
    }

    func show(_ state: ComposerState, _ status: Status = .ok) async throws -> Response {
        let view = try await Self.view(visit, state)
        let title =
            switch state.kind {
            case .new: Writing.writeMail
            case .reply: Writing.reply
            case .forward, .forwardAsFile: Writing.forward
            }
        return try await visit.page(
            title, current: .inbox,
            """
            <main class="page" id="main"><div class="content narrow"><h1>\(visit.say(title))</h1>\
            \(view.html)</div></main>
            """, scripts: [Assets.asking], status: status)
    }

    /// The sheet with what can be chosen for it.
    static func view(_ visit: Visit, _ state: ComposerState) async throws -> ComposerView {
        var view = ComposerView(visit: visit, state: state)
        guard let account = state.account else { return view }
        let (staff, most) = (visit.staff, ComposerView.largestDocumentList)
        (view.documents, view.requests) = try await visit.read { transaction in
            guard try !transaction.isHidden(account, from: staff) else { return ([], []) }
            return (
                try transaction.documents(account: account, limit: most),
                try transaction.requests(account: account, states: [.open], for: staff, limit: 50)
            )
        }
        return view
    }

    // MARK: - What a button does

    func take(_ sent: MultipartReader) async throws -> Response {
        let form = try await SentForm.read(sent, visit, filesUpTo: ComposerDesk.room)
        guard form["action"] == "send" else { return try await take(form) }
        do {
            return try await visit.site.once.response(
                to: "\(visit.staff) write \(form.fields.urlEncoded)"
            ) { try await take(form) }
        } catch let error as StoreError where error.code == .conflict {
            // From another window, where the same draft was open.
            return visit.back(to: "/drafts", did: .letterHasLeft)
        }
    }

    private func take(_ form: SentForm) async throws -> Response {
        var state = try await desk.state(of: form)
        let action = form["action"]
        if action == "discard" { return try await discard(state) }
        if action == "everybody" { try await addEverybody(to: &state) }
        if action == "link", let id = Int64(form["request"]) {
            try await addLink(RequestID(id), to: &state)
        }
        let draft = try await desk.save(state, form)
        if action.hasPrefix("remove-"), let file = Int64(action.dropFirst("remove-".count)) {
            try await desk.remove(file, from: draft.id)
            return visit.back(to: "/drafts/\(draft.id)")
        }
        // A script saves while somebody types: it wants to know under which number.
        if visit.request.headers["x-save"] != nil { return .json("{\"draft\":\(draft.id)}") }
        if form.isTooLarge {
            var again = try await desk.state(of: draft)
            again.errors["files"] = Writing.filesTooLarge(
                FileSize(Int64(ComposerDesk.room))[visit.language])
            return try await show(again, .unprocessableContent)
        }
        guard action == "send" else {
            return visit.back(to: "/drafts/\(draft.id)", did: action == "save" ? .saved : nil)
        }
        return try await send(draft, state, seen: form["seen"])
    }

    private func send(_ draft: Draft, _ typed: ComposerState, seen: String) async throws -> Response {
        var state = typed
        (state.draft, state.files) = (draft.id, draft.files)
        desk.check(&state)
        if state.errors.isEmpty { state.rival = try await desk.rival(state, seen: seen) }
        if state.errors.isEmpty, state.rival == nil, let letter = try await desk.send(&state) {
            visit.site.changed(["inbox", "letters"])
            return visit.back(
                to: try await home(state.kind, letter), did: .letterSent,
                undo: "/letters/\(letter)/take-back")
        }
        try await desk.opening(&state)
        return try await show(state, .unprocessableContent)
    }

    /// Where one came from: the conversation that was answered, else the letter's own.
    private func home(_ kind: LetterOrder.Kind?, _ letter: LetterID? = nil) async throws -> String {
        let staff = visit.staff
        let id = try await visit.site.store.read { transaction -> ConversationID? in
            let ids = [
                try kind?.message.flatMap { try transaction.conversation(of: $0) },
                try letter.flatMap { try transaction.conversation(ofLetter: $0) },
            ]
            return try ids.compactMap { $0 }.first { try transaction.conversation($0, for: staff) != nil }
        }
        return id.map { "/c/\($0)" } ?? "/"
    }

    private func addEverybody(to state: inout ComposerState) async throws {
        guard let opening = try await desk.opening(&state) else { return }
        let cc = ComposerState.text(opening.others)
        state.typed.cc = state.typed.cc.trimmed.isEmpty ? cc : state.typed.cc + ", " + cc
    }

    /// A link into the text, for the client to click.
    private func addLink(_ id: RequestID, to state: inout ComposerState) async throws {
        let staff = visit.staff
        guard let request = try await visit.read({ try $0.request(id, for: staff) }),
            request.account == state.account
        else { throw PageError.notFound }
        guard let link = visit.site.deeds.asking.links(request, visit.now)?.open else { return }
        let text = state.typed.text
        state.typed.text = text + (text.isEmpty || text.hasSuffix("\n") ? "" : "\n\n") + link + "\n"
    }

    private func discard(_ state: ComposerState) async throws -> Response {
        let (staff, draft) = (visit.staff, state.draft)
        if let draft { try await visit.site.store.write { try $0.discardDraft(draft, by: staff) } }
        return visit.back(to: try await home(state.kind), did: .draftDiscarded)
    }

    /// The letter is a draft again; where it has left already, that is said.
    func takeBack(_ letter: LetterID) async throws -> Response {
        let (staff, actor, now) = (visit.staff, visit.member.login, visit.now)
        do {
            let draft = try await visit.site.store.write {
                try $0.takeBack(letter, by: staff, actor: actor, now: now)
            }
            visit.site.changed(["inbox", "letters"])
            return visit.back(to: "/drafts/\(draft)", did: .letterTakenBack)
        } catch let error as StoreError where error.code == .conflict {
            return visit.back(to: try await home(nil, letter), did: .letterHasLeft)
        } catch let error as StoreError where error.code == .notFound {
            throw PageError.notFound
        }
    }
}

/// What one has begun to write and not sent.
struct DraftList {
    private let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    func page() async throws -> Response {
        let staff = visit.staff
        let drafts = try await visit.read { try $0.drafts(of: staff) }
        let rows = drafts.map { draft -> HTML in
            let to = draft.typed.to.isEmpty ? visit.say(Writing.toNobodyYet) : draft.typed.to
            let subject =
                draft.typed.subject.isEmpty ? visit.say(Writing.withoutSubject) : draft.typed.subject
            return """
                <li class="asked"><div class="grow"><a href="\(link: "/drafts/\(draft.id)")"><b>\(subject)</b></a>\
                <small class="muted cut">\(to)</small></div>\(visit.when.html(draft.changed))</li>
                """
        }
        let list: HTML =
            rows.isEmpty
            ? "<div class=\"empty\">\(Icon("pen").svg)<b>\(visit.say(Writing.noDrafts))</b></div>"
            : "<ul class=\"card askedlist\">\(rows)</ul>"
        return try await visit.page(
            Writing.drafts, current: .inbox,
            """
            <main class="page" id="main"><div class="content"><h1>\(visit.say(Writing.drafts))</h1>\(list)</div></main>
            """)
    }
}
