internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// The sheet on which staff write a letter, as a part of any page.
///
/// One form does everything, with and without a script: it sends, saves,
/// attaches and inserts, by the button that was pressed. Addresses of both
/// sides stand in it, so that nobody writes from a mailbox unawares.
struct ComposerView {
    let visit: Visit
    let state: ComposerState
    /// Documents of the account, as far as a list is of use.
    var documents: [DocumentListing] = []
    var requests: [Request] = []

    static let largestDocumentList = 200

    var html: HTML {
        """
        <form class="card writing" id="writing" method="post" action="/write" enctype="multipart/form-data" \
        data-writing data-unsaved="\(visit.say(Writing.draftUnsaved))" data-saved="\(visit.say(Writing.draftSaved))">\
        \(visit.token)\(hidden)<button class="sr" name="action" value="save" tabindex="-1">\
        \(visit.say(Writing.saveDraft))</button>\(rival)\(general)\(addressFields)\(textField)\(quote)\
        \(attachments)\(buttons)</form>
        """
    }

    /// What goes along unseen.
    private var hidden: HTML {
        """
        <input type="hidden" name="kind" value="\(state.kind.name)">\
        <input type="hidden" name="message" value="\(state.kind.message.map { "\($0)" } ?? "")">\
        <input type="hidden" name="account" value="\(state.account.map { "\($0.rawValue)" } ?? "")">\
        <input type="hidden" name="draft" value="\(state.draft.map { "\($0)" } ?? "")">\
        <input type="hidden" name="opened" value="\(state.opened.milliseconds)">
        """
    }

    // MARK: - Above the text

    private var rival: HTML {
        guard let rival = state.rival else { return .empty }
        let words = visit.say(
            Writing.answeredMeanwhile(rival.author, visit.when.clock(rival.answer.queued)))
        return """
            <div class="hint" role="alert" id="rival">\(Icon("users").svg)<div class="grow"><b>\(words)</b>\
            <blockquote class="rival">\(rival.text)</blockquote></div></div>\
            <input type="hidden" name="seen" value="\(rival.answer.letter.rawValue)">
            """
    }

    private var general: HTML {
        guard let error = state.errors["letter"] else { return .empty }
        return "<p class=\"problem\" role=\"alert\">\(Icon("alert").svg)<span>\(visit.say(error))</span></p>"
    }

    private var addressFields: HTML {
        let senders = visit.site.deeds.asking.senders()
        var from = Field("from", visit.say(Writing.from), value: state.typed.mailbox ?? "")
        from.error = state.errors["from"].map(visit.say)
        let choices = senders.map { sender in
            (value: sender.mailbox ?? "", words: ComposerState.text([sender.address]))
        }
        return """
            <div class="heads">\(from.select(choices))\
            \(field("to", Writing.to, state.typed.to, hint: Writing.addressesHint).input)\
            \(field("cc", Writing.cc, state.typed.cc).input)\(others)\
            \(field("subject", Writing.subject, state.typed.subject).input)</div>
            """
    }

    private func field(_ name: String, _ label: Phrase, _ value: String, hint: Phrase? = nil) -> Field {
        Field(
            name, visit.say(label), value: value, hint: hint.map(visit.say),
            error: state.errors[name].map(visit.say), autocomplete: "off")
    }

    private var others: HTML {
        guard !state.others.isEmpty, state.typed.cc.isEmpty else { return .empty }
        return """
            <p class="others muted"><span>\(visit.say(Writing.othersHadIt))</span> \
            <bdi>\(ComposerState.text(state.others))</bdi> <button class="btn small" name="action" \
            value="everybody">\(Icon("replyall").svg)\(visit.say(Writing.replyAll))</button></p>
            """
    }

    private var textField: HTML {
        var area = field("text", Writing.message, state.typed.text)
        area.hint = nil
        return "<div class=\"lettertext\">\(area.area)</div>"
    }

    private var quote: HTML {
        var asFile = HTML.empty
        switch state.kind {
        case .forward, .forwardAsFile:
            asFile = """
                <label class="check"><input type="checkbox" name="as_file" value="1"\
                \(flag: "checked", state.kind.name == "forward_as_file")>\
                <span>\(visit.say(Writing.asFile))</span></label>
                """
        case .new, .reply: break
        }
        guard !state.quote.isEmpty else { return asFile }
        return """
            \(asFile)<details class="quoted"><summary>\(visit.say(Writing.quoted))</summary>\
            <pre>\(state.quote)</pre></details>
            """
    }

    // MARK: - Below it

    private var attachments: HTML {
        let files = state.files.map { file -> HTML in
            let icon: Icon = file.document == nil ? "clip" : "folder"
            return """
                <li>\(icon.svg)<span class="cut">\(file.file.name)</span>\
                <small class="muted nowrap">\(FileSize(file.file.octets)[visit.language])</small>\
                <button class="btn quiet icon small" name="action" value="remove-\(file.id)" \
                title="\(visit.say(Writing.remove))">\(Icon("x").svg(visit.say(Writing.removeFile(file.file.name))))\
                </button></li>
                """
        }
        let list: HTML =
            files.isEmpty
            ? .empty : "<ul class=\"taken\" aria-label=\"\(visit.say(Writing.attachments))\">\(files)</ul>"
        let wrong: HTML =
            state.errors["files"].map {
                "<p class=\"wrong\">\(Icon("alert").svg)<span>\(visit.say($0))</span></p>"
            } ?? .empty
        return """
            <div class="field taking" id="attachments">\(list)<div class="row-flex">\
            <label class="filepick"><span class="label">\(visit.say(Writing.attachFiles))</span>\
            <input type="file" name="files" multiple></label>\
            <button class="btn small noscript-only" name="action" value="attach">\(Icon("clip").svg)\
            \(visit.say(Writing.attach))</button>\(documentChoice)\(linkChoice)</div>\(wrong)\(warning)</div>
            """
    }

    /// Said where it matters: once something is attached.
    private var warning: HTML {
        state.files.isEmpty ? .empty : "<small class=\"muted\">\(visit.say(Writing.notTheSafest))</small>"
    }

    private var documentChoice: HTML {
        guard !documents.isEmpty else { return .empty }
        let options = documents.map { document -> HTML in
            "<option value=\"\(document.id.rawValue)\">\(document.folder)/\(document.name)</option>"
        }
        return """
            <span class="pickrow"><select class="input" name="document" aria-label="\(visit.say(Writing.attachDocument))">\
            <option value="">\(visit.say(Writing.chooseDocument))</option>\(options)</select>\
            <button class="btn small" name="action" value="document">\(Icon("clip").svg)\
            \(visit.say(Writing.attach))</button></span>
            """
    }

    private var linkChoice: HTML {
        guard !requests.isEmpty else { return .empty }
        let options = requests.map { request -> HTML in
            "<option value=\"\(request.id.rawValue)\">\(request.title)</option>"
        }
        return """
            <span class="pickrow"><select class="input" name="request" aria-label="\(visit.say(Writing.insertLink))">\
            <option value="">\(visit.say(Writing.chooseRequest))</option>\(options)</select>\
            <button class="btn small" name="action" value="link">\(Icon("link").svg)\
            \(visit.say(Writing.insertLink))</button></span>
            """
    }

    private var buttons: HTML {
        let words = state.rival == nil ? Writing.send : Writing.sendAnyway
        let discard: HTML =
            state.draft == nil
            ? .empty
            : """
            <button class="btn quiet danger" name="action" value="discard">\(Icon("trash").svg)\
            \(visit.say(Writing.discard))</button>
            """
        return """
            <div class="actions"><button class="btn primary" name="action" value="send" data-send \
            aria-keyshortcuts="Control+Enter">\(Icon("send").svg)\(visit.say(words))<kbd class="hide-s">Ctrl ↵</kbd></button>\
            <button class="btn" name="action" value="save">\(visit.say(Writing.saveDraft))</button>\(discard)\
            <span class="muted" id="draft-state" role="status"></span></div>
            """
    }

    // MARK: - In a conversation

    /// The bar at the end of a conversation: one click away from the sheet.
    ///
    /// - Parameters:
    ///   - message: the newest that can be answered.
    ///   - name: whom an answer goes to, as people call them.
    static func bar(_ visit: Visit, answering message: MessageNumber, _ name: String) -> HTML {
        """
        <div class="card composer" id="composer">\(Avatar(visit.member.name).html)\
        <a class="grow" href="\(link: "/m/\(message)/reply")" data-key="R">\(visit.say(Writing.replyTo(name)))</a></div>
        """
    }
}
