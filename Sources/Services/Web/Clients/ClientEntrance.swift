internal import Crypto
internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// How clients sign in: by a link that goes to their address, once they ask for it.
///
/// Whoever asks learns nothing of an address: the answer is one, and it is
/// given before anybody looks whose it is.
struct ClientEntrance {
    private let site: Site
    private let request: HTTP.Request
    private let language: Language

    init(_ site: Site, _ request: HTTP.Request) {
        self.site = site
        self.request = request
        language = ClientGate.language(request, site)
    }

    private func say(_ phrase: Phrase) -> String { phrase[language] }

    private func page(
        _ title: Phrase, _ main: HTML, _ status: Status = .ok, path: String = "/client"
    ) -> Response {
        var response = ClientPage(
            site: site, language: language, title: say(title), path: path,
            main: "<main class=\"narrow\" id=\"main\">\(main)</main>"
        ).response(to: request, status)
        ClientLanguageChoice(request).keep(in: &response)
        return response
    }

    private var phone: HTML {
        site.settings.clients.phone.map {
            "<p class=\"muted\">\(say(LinkWords.questions)) \(ClientPage.phone($0))</p>"
        } ?? .empty
    }

    /// The accounts of whoever is signed in; else the page that asks who it is.
    func look() async throws -> Response {
        guard let visit = try await ClientGate(site).visit(request) else {
            let isAsked = request.query["did"] == ClientNote.asked.rawValue
            return isAsked ? askedPage : form("", nil)
        }
        let accounts = visit.session.person.accounts
        if accounts.count == 1, let only = accounts.first {
            let query = request.query.isEmpty ? "" : "?" + request.query.urlEncoded
            return .seeOther("/client/account/\(only.number.text)" + query)
        }
        var response = ClientAccountsPage(visit: visit).response
        ClientLanguageChoice(request).keep(in: &response)
        return response
    }

    private func form(_ typed: String, _ error: Phrase?, _ status: Status = .ok) -> Response {
        let field = Field(
            "address", say(LinkWords.yourAddress), value: typed, type: "email",
            hint: say(ClientWords.addressHint), error: error.map(say), isRequired: true,
            autocomplete: "email")
        return page(
            ClientWords.title,
            """
            <h1>\(say(ClientWords.title))</h1><p>\(say(ClientWords.signInText(site.settings.firm)))</p>\
            <form class="form who" method="post" action="/client/sign-in" novalidate>\(field.input)\
            <div class="finish"><button class="btn primary">\(Icon("mail").svg)\(say(ClientWords.sendLink))</button></div></form>\
            \(phone)
            """, status)
    }

    private var askedPage: Response {
        page(
            ClientWords.askedTitle,
            """
            <h1>\(say(ClientWords.askedTitle))</h1>\
            <p class="note" role="status">\(Icon("send").svg)<span>\(say(ClientWords.askedText))</span></p>\
            <p>\(say(ClientWords.askedHelp))</p>\
            <p><a class="btn" href="/client">\(say(ClientWords.askAgain))</a></p>\(phone)
            """)
    }

    func ask() async throws -> Response {
        let form = try await request.form(upTo: 16 << 10)
        let typed = String((form["address"] ?? "").trimmingSpaces.prefix(320))
        guard let address = LinkSender(name: "", address: typed).address, let key = AddressKey(address) else {
            return self.form(typed, LinkWords.addressMissing, .unprocessableContent)
        }
        let now = site.now
        let (network, inbox) = (Self.network(request), Self.bucket("client \(key)", .address))
        let (wait, pause) = try await site.store.write { transaction in
            let wait = try transaction.beginTry([network], now: now)
            // Whoever asks for everybody from one place uses up nobody's letters.
            return (wait, wait == 0 ? try transaction.beginTry([inbox], now: now) : 0)
        }
        guard wait == 0 else {
            return self.form(typed, ClientWords.tooOften(max(1, (wait + 59) / 60)), .tooManyRequests)
        }
        // A link that was sent a moment ago is good still: another is not needed, and nobody is flooded.
        if pause == 0 {
            let (send, language) = (site.deeds.clients.sendLink, language)
            Task { await send(key, language) }
        }
        return .seeOther("/client?did=\(ClientNote.asked.rawValue)")
    }

    private static func network(_ request: HTTP.Request) -> TryBucket {
        let key = SHA256.digest(of: Array("client network ".utf8) + (request.client?.neighbourhood ?? []))
        return TryBucket(.network, key: key.octets)
    }

    private static func bucket(_ name: String, _ kind: SignInThrottle.Bucket) -> TryBucket {
        TryBucket(kind, key: SHA256.digest(of: Array(name.utf8)).octets)
    }

    private var path: String { "/client/sign-in/" + request[parameter: "token"] }

    /// To look changes nothing: programs that try every link of a mail would use it up. Only the button does.
    func lookAtLink() async throws -> Response {
        guard let token = SecretToken(request[parameter: "token"]) else { return over }
        let (hash, now) = (token.hash, site.now)
        guard try await site.read({ try $0.isClientLink(hash, now: now) }) else { return over }
        return page(
            ClientWords.title,
            """
            <h1>\(say(ClientWords.title))</h1><p>\(say(ClientWords.linkText(site.settings.firm)))</p>\
            <form class="finish" method="post" action="\(link: path)">\
            <button class="btn primary">\(Icon("key").svg)\(say(ClientWords.signIn))</button></form>
            """, path: path)
    }

    func useLink() async throws -> Response {
        guard let link = SecretToken(request[parameter: "token"])?.hash else { return over }
        let (token, key, now) = (SecretToken.random(), RandomOctets.secret(count: 32), site.now)
        let hash = token.hash
        let person = try await site.store.write {
            try $0.useClientLink(link, tokenHash: hash, csrfKey: key, now: now)
        }
        guard person != nil else { return over }
        let back = LinkReturn.path(request)
        var response = Response.seeOther(back ?? "/client")
        response.set(ClientGate.cookie(token, request))
        if back != nil { response.set(LinkReturn.forget(request)) }
        return response
    }

    private var over: Response {
        page(
            ClientWords.linkOverTitle,
            """
            <h1>\(say(ClientWords.linkOverTitle))</h1><p>\(say(ClientWords.linkOverText))</p>\
            <p><a class="btn primary" href="/client">\(say(ClientWords.askAgain))</a></p>\(phone)
            """, .gone)
    }

    func leave(_ visit: ClientVisit) async throws -> Response {
        let (id, person) = (visit.session.id, visit.session.person)
        try await site.store.write { try $0.endClientSession(id) }
        // Who goes has put there what they wanted to. Without it now, it goes out when it is quiet.
        for account in person.accounts {
            try? await site.deeds.clients.receipt(person.sender(to: account.id))
        }
        var response = Response.seeOther("/client")
        response.set(ClientGate.cookie(nil, request))
        return response
    }
}
