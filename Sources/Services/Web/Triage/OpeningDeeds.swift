internal import Archive
internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// Opens what is encrypted, for the page of held files and beside a message.
///
/// A password is read from the form, told to the deed and never shown again.
struct OpeningDeeds: Sendable {
    let visit: Visit
    let form: FormItems

    init(_ visit: Visit, _ form: FormItems) {
        self.visit = visit
        self.form = form
    }

    /// What the person sees afterwards: a note on the page before, or a sentence beside the field.
    private enum Ending: Sendable {
        case opened(Response)
        case wrong(Phrase)
    }

    func held() async throws -> Response {
        try await HeldDeeds(visit).refusing { _ in
            let triage = TriageForm(visit, form)
            switch try await open(try await triage.parts(), back: triage.back("/held")) {
            case .opened(let response): return response
            case .wrong(let words):
                return try await HeldPage(visit).response(wrong: (form["item"] ?? "", words))
            }
        }
    }

    func part() async throws -> Response {
        let (message, part) = try await locked()
        guard let part else { return visit.back(to: "/m/\(message.number)") }
        return try await HeldDeeds(visit).refusing { _ in
            let order = [FilingOrder.Part(part.message, part.section)]
            switch try await open(order, back: TriageForm(visit, form).back("/m/\(message.number)")) {
            case .opened(let response): return response
            case .wrong(let words): return try await page(wrong: words)
            }
        }
    }

    func forget() async throws -> Response {
        guard let account = try await held(MessageNumber(try visit.number("message"))).account else {
            throw PageError.notFound
        }
        let (actor, now) = (visit.member.login, visit.now)
        try await visit.site.store.write {
            try $0.forgetFilePasswords(of: account.id, by: actor, now: now)
        }
        return visit.back(to: TriageForm(visit, form).back("/held"), did: .passwordsForgotten)
    }

    private func open(_ parts: [FilingOrder.Part], back: String) async throws -> Ending {
        let typed = form["password"] ?? ""
        let password = Password(typed)
        guard typed.isEmpty || password != nil else { return .wrong(.filePasswordWrong) }
        let order = OpeningOrder(
            parts, with: password, remembers: form["remember"] != nil && password != nil)
        let report = try await visit.site.deeds.triage.open(order, visit.member)
        guard report.opened > 0 else {
            if report.unavailable > 0 { return .wrong(.openingUnavailable) }
            if report.unreadable > 0 { return .wrong(.fileUnreadable) }
            return .wrong(typed.isEmpty ? .filePasswordMissing : .filePasswordWrong)
        }
        visit.site.changed(["triage", "inbox"])
        return .opened(
            visit.back(
                to: back, did: .filesOpened,
                undo: report.filing.documents.isEmpty
                    ? nil : TriageForm.undo(Set(parts.map(\.message)).sorted(), report.filing.documents)))
    }

    private func held(_ number: MessageNumber) async throws -> HeldMessage {
        let staff = visit.staff
        guard let message = try await visit.read({ try $0.heldMessage(number, for: staff) }) else {
            throw PageError.notFound
        }
        return message
    }

    /// The part of the address; nil where it is open by now.
    private func locked() async throws -> (HeldMessage, LockedPart?) {
        let message = try await held(MessageNumber(try visit.number("message")))
        let section = Section(visit.request[parameter: "section"])
        let part = try await visit.read {
            try $0.lockedParts(of: message.number, section: section).first
        }
        return (message, part)
    }

    /// One encrypted file and the field for its password.
    func page(wrong: Phrase?) async throws -> Response {
        let (message, part) = try await locked()
        guard let part else { return visit.back(to: "/m/\(message.number)") }
        let remembered = try await visit.read { transaction in
            try message.account.map { try transaction.filePasswords(of: $0.id).count } ?? 0
        }
        let back = TriageForm(visit, form).back("/m/\(message.number)")
        let name = part.name ?? visit.say(.fileWithoutName)
        let forms = PasswordForm(
            visit, "/m/\(message.number)/open/\(part.section.text)", parts: [], id: "file",
            account: message.account?.name, remembered: remembered, wrong: wrong, back: back)
        let forget: HTML =
            remembered == 0
            ? .empty
            : """
            <form method="post" action="\(link: "/m/\(message.number)/forget-passwords")">\(visit.token)\
            <input type="hidden" name="back" value="\(back)"><button class="btn quiet">\
            \(Icon("trash").svg)\(visit.say(.forgetPasswords))</button></form>
            """
        return try await visit.page(
            name, current: .held,
            """
            <main class="page" id="main"><div class="content triage"><h1 class="cut">\(name)</h1>\
            \(TriageSender(visit, message).html)<p class="muted">\(visit.say(HeldKind.encrypted.why))</p>\
            <div class="card held">\(forms.html)<p class="actions">\
            <a class="btn quiet" href="\(link: "/m/\(message.number)/part/\(part.section.text)?download=1")" download>\
            \(Icon("down").svg)\(visit.say(.download))</a></p>\(forget)</div></div></main>
            """, status: wrong == nil ? .ok : .conflict)
    }
}
