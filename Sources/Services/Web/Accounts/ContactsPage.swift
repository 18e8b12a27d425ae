internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// Who speaks for an account, by which addresses, and what each of them may do.
struct ContactsPage {
    let frame: AccountFrame
    private var visit: Visit { frame.visit }

    func response() async throws -> Response { try await page(FormItems(), [:]) }

    private func page(_ typed: FormItems, _ errors: [String: Phrase]) async throws -> Response {
        let account = frame.head.id
        let (domains, invited) = try await visit.read { transaction in
            (try transaction.domainRules(of: account), try transaction.invitations(of: account))
        }
        let groups = Dictionary(grouping: frame.contacts, by: \.contact).values.sorted {
            ($0[0].name, $0[0].contact.rawValue) < ($1[0].name, $1[0].contact.rawValue)
        }
        let list: HTML =
            groups.isEmpty
            ? "<div class=\"card empty\">\(Icon("user").svg)<b>\(visit.say(.noContacts))</b></div>"
            : groups.map { card($0, invited, typed, errors) }.joined()
        let isGuest = frame.head.type == .guest
        let forms: HTML =
            isGuest
            ? "<p class=\"hint\">\(Icon("lock").svg)\(visit.say(.guestsHaveNoContacts))</p>"
            : adding(typed, errors) + domainCard(domains, typed, errors)
        return try await frame.page(
            .contacts, status: errors.isEmpty ? .ok : .unprocessableContent,
            """
            <div class="content" id="contacts" data-part="\(frame.part)">\(list)\(visit.may(.changeAccounts) ? forms : .empty)</div>
            """)
    }

    private func card(
        _ addresses: [ContactAddress], _ invited: [AddressKey: Timestamp], _ typed: FormItems,
        _ errors: [String: Phrase]
    ) -> HTML {
        let contact = addresses[0]
        let id = contact.contact.rawValue
        let mark: HTML =
            contact.isPrimary ? "<span class=\"badge good\">\(visit.say(.primary))</span>" : .empty
        let kinds = ContactKind.allCases.map { kind -> HTML in
            """
            <option value="\(kind.rawValue)"\(flag: "selected", kind == contact.kind)>\(visit.say(Self.words(kind)))</option>
            """
        }
        let isMoved = typed["contact"] == "\(id)" && errors["to"] != nil
        let wrong: HTML =
            isMoved
            ? "<p class=\"wrong\" id=\"e-to-\(id)\">\(Icon("alert").svg)<span>\(errors["to"].map(visit.say))</span></p>"
            : .empty
        let editing: HTML = """
            <details class="more"><summary class="btn quiet small">\(Icon("pen").svg)\(visit.say(.rename))</summary>\
            <form class="form row" method="post" action="\(link: frame.path + "/contacts/edit")">\(visit.token)\
            <input type="hidden" name="contact" value="\(id)">\
            <div class="field"><label for="n-\(id)">\(visit.say(.contactName))</label>\
            <input id="n-\(id)" name="name" value="\(contact.name)" required></div>\
            <div class="field"><label for="k-\(id)">\(visit.say(.kind))</label><select id="k-\(id)" name="kind">\(kinds)</select></div>\
            <label class="check"><input type="checkbox" name="primary" value="yes"\(flag: "checked", contact.isPrimary)>\
            \(visit.say(.primary))</label><div class="actions"><button class="btn">\(visit.say(.save))</button></div></form></details>\
            <details class="more"\(flag: "open", isMoved)><summary class="btn quiet small">\(Icon("move").svg)\(visit.say(.move))</summary>\
            <form class="form row" method="post" action="\(link: frame.path + "/contacts/move")">\(visit.token)\
            <input type="hidden" name="contact" value="\(id)">\
            <div class="field"><label for="m-\(id)">\(visit.say(.moveContactTo))</label>\
            <input id="m-\(id)" name="to" required value="\(isMoved ? typed["to"] ?? "" : "")"\
            \(attribute: "aria-describedby", isMoved ? "e-to-\(id)" : nil)>\(wrong)</div>\
            <div class="actions"><button class="btn">\(visit.say(.move))</button></div></form></details>
            """
        return """
            <section class="card pad contact" id="contact-\(id)"><header class="row-flex">\(Avatar(contact.name).html)\
            <h2 class="grow">\(contact.name)</h2>\(mark)<span class="muted">\(visit.say(Self.words(contact.kind)))</span></header>\
            \(addresses.map { address($0, ClientInvitation(visit: visit, path: frame.path, entry: $0, invited: invited, refused: typed["address"] == $0.address ? errors["invite"] : nil)) })\(visit.may(.changeAccounts) ? editing : .empty)</section>
            """
    }

    private func address(_ entry: ContactAddress, _ invitation: ClientInvitation) -> HTML {
        let mayChange = visit.may(.changeAccounts)
        let boxes = Self.switches.map { value, name, words -> HTML in
            """
            <label class="check"><input type="checkbox" name="\(name)" value="on"\(flag: "checked", entry.switches.contains(value))\
            \(flag: "disabled", !mayChange) aria-label="\(visit.say(.switchOf(words, entry.address)))">\(visit.say(words))</label>
            """
        }
        let hidden: HTML = """
            <input type="hidden" name="contact" value="\(entry.contact.rawValue)">\
            <input type="hidden" name="address" value="\(entry.address)">
            """
        let save: HTML = mayChange ? "<button class=\"btn small\">\(visit.say(.save))</button>" : .empty
        let remove: HTML =
            mayChange
            ? """
            <form class="inline" method="post" action="\(link: frame.path + "/contacts/remove")">\(visit.token)\(hidden)\
            <button class="btn quiet small icon" title="\(visit.say(.removeAddress))">\
            \(Icon("trash").svg("\(visit.say(.removeAddress)): \(entry.address)"))</button></form>
            """ : .empty
        return """
            <div class="address"><span class="grow">\(entry.address)</span>\
            <form class="switches" data-switches method="post" action="\(link: frame.path + "/contacts/switches")">\
            \(visit.token)\(hidden)\(boxes)\(save)</form>\(remove)</div>\(invitation.html)
            """
    }

    static let switches: [(Switches, String, Phrase)] = [
        (.sync, "sync", .switchSync), (.notify, "notify", .switchNotify), (.login, "login", .switchLogin),
        (.sign, "sign", .switchSign),
    ]

    private func adding(_ typed: FormItems, _ errors: [String: Phrase]) -> HTML {
        let address = Field(
            "address", visit.say(.contactAddress),
            value: errors["address"] == nil ? "" : typed["address"] ?? "",
            type: "email", error: errors["address"].map(visit.say), isRequired: true)
        let name = Field(
            "name", visit.say(.contactName), value: errors["address"] == nil ? "" : typed["name"] ?? "")
        return """
            <form class="form card pad" method="post" action="\(link: frame.path + "/contacts/add")" novalidate>\
            <h2>\(visit.say(.addContact))</h2>\(visit.token)\(name.input)\(address.input)\
            <div class="actions"><button class="btn primary">\(visit.say(.addContact))</button></div></form>
            """
    }

    private func domainCard(_ rules: [DomainRule], _ typed: FormItems, _ errors: [String: Phrase]) -> HTML {
        let rows = rules.map { rule -> HTML in
            let note: HTML =
                rule.isMatch ? "<small class=\"muted\">\(visit.say(.domainMatches))</small>" : .empty
            return """
                <li><span class="grow">\(rule.domain.unicode) \(note)</span><form class="inline" method="post" \
                action="\(link: frame.path + "/contacts/no-domain")">\(visit.token)\
                <input type="hidden" name="domain" value="\(rule.domain.description)">\
                <button class="btn quiet small">\(visit.say(.remove))</button></form></li>
                """
        }
        let field = Field(
            "domain", visit.say(.domain), value: errors["domain"] == nil ? "" : typed["domain"] ?? "",
            hint: visit.say(.domainsHint), error: errors["domain"].map(visit.say))
        return """
            <form class="form card pad" method="post" action="\(link: frame.path + "/contacts/domain")"><h2>\(visit.say(.domains))</h2>\
            \(visit.token)\(field.input)<label class="check"><input type="checkbox" name="match" value="yes">\(visit.say(.domainMatches))</label>\
            <div class="actions"><button class="btn">\(visit.say(.addDomain))</button></div></form>\
            \(rows.isEmpty ? .empty : "<ul class=\"card lines\">\(rows)</ul>" as HTML)
            """
    }

    // MARK: - Deeds that can go wrong

    func add(_ form: FormItems) async throws -> Response {
        guard frame.head.type != .guest else {
            return try await page(form, ["address": .guestsHaveNoContacts])
        }
        let read: (address: EmailAddress, key: AddressKey)
        do {
            read = try visit.site.deeds.accounts.typedAddresses().address(
                (form["address"] ?? "").trimmingSpaces)
        } catch {
            return try await page(form, ["address": Self.words(error)])
        }
        let name = (form["name"] ?? "").trimmingSpaces
        let (account, actor, now) = (frame.head.id, visit.member.login, visit.now)
        let new = NewAddress(
            address: read.address, key: read.key, contact: name.isEmpty ? nil : name,
            fallbackName: frame.head.name)
        do {
            try await visit.site.store.write { transaction in
                _ = try transaction.addAddress(new, to: account)
                try transaction.audit(
                    "contact.add", by: actor, account: account.rawValue, subject: read.address.description,
                    at: now)
            }
        } catch let error as StoreError where error.code == .conflict {
            return try await page(form, ["address": Self.taken(error)])
        }
        frame.changed("triage")
        return visit.back(to: frame.path(.contacts), did: .contactAdded)
    }

    func move(_ form: FormItems) async throws -> Response {
        guard let id = form["contact"].flatMap({ Int64($0) }),
            let entry = frame.contacts.first(where: { $0.contact == ContactID(id) })
        else { throw PageError.notFound }
        let staff = visit.staff
        let number = AccountNumber((form["to"] ?? "").trimmingSpaces)
        let head = try await visit.read { transaction in
            try number.flatMap { try transaction.accountHead($0, for: staff) }
        }
        guard let target = head, target.type != .guest, target.id != frame.head.id else {
            return try await page(form, ["to": .noSuchAccount])
        }
        let (account, from, actor, now) = (frame.head.id, frame.head.number, visit.member.login, visit.now)
        try await visit.site.store.write { transaction in
            try transaction.moveContact(entry.contact, from: account, to: target.id)
            for one in [account, target.id] {
                try transaction.audit(
                    "contact.move", by: actor, account: one.rawValue, subject: entry.address,
                    detail: "\(entry.name): \(from) → \(target.number)", at: now)
            }
        }
        frame.changed("account-\(target.id.rawValue)", "triage")
        return visit.back(to: "/accounts/\(target.number.text)/contacts", did: .contactMoved)
    }

    /// Opens the account's pages to an address, and writes to it.
    func invite(_ form: FormItems) async throws -> Response {
        guard let entry = frame.contacts.first(where: { $0.address == form["address"] }),
            let key = AddressKey(entry.address)
        else { throw PageError.notFound }
        do {
            try await visit.site.deeds.clients.invite(
                InvitationOrder(
                    address: key, account: frame.head.id, actor: visit.member.login,
                    person: visit.member.name))
        } catch let mistake as InvitationMistake {
            return try await page(form, ["invite": ClientInvitation.words(mistake)])
        }
        frame.changed()
        return visit.back(to: frame.path(.contacts), did: .invited)
    }

    func domain(_ form: FormItems) async throws -> Response {
        let domain: DomainName
        do {
            domain = try visit.site.deeds.accounts.typedAddresses().domain(
                (form["domain"] ?? "").trimmingSpaces)
        } catch {
            let words = error == .malformed ? .domainMalformed : Self.words(error)
            return try await page(form, ["domain": words])
        }
        let (account, actor, now) = (frame.head.id, visit.member.login, visit.now)
        let isMatch = form["match"] == "yes"
        try await visit.site.store.write { transaction in
            try transaction.setDomainRule(domain, account: account, matches: isMatch)
            try transaction.audit(
                "account.edit", by: actor, account: account.rawValue, subject: domain.unicode,
                detail: "domain \(domain.unicode)" + (isMatch ? ", matched without asking" : ""), at: now)
        }
        frame.changed("triage")
        return visit.back(to: frame.path(.contacts), did: .saved)
    }

    static func words(_ mistake: TypedAddresses.Mistake) -> Phrase {
        switch mistake {
        case .malformed: .addressMalformed
        case .ours: .addressOurs
        case .freeMail: .domainFreeMail
        }
    }

    /// Whose the address is, from the store's sentence: the name stands between quotes.
    static func taken(_ error: StoreError) -> Phrase {
        let parts = error.words.split { $0 == "“" || $0 == "”" }
        return .addressTaken(parts.count > 1 ? String(parts[1]) : "")
    }

    private static func words(_ kind: ContactKind) -> Phrase {
        switch kind {
        case .person: .kindPerson
        case .device: .kindDevice
        case .service: .kindService
        }
    }
}

/// Changes of contacts that can't go wrong but by a page that is too old.
struct ContactDeeds {
    let frame: AccountFrame
    private var visit: Visit { frame.visit }

    private func entry(_ form: FormItems) throws -> ContactAddress {
        let contact = form["contact"].flatMap { Int64($0) }.map { ContactID($0) }
        let address = form["address"]
        guard
            let entry = frame.contacts.first(where: {
                $0.contact == contact && (address == nil || $0.address == address)
            })
        else { throw PageError.notFound }
        return entry
    }

    func edit(_ form: FormItems) async throws -> Response {
        let entry = try entry(form)
        let typed = (form["name"] ?? "").trimmingSpaces
        let name = typed.isEmpty ? entry.name : typed
        let kind = form["kind"].flatMap(ContactKind.init(rawValue:)) ?? entry.kind
        let isPrimary = form["primary"] == "yes"
        let (account, actor, now) = (frame.head.id, visit.member.login, visit.now)
        try await visit.site.store.write { transaction in
            try transaction.editContact(entry.contact, name: name, kind: kind)
            if isPrimary != entry.isPrimary {
                try transaction.setPrimary(isPrimary ? account : nil, of: entry.contact)
            }
            let changes = [
                name == entry.name ? nil : "\(entry.name) → \(name)",
                kind == entry.kind ? nil : "kind: \(kind.rawValue)",
                isPrimary == entry.isPrimary ? nil : isPrimary ? "primary account" : "no primary account",
            ].compactMap { $0 }
            try transaction.audit(
                "contact.edit", by: actor, account: account.rawValue, subject: entry.address,
                detail: ([name] + changes).joined(separator: ", "), at: now)
        }
        frame.changed()
        return visit.back(to: frame.path(.contacts), did: .saved)
    }

    func switches(_ form: FormItems) async throws -> Response {
        let entry = try entry(form)
        var switches: Switches = []
        for (value, name, _) in ContactsPage.switches where form[name] == "on" { switches.insert(value) }
        let wanted = switches
        guard let address = EmailAddress(entry.address), let key = AddressKey(address) else {
            throw PageError.notFound
        }
        let (account, actor, now) = (frame.head.id, visit.member.login, visit.now)
        try await visit.site.store.write { transaction in
            try transaction.setAddress(
                address, key: key, of: entry.contact, account: account, switches: wanted)
            try transaction.audit(
                "contact.edit", by: actor, account: account.rawValue, subject: entry.address,
                detail: "\(entry.address): \(wanted)", at: now)
        }
        frame.changed("triage")
        return visit.back(to: frame.path(.contacts), did: .saved)
    }

    func remove(_ form: FormItems) async throws -> Response {
        let entry = try entry(form)
        let (account, actor, now) = (frame.head.id, visit.member.login, visit.now)
        try await visit.site.store.write { transaction in
            try transaction.removeContact(entry.contact, from: account, address: AddressKey(entry.address))
            try transaction.audit(
                "contact.remove", by: actor, account: account.rawValue, subject: entry.address,
                detail: "\(entry.name), \(entry.address)", at: now)
        }
        frame.changed("triage")
        return visit.back(to: frame.path(.contacts), did: .contactRemoved)
    }

    func removeDomain(_ form: FormItems) async throws -> Response {
        guard let domain = form["domain"].flatMap({ DomainName($0) }) else { throw PageError.notFound }
        let (account, actor, now) = (frame.head.id, visit.member.login, visit.now)
        try await visit.site.store.write { transaction in
            guard try transaction.removeDomainRule(domain, account: account) else { return }
            try transaction.audit(
                "account.edit", by: actor, account: account.rawValue, subject: domain.unicode,
                detail: "no domain \(domain.unicode)", at: now)
        }
        frame.changed("triage")
        return visit.back(to: frame.path(.contacts), did: .saved)
    }
}
