internal import HTTP
internal import Mailroom
internal import Markup
internal import Store

/// Changes what clients may do in a folder, and says before whom that shows how much.
///
/// Without a script: the first answer shows what the change would do, the
/// second, confirmed, does it.
struct FolderAccessPage {
    let frame: AccountFrame
    private var visit: Visit { frame.visit }

    func response() async throws -> Response {
        let node = try await FolderForms.node(frame, visit.request.query).node
        guard node.place.path.isEmpty else { throw PageError.notFound }
        let wanted = visit.request.query["access"].flatMap(Access.init(rawValue:))
        return try await form(node, wanted: wanted, error: nil)
    }

    private func form(_ node: FolderNode, wanted: Access?, error: Phrase?) async throws -> Response {
        let account = frame.head.id
        let options = Access.allCases.map { access -> HTML in
            """
            <label class="check"><input type="radio" name="access" value="\(access.rawValue)"\
            \(flag: "checked", access == (wanted ?? node.access))\
            \(flag: "disabled", frame.head.type == .guest && access != .private)>\(visit.badge(access))</label>
            """
        }
        var warning: HTML = .empty
        var reveal: Access?
        for access in Access.allCases where access != node.access {
            let change = try await visit.read {
                try $0.accessChange(node.place.folder, to: access, of: account)
            }
            if change.reveals, reveal == nil { reveal = access }
            warning += note(change, isShown: access == wanted)
        }
        let words: Phrase? =
            node.isIntake ? .intakeStays : frame.head.type == .guest ? .guestsArePrivate : nil
        let fixed: HTML = words.map { "<p class=\"hint\">\(Icon("lock").svg)\(visit.say($0))</p>" } ?? .empty
        let problem: HTML =
            error.map { "<p class=\"problem\" id=\"e-sure\">\(Icon("alert").svg)\(visit.say($0))</p>" }
            ?? .empty
        let sure: HTML =
            node.access == .private
            ? """
            <label class="check sure"><input type="checkbox" name="sure" value="yes"\
            \(attribute: "aria-describedby", error == nil ? nil : "e-sure")>\(visit.say(.understood))</label>
            """ : .empty
        return try await FolderForms(frame: frame).page(
            "\(visit.say(.changeAccess)): \(node.name)", status: error == nil ? .ok : .unprocessableContent,
            """
            <form class="form access" method="post" action="\(link: frame.path + "/folders/access?" + FolderLink(place: node.place).query)">\(visit.token)\
            \(FolderLink(place: node.place).fields)<fieldset class="field"><legend class="label">\
            \(visit.say(.whoMaySee))</legend>\(options)</fieldset>\(fixed)\(warning)\(sure)\(problem)\
            <div class="actions"><button class="btn primary"\(flag: "disabled", words != nil)>\(visit.say(.changeAccess))</button>\
            <a class="btn quiet" href="\(link: frame.path(.documents) + "?" + FolderLink(place: node.place).query)">\
            \(visit.say(.cancel))</a></div></form>
            """)
    }

    /// What one choice would do; the style shows it when that is chosen.
    private func note(_ change: AccessChange, isShown: Bool) -> HTML {
        var lines: [HTML] = []
        if change.reveals {
            lines.append("<b>\(visit.say(.reveals(change.documents)))</b>")
            if change.people.isEmpty {
                lines.append("<span>\(visit.say(.nobodyLogsIn))</span>")
            } else {
                let people = change.people.map { "<li>\($0.name) · \($0.address)</li>" as HTML }
                lines.append("<span>\(visit.say(.visibleTo))</span><ul>\(people)</ul>")
            }
        } else if change.access == .private {
            lines.append("<span>\(visit.say(.hides))</span>")
        }
        guard !lines.isEmpty else { return .empty }
        return """
            <div class="hint warn-\(change.access.rawValue)">\(Icon("alert").svg)<div>\(lines)</div></div>
            """
    }

    func change(_ form: FormItems) async throws -> Response {
        let node = try await FolderForms.node(frame, form).node
        guard node.place.path.isEmpty, let access = form["access"].flatMap(Access.init(rawValue:)) else {
            throw PageError.badRequest
        }
        let (account, actor, now) = (frame.head.id, visit.member.login, visit.now)
        let change = try await visit.read { try $0.accessChange(node.place.folder, to: access, of: account) }
        if change.reveals, form["sure"] != "yes" {
            return try await self.form(node, wanted: access, error: .confirmFirst)
        }
        do {
            try await visit.site.documentDesk.change {
                try $0.setAccess(access, of: node.place.folder, account: account, by: actor, now: now)
            }
        } catch let error as StoreError where error.code == .invalid {
            return try await self.form(
                node, wanted: nil, error: node.isIntake ? .intakeStays : .guestsArePrivate)
        }
        frame.changed()
        let before = [FormItems.Item("access", node.access.rawValue), FormItems.Item("sure", "yes")]
        let undo = FormItems(FolderLink(place: node.place).items + before).urlEncoded
        return FolderForms(frame: frame).back(
            node.place, .accessChanged,
            undo: access == node.access ? nil : frame.path + "/folders/access?" + undo)
    }
}
