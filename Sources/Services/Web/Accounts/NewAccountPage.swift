internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// The form for a new account, with its first contact.
struct NewAccountPage {
    let visit: Visit

    func response() async throws -> Response { try await form(visit.request.query, [:]) }

    private func form(_ typed: FormItems, _ errors: [String: Phrase]) async throws -> Response {
        func field(
            _ name: String, _ label: Phrase, type: String = "text", hint: Phrase? = nil,
            required: Bool = false
        )
            -> Field
        {
            Field(
                name, visit.say(label), value: typed[name] ?? "", type: type, hint: hint.map(visit.say),
                error: errors[name].map(visit.say), isRequired: required)
        }
        var kind = field("type", .kind)
        kind.value = typed["type"] ?? AccountType.client.rawValue
        var language = field("language", .language)
        language.value = typed["language"] ?? visit.site.settings.language.rawValue
        let assigned = field("assigned", .assigned)
        let choices = AssigneeChoices(visit, try await visit.read { try $0.colleagues(seeing: nil) })
        return try await visit.page(
            .newAccount, current: .accounts,
            """
            <main class="page" id="main"><div class="page-head"><nav class="crumbs" aria-label="\(visit.say(.path))">\
            <a href="/accounts">\(visit.say(.accounts))</a>\(Icon("right").svg)<span>\(visit.say(.newAccount))</span></nav>\
            <div class="title"><h1>\(visit.say(.newAccount))</h1></div></div><div class="content">\
            <form class="form card pad" method="post" action="/accounts/new" novalidate>\(visit.token)\
            \(kind.select(AccountType.allCases.map { ($0.rawValue, visit.say(AccountWords.type($0))) }))\
            \(field("number", .number, hint: .numberHint).input)\(field("name", .name, required: true).input)\
            \(language.select(Language.allCases.map { ($0.rawValue, visit.say(AccountWords.language($0))) }))\
            \(assigned.select(choices.pairs))\
            \(field("contact", .contactName).input)\(field("address", .contactAddress, type: "email").input)\
            <div class="actions"><button class="btn primary">\(visit.say(.createAccount))</button>\
            <a class="btn quiet" href="/accounts">\(visit.say(.cancel))</a></div></form></div></main>
            """, status: errors.isEmpty ? .ok : .unprocessableContent)
    }

    func make(_ form: FormItems) async throws -> Response {
        var errors: [String: Phrase] = [:]
        let name = (form["name"] ?? "").trimmingSpaces
        let type = form["type"].flatMap(AccountType.init(rawValue:)) ?? .client
        let language = form["language"].flatMap(Language.init(rawValue:)) ?? visit.site.settings.language
        let numberText = (form["number"] ?? "").trimmingSpaces
        let number = AccountNumber(numberText)
        if name.isEmpty { errors["name"] = .nameMissing }
        if numberText.isEmpty, type != .guest { errors["number"] = .numberMissing }
        if !numberText.isEmpty, number == nil { errors["number"] = .numberMalformed }
        let typedAddress = (form["address"] ?? "").trimmingSpaces
        var address: (address: EmailAddress, key: AddressKey)?
        if !typedAddress.isEmpty {
            if type == .guest { errors["address"] = .guestsHaveNoContacts }
            do {
                address = try visit.site.deeds.accounts.typedAddresses().address(typedAddress)
            } catch {
                errors["address"] = ContactsPage.words(error)
            }
        }
        if let number, let other = try await visit.read({ try $0.accountNumber(like: number) }) {
            errors["number"] = .numberTaken(other)
        }
        guard errors.isEmpty else { return try await self.form(form, errors) }
        let contact = (form["contact"] ?? "").trimmingSpaces
        let new = address.map {
            NewAddress(
                address: $0.address, key: $0.key, contact: contact.isEmpty ? nil : contact, fallbackName: name
            )
        }
        let choices = AssigneeChoices(visit, try await visit.read { try $0.colleagues(seeing: nil) })
        let assigned = choices.chosen(form.all("assigned")).first
        let folders = visit.site.deeds.accounts.newFolders(language)
        let (actor, now) = (visit.member.login, visit.now)
        do {
            let made = try await visit.site.store.write { transaction -> (AccountID, AccountNumber) in
                let number = try number ?? transaction.nextGuestNumber()
                let id = try transaction.addAccount(
                    NewAccount(
                        number: number, type: type, name: name, language: language,
                        assigned: assigned), folders: folders, by: actor, now: now)
                if let new {
                    _ = try transaction.addAddress(new, to: id)
                    try transaction.audit(
                        "contact.add", by: actor, account: id.rawValue, subject: new.address.description,
                        at: now)
                }
                return (id, number)
            }
            try await visit.site.documentDesk.arrangeFolders(of: made.0)
            visit.site.changed(["accounts"])
            return visit.back(to: "/accounts/\(made.1.text)/documents", did: .accountMade)
        } catch let error as StoreError where error.code == .conflict {
            return try await self.form(form, ["address": ContactsPage.taken(error)])
        }
    }
}
