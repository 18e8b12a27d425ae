internal import HTTP
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// Lays a sheet before somebody, and takes it back as it was filled in.
struct ComposerDesk {
    let visit: Visit

    private var deeds: AskingDeeds { visit.site.deeds.asking }
    private var actor: String { visit.member.login }

    /// What attachments may have together: servers take little more than 25 MB, and base64 adds a third.
    static let room = 25 << 20

    // MARK: - A sheet to begin with

    /// What one has begun to write about a message, or a new sheet.
    func answer(_ kind: LetterOrder.Kind, toAll: Bool = false) async throws -> ComposerState {
        guard let message = kind.message else { preconditionFailure("an answer is to a message") }
        let staff = visit.staff
        let (isVisible, draft) = try await visit.read { transaction in
            (try transaction.maySee(message, staff), try transaction.draft(kind, of: staff))
        }
        guard isVisible else { throw PageError.notFound }
        if let draft { return try await state(of: draft) }
        var state = ComposerState(kind: kind, typed: DraftText(), opened: visit.now)
        guard let opening = try await opening(&state) else { return state }
        state.typed = DraftText(
            mailbox: opening.mailbox, to: ComposerState.text(opening.to),
            cc: toAll ? ComposerState.text(opening.others) : "", subject: opening.subject)
        return state
    }

    /// A new sheet, to a contact of an account or to nobody yet.
    func new() async throws -> ComposerState {
        let (query, staff) = (visit.request.query, visit.staff)
        var state = ComposerState(kind: .new, typed: DraftText(to: query["to"] ?? ""), opened: visit.now)
        guard let number = query["account"] else { return state }
        let found = try await visit.read { transaction in
            try transaction.accountChoice(number, for: staff).map { account in
                (account, try transaction.contactAddresses(account: account.id))
            }
        }
        guard let (account, contacts) = found else { throw PageError.notFound }
        state.account = account.id
        if state.typed.to.isEmpty, let first = contacts.main,
            let address = EmailAddress(first.address)
        {
            state.typed.to = ComposerState.text([NamedAddress(name: first.name, address: address)])
        }
        return state
    }

    func state(of draft: Draft) async throws -> ComposerState {
        var state = ComposerState(
            kind: draft.kind, draft: draft.id, account: draft.account, typed: draft.typed,
            files: draft.files, opened: visit.now)
        _ = try await opening(&state)
        return state
    }

    func draft(_ id: DraftID) async throws -> Draft {
        let staff = visit.staff
        guard let draft = try await visit.site.store.read({ try $0.draft(id, of: staff) }),
            draft.letter == nil
        else { throw PageError.notFound }
        return draft
    }

    /// Puts below and beside the sheet what the message says; why it can't be answered is said on it.
    @discardableResult
    func opening(_ state: inout ComposerState) async throws -> LetterOpening? {
        do {
            let opening = try await deeds.opening(state.kind, nil)
            state.quote = opening.quote
            state.others = opening.others
            state.account = state.account ?? opening.account
            return opening
        } catch let refusal as DeskRefusal {
            state.errors["letter"] = .refusal(refusal)
            return nil
        }
    }

    // MARK: - As it was filled in

    /// The sheet that a form holds; nothing on it is believed.
    func state(of form: SentForm) async throws -> ComposerState {
        let message = Int64(form["message"]).map { MessageNumber($0) }
        var name = form["kind"]
        if name.hasPrefix("forward") { name = form["as_file"].isEmpty ? "forward" : "forward_as_file" }
        guard let kind = LetterOrder.Kind(name: name, message: message) else { throw PageError.badRequest }
        let typed = DraftText(
            mailbox: form["from"].isEmpty ? nil : form["from"], to: form["to"].oneLine,
            cc: form["cc"].oneLine, subject: form["subject"].oneLine, text: form["text"].lines)
        let (staff, account) = (visit.staff, Int64(form["account"]).map { AccountID($0) })
        let allowed = try await visit.read { transaction in
            (
                try kind.message.map { try transaction.maySee($0, staff) } ?? true,
                try account.map { try !transaction.isHidden($0, from: staff) } ?? true
            )
        }
        guard allowed == (true, true) else { throw PageError.notFound }
        return ComposerState(
            kind: kind, draft: Int64(form["draft"]).map { DraftID($0) }, account: account, typed: typed,
            opened: Timestamp(milliseconds: Int64(form["opened"]) ?? visit.now.milliseconds))
    }

    /// Keeps what was typed, and the files that came along.
    func save(_ state: ComposerState, _ form: SentForm) async throws -> Draft {
        let (staff, now, vault) = (visit.staff, visit.now, visit.site.vault)
        let files = form.files.map { file in
            KeptFile(
                name: file.name, mediaType: FileTypeSniffer.sniff(file.content.head).mediaType ?? .octets,
                octets: Int64(file.content.octets), sha256: file.content.digest)
        }
        let document = Int64(form["document"]).map { DocumentID($0) }
        let batch = vault.beginBatch()
        for file in form.files { batch.add(file.content) }
        let known = try await visit.read { try $0.recordedContents(files.map(\.sha256)) }
        try batch.publish { known.contains($0) }
        try batch.flush()
        let takes = form["action"] == "document"
        let draft = try await visit.site.store.write { transaction in
            let id = try transaction.saveDraft(
                state.kind, state.typed, account: state.account, id: state.draft, opened: state.opened,
                by: staff, now: now)
            for file in files { try transaction.addFile(file, to: id, by: staff) }
            if takes, let document { try transaction.addDocument(document, to: id, by: staff) }
            return try transaction.draft(id, of: staff)
        }
        batch.end()
        guard let draft else { throw PageError.notFound }
        return draft
    }

    func remove(_ file: Int64, from draft: DraftID) async throws {
        let staff = visit.staff
        try await visit.site.store.write { try $0.removeFile(file, from: draft, by: staff) }
    }

    // MARK: - Off it goes

    /// What is wrong with a sheet before anybody is asked.
    func check(_ state: inout ComposerState) {
        for (name, text) in [("to", state.typed.to), ("cc", state.typed.cc)]
        where ComposerState.addresses(text) == nil {
            state.errors[name] = Writing.unreadableAddress(text)
        }
        if ComposerState.addresses(state.typed.to)?.isEmpty == true { state.errors["to"] = Writing.toWhom }
        switch state.kind {
        case .new where state.typed.subject.trimmed.isEmpty:
            state.errors["subject"] = Writing.subjectMissing
        case .new, .reply, .forward, .forwardAsFile: break
        }
        switch state.kind {
        case .new, .reply:
            if state.typed.text.trimmed.isEmpty { state.errors["text"] = Writing.textMissing }
        case .forward, .forwardAsFile: break
        }
        if state.files.reduce(0, { $0 + $1.file.octets }) > Int64(Self.room) {
            state.errors["files"] = Writing.filesTooLarge(FileSize(Int64(Self.room))[visit.language])
        }
    }

    /// A colleague's answer that came since the sheet was opened, unless it was shown already.
    func rival(_ state: ComposerState, seen: String) async throws -> ComposerState.Rival? {
        guard case .reply(let message) = state.kind else { return nil }
        let (actor, opened) = (actor, state.opened)
        let found = try await visit.read { transaction in
            try transaction.answers(to: message, since: opened, besides: actor).first.map { answer in
                (answer, try transaction.staffMember(login: answer.author)?.name ?? answer.author)
            }
        }
        guard let (answer, author) = found, "\(answer.letter)" != seen else { return nil }
        let words = try await deeds.opening(.reply(answer.message), nil).quote
        return ComposerState.Rival(answer: answer, text: words, author: author)
    }

    /// Queues the letter; for ten seconds it can be taken back.
    ///
    /// - Returns: nil where it was refused: the sheet says why.
    func send(_ state: inout ComposerState) async throws -> LetterID? {
        guard let draft = state.draft else { preconditionFailure("what is sent was saved") }
        var order = LetterOrder(
            state.kind, to: ComposerState.addresses(state.typed.to) ?? [],
            cc: ComposerState.addresses(state.typed.cc) ?? [],
            subject: state.typed.subject.trimmed.isEmpty ? nil : state.typed.subject,
            text: state.typed.text, documents: state.files.compactMap(\.document),
            files: state.files.filter { $0.document == nil }.map(\.file), person: visit.member.name)
        order.from = state.typed.mailbox
        order.draft = draft
        order.notBefore = Timestamp(milliseconds: visit.now.milliseconds + Self.holding)
        do {
            return try await deeds.send(order, actor).letter
        } catch let refusal as DeskRefusal {
            state.errors[refusal.reason.field] = .refusal(refusal)
            return nil
        }
    }

    private static let holding: Int64 = 10_000
}

extension DeskRefusal.Reason {
    /// Beside which field of the sheet it is said.
    fileprivate var field: String {
        switch self {
        case .nobody, .address, .ours, .machine: "to"
        case .noMailbox: "from"
        case .noDocument, .othersDocument, .strangersDocument, .tooLarge: "files"
        case .noMessage, .noOriginal, .unanswerable, .noServer, .unfit, .noRequest, .noAccount, .tooLate,
            .title, .item, .tooManyItems, .text, .controlCharacters, .reminders, .name, .dayIsOver,
            .expiresBeforeDue, .noFolder, .noRequestServer, .noLinks, .noRecipients, .notRecipient, .noItem,
            .notCome, .hasCome, .note, .nobodyToRemind, .nothing, .privateDocument, .noShare,
            .noLogin, .openLink:
            "letter"
        }
    }
}

extension String {
    /// As a field of one line has it.
    var oneLine: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 }))
    }

    /// With line feeds alone, and no other control characters.
    var lines: String {
        let text = split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(
            separator: "\n")
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { $0 == "\n" || $0 == "\t" || ($0.value >= 32 && $0.value != 127) }
            ))
    }
}
