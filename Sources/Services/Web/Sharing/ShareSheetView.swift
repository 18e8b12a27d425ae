internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// The fields of a new share.
struct ShareSheetView {
    let frame: AccountFrame
    let sheet: ShareSheet
    let documents: [DocumentListing]
    /// Somebody of the account can sign in.
    let hasClients: Bool
    private var visit: Visit { frame.visit }

    var html: HTML {
        """
        \(general)\(chosenFields)\(privateField)\(recipientFields)\(field("text", Sharing.text, sheet.text).area)\
        <div class="two">\(field("until", Asking.lastDay, sheet.until, type: "date").input)\
        \(languageField)</div>\
        \(ProofChoice(visit: visit, chosen: sheet.proof, hasClients: hasClients, error: sheet.errors["proof"]).html)
        """
    }

    private func field(
        _ name: String, _ label: Phrase, _ value: String, type: String = "text", hint: Phrase? = nil
    ) -> Field {
        Field(
            name, visit.say(label), value: value, type: type, hint: hint.map(visit.say),
            error: sheet.errors[name].map(visit.say))
    }

    private var general: HTML {
        guard let error = sheet.errors["general"] else { return .empty }
        return "<p class=\"problem\" role=\"alert\">\(Icon("alert").svg)<span>\(visit.say(error))</span></p>"
    }

    private func wrong(_ name: String) -> HTML {
        guard let error = sheet.errors[name] else { return .empty }
        return "<p class=\"wrong\" id=\"e-\(name)\">\(Icon("alert").svg)<span>\(visit.say(error))</span></p>"
    }

    private var isChosen: Set<DocumentID> { Set(sheet.documents) }

    /// What was chosen before stands open; the rest of the account's is a click away.
    private var chosenFields: HTML {
        let chosen = documents.filter { isChosen.contains($0.id) }
        let rest = documents.filter { !isChosen.contains($0.id) }
        let more: HTML =
            rest.isEmpty
            ? .empty
            : """
            <details class="field"\(flag: "open", chosen.isEmpty)><summary>\(visit.say(Sharing.moreDocuments))</summary>\
            <div class="ticks">\(rest.map(tick))</div></details>
            """
        return """
            <fieldset class="field"><legend class="label">\(visit.say(.documents))</legend>\(chosen.map(tick))\(more)\
            \(wrong("documents"))</fieldset>
            """
    }

    private func tick(_ document: DocumentListing) -> HTML {
        """
        <label class="check"><input type="checkbox" name="document" value="\(document.id.rawValue)"\
        \(flag: "checked", isChosen.contains(document.id))><span>\(document.name) \
        <small class="muted">\(document.folder)</small> \(visit.badge(document.access))</span></label>
        """
    }

    /// Whoever shares what clients don't see is told so, and says that they mean it.
    private var privateField: HTML {
        PrivateField(
            visit: visit, documents: documents.filter { isChosen.contains($0.id) },
            isTicked: sheet.knowsPrivate, error: sheet.errors["private"]
        ).html
    }

    private var recipientFields: HTML {
        let ticks = frame.contacts.filter { $0.kind == .person }.map { contact -> HTML in
            """
            <label class="check"><input type="checkbox" name="contact" value="\(contact.address)"\
            \(flag: "checked", sheet.contacts.contains(contact.address))><span><b>\(contact.name)</b> \
            <small class="muted">\(contact.address)</small></span></label>
            """
        }
        return """
            <fieldset class="field"><legend class="label">\(visit.say(RequestWords.recipients))</legend>\(ticks)\
            \(field("recipients", RequestWords.otherRecipients, sheet.others, hint: RequestWords.otherHint).input)</fieldset>
            """
    }

    private var languageField: HTML {
        field("language", RequestWords.language, sheet.language.rawValue).select(
            LetterFrame.choices.map { (value: $0.language.rawValue, words: visit.say($0.words)) })
    }
}
