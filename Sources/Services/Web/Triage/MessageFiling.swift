internal import HTTP
internal import Mail
internal import Mailroom
internal import Store

extension StaffRoutes {
    /// What the strip of a message's attachments asks for: file, move, take out, another account.
    mutating func addMessageFiling() {
        post("/m/:message/file", may: .fileDocuments) { visit, form in
            try await MessageFiling(visit, form).file()
        }
        post("/m/:message/move", may: .fileDocuments) { visit, form in
            try await MessageFiling(visit, form).move()
        }
        post("/m/:message/unfile", may: .fileDocuments) { visit, form in
            try await MessageFiling(visit, form).unfile()
        }
        // A toast's way back sends what it means in its address.
        post("/m/:message/moved-back", may: .fileDocuments) { visit, _ in
            try await MessageFiling(visit, visit.request.query).move()
        }
        post("/m/:message/filed-back", may: .fileDocuments) { visit, _ in
            try await MessageFiling(visit, visit.request.query).file()
        }
        get("/m/:message/account", may: .fileDocuments) { visit in
            try await AccountChangePage.one(visit).response()
        }
        post("/m/:message/account", may: .fileDocuments) { visit, form in
            try await AccountChangePage.one(visit).take(form)
        }
    }
}

/// Deeds on one message, asked for beside it.
struct MessageFiling: Sendable {
    let visit: Visit
    let form: FormItems

    init(_ visit: Visit, _ form: FormItems) {
        self.visit = visit
        self.form = form
    }

    private var deeds: HeldDeeds { HeldDeeds(visit) }
    private var triage: TriageDeeds { visit.site.deeds.triage }

    /// The form with whole names of parts, and the way back to the message.
    private func whole(_ parts: [Section], _ message: MessageNumber) -> TriageForm {
        var items = form.items.filter { $0.name != "part" }
        items += parts.map { FormItems.Item("part", "\(message):\($0.text)") }
        if form["back"] == nil { items.append(FormItems.Item("back", "/m/\(message)")) }
        return TriageForm(visit, FormItems(items))
    }

    private func message() async throws -> HeldMessage {
        let (number, staff) = (MessageNumber(try visit.number("message")), visit.staff)
        guard let message = try await visit.read({ try $0.heldMessage(number, for: staff) }) else {
            throw PageError.notFound
        }
        return message
    }

    /// Files the parts that are named as `part=2.1`, or all that wait.
    func file() async throws -> Response {
        let message = try await message()
        let named = form.all("part").map { Section($0) }
        let filing = whole(named.isEmpty ? message.parts.map(\.section) : named, message.number)
        return try await deeds.refusing { try await $0.file(filing) }
    }

    private func document(_ message: MessageNumber) async throws -> DocumentListing {
        guard let number = form["document"].flatMap({ Int64($0) }) else { throw PageError.badRequest }
        let staff = visit.staff
        let known = try await visit.read { transaction in
            let listing = try transaction.documentListing(DocumentID(number))
            let isVisible = try listing.map { try transaction.accountChoice($0.account, for: staff) != nil }
            return (
                isVisible == true ? listing : nil,
                try transaction.parts(of: message).contains { $0.documentID?.rawValue == number }
            )
        }
        guard let listing = known.0, known.1, !listing.isTrashed else { throw PageError.notFound }
        return listing
    }

    func move() async throws -> Response {
        let message = try await message()
        let document = try await document(message.number)
        let named = TriageForm(visit, form)
        let account = try await named.account() ?? document.account
        guard let folder = try await named.folder(of: account) else { throw PageError.badRequest }
        return try await deeds.refusing { _ in
            try await triage.move(document.id, folder, account, visit.member)
            visit.site.changed(["triage", "inbox", "account-\(account.rawValue)"])
            let back = FormItems([
                FormItems.Item("document", "\(document.id.rawValue)"),
                FormItems.Item("account", "\(document.account.rawValue)"),
                FormItems.Item("folder", document.folder),
            ])
            return visit.back(
                to: named.back("/m/\(message.number)"), did: .documentMoved,
                undo: "/m/\(message.number)/moved-back?" + back.urlEncoded)
        }
    }

    func unfile() async throws -> Response {
        let message = try await message()
        let document = try await document(message.number)
        return try await deeds.refusing { _ in
            try await triage.unfile(document.id, visit.member)
            visit.site.changed(["triage", "inbox", "account-\(document.account.rawValue)"])
            let again = FormItems([
                FormItems.Item("part", document.section?.text ?? ""),
                FormItems.Item("account", "\(document.account.rawValue)"),
                FormItems.Item("folder", document.folder),
            ])
            return visit.back(
                to: TriageForm(visit, form).back("/m/\(message.number)"), did: .documentUnfiled,
                undo: "/m/\(message.number)/filed-back?" + again.urlEncoded)
        }
    }
}
