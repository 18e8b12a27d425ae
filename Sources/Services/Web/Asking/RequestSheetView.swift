internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// The form of a request: the same for a new one and for one that is changed.
struct RequestSheetView {
    let visit: Visit
    let sheet: RequestSheet
    let folders: [FolderSummary]
    let contacts: [ContactAddress]
    let documents: [DocumentListing]
    /// Somebody of the account can sign in.
    let hasClients: Bool

    /// What an account offers to choose from.
    ///
    /// - Parameter known: documents that lie there already.
    static func of(
        _ visit: Visit, _ account: AccountID, _ sheet: RequestSheet, without known: [DocumentID] = []
    ) async throws -> RequestSheetView {
        let now = visit.now
        return try await visit.read { transaction in
            RequestSheetView(
                visit: visit, sheet: sheet, folders: try transaction.folders(of: account),
                contacts: try transaction.contactAddresses(account: account).filter { $0.kind == .person },
                documents: try transaction.documents(
                    account: account, limit: ComposerView.largestDocumentList
                ).filter { !known.contains($0.id) }, hasClients: try transaction.hasClients(account, now: now)
            )
        }
    }

    func field(_ name: String, _ label: Phrase, _ value: String, type: String = "text", hint: Phrase? = nil)
        -> Field
    {
        Field(
            name, visit.say(label), value: value, type: type, hint: hint.map(visit.say),
            error: sheet.errors[name].map(visit.say), autocomplete: "off")
    }

    var general: HTML {
        guard let error = sheet.errors["general"] else { return .empty }
        return "<p class=\"problem\" role=\"alert\">\(Icon("alert").svg)<span>\(visit.say(error))</span></p>"
    }

    var titleField: HTML {
        field("title", RequestWords.title, sheet.title, hint: RequestWords.titleHint).input
    }

    var textField: HTML { field("text", RequestWords.text, sheet.text).area }

    var dueField: HTML { field("due", RequestWords.due, sheet.due, type: "date").input }

    var languageField: HTML {
        field("language", RequestWords.language, sheet.language.rawValue).select([
            (value: "de", words: visit.say(RequestWords.german)),
            (value: "en", words: visit.say(RequestWords.english)),
            (value: "ja", words: visit.say(RequestWords.japanese)),
        ])
    }

    var remindersField: HTML {
        field("reminders", RequestWords.reminders, sheet.reminders, hint: RequestWords.remindersHint).input
    }

    var proofField: HTML {
        ProofChoice(visit: visit, chosen: sheet.proof, hasClients: hasClients, error: sheet.errors["proof"])
            .html
    }

    var folderField: HTML {
        let options = folders.map { "<option value=\"\($0.folder.name)\"></option>" as HTML }
        let error = sheet.errors["folder"]
        let wrong: HTML =
            error.map {
                "<p class=\"wrong\" id=\"e-folder\">\(Icon("alert").svg)<span>\(visit.say($0))</span></p>"
            } ?? .empty
        return """
            <div class="field"><label for="f-folder">\(visit.say(RequestWords.folder))</label>\
            <input id="f-folder" name="folder" list="folders" value="\(sheet.folder)" autocomplete="off"\
            \(attribute: "aria-invalid", error == nil ? nil : "true") aria-describedby="h-folder">\
            <datalist id="folders">\(options)</datalist><small id="h-folder">\(visit.say(RequestWords.folderHint))</small>\(wrong)</div>
            """
    }

    func itemFields(_ legend: Phrase) -> HTML {
        let typed = sheet.items + Array(repeating: "", count: max(0, sheet.rows - sheet.items.count))
        let rows = typed.enumerated().map { index, item -> HTML in
            """
            <input class="input" name="item" value="\(item)" maxlength="200" autocomplete="off" \
            aria-label="\(visit.say(RequestWords.item(index + 1)))">
            """
        }
        return """
            <fieldset class="field items" data-items><legend class="label">\(visit.say(legend))</legend>\
            <small>\(visit.say(RequestWords.itemsHint))</small>\(rows)\(wrong("items"))\
            <button class="btn small" name="action" value="more">\(Icon("plus").svg)\(visit.say(RequestWords.moreItems))</button></fieldset>
            """
    }

    func recipientFields(_ legend: Phrase) -> HTML {
        let ticks = contacts.map { contact -> HTML in
            """
            <label class="check"><input type="checkbox" name="contact" value="\(contact.address)"\
            \(flag: "checked", sheet.contacts.contains(contact.address))><span><b>\(contact.name)</b> \
            <small class="muted">\(contact.address)</small></span></label>
            """
        }
        return """
            <fieldset class="field"><legend class="label">\(visit.say(legend))</legend>\(ticks)\
            \(field("recipients", RequestWords.otherRecipients, sheet.others, hint: RequestWords.otherHint).input)</fieldset>
            """
    }

    var documentFields: HTML {
        guard !documents.isEmpty else { return .empty }
        let ticks = documents.map { document -> HTML in
            """
            <label class="check"><input type="checkbox" name="document" value="\(document.id.rawValue)"\
            \(flag: "checked", sheet.documents.contains(document.id))><span>\(document.name) \
            <small class="muted">\(document.folder)</small> \(visit.badge(document.access))</span></label>
            """
        }
        let hidden = PrivateField(
            visit: visit, documents: documents.filter { sheet.documents.contains($0.id) },
            isTicked: sheet.knowsPrivate, error: sheet.errors["private"]
        ).html
        let isOpen = !sheet.documents.isEmpty || sheet.errors["documents"] != nil
        return """
            <details class="field"\(flag: "open", isOpen)><summary>\(visit.say(RequestWords.documents))</summary>\
            <div class="ticks">\(ticks)</div>\(wrong("documents"))</details>\(hidden)
            """
    }

    private func wrong(_ name: String) -> HTML {
        guard let error = sheet.errors[name] else { return .empty }
        return "<p class=\"wrong\">\(Icon("alert").svg)<span>\(visit.say(error))</span></p>"
    }
}
