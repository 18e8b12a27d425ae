internal import Crypto
internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// One request of a browser at a link that is good.
struct LinkVisit: Sendable {
    let site: Site
    let request: HTTP.Request
    let target: LinkTarget
    let linked: LinkedRequest
    let language: Language
    /// Nil: it has done nothing yet.
    let sitting: Sitting?
    /// What its cookie says; a new one where it has none.
    let token: SecretToken

    func say(_ phrase: Phrase) -> String { phrase[language] }
    var asked: Mailroom.Request { linked.request }
    var when: When { When(now: site.now, zone: site.zone, language: language) }

    var path: String { LinkAddress.path(request) }

    /// A path below, in the language that was switched to.
    func path(_ below: String = "", _ items: [FormItems.Item] = []) -> String {
        let query = LinkLanguage.kept(request) + items
        return path + below + (query.isEmpty ? "" : "?" + FormItems(query).urlEncoded)
    }

    var isOpen: Bool { linked.recipient == nil }

    /// Where whoever comes by an open link comes from: what one place sends is counted together.
    var network: [UInt8]? {
        guard isOpen, let network = request.client?.neighbourhood else { return nil }
        return SHA256.digest(of: Array("link network ".utf8) + network).octets
    }

    /// As which browser something is sent by whoever says so of themselves; nil where they have yet to say it.
    ///
    /// By an open link two people may share a browser: who types another name
    /// or address begins anew, and neither sees what the other sent.
    func seated(as who: LinkSender) -> LinkVisit? {
        guard isOpen else { return self }
        guard let name = who.name, let address = who.address else {
            return who.isEmpty && sitting?.address != nil ? self : nil
        }
        guard let sitting, sitting.address != nil,
            sitting.address.flatMap({ AddressKey($0) }) != AddressKey(address)
                || sitting.name?.caseFolded != name.caseFolded
        else { return self }
        return LinkVisit(
            site: site, request: request, target: target, linked: linked, language: language, sitting: nil,
            token: SecretToken.random())
    }

    /// Remembers the browser; with what it said of itself.
    func sit(as who: LinkSender = .nobody) async throws -> SittingID {
        let visit = self
        return try await site.store.write { try visit.sit(as: who, $0) }
    }

    func sit(as who: LinkSender, _ transaction: StoreTransaction) throws -> SittingID {
        try transaction.sit(
            tokenHash: token.hash, at: linked, name: isOpen ? who.name : nil,
            address: isOpen ? who.address : nil, network: network, language: language, now: site.now)
    }

    /// Who it is, for staff: the recipient of the link, or as they called themselves.
    var who: String {
        linked.recipient?.address.description ?? sitting?.address?.description ?? sitting?.name ?? "link"
    }

    /// To the page, with the cookie by which it is known again.
    func back(did note: LinkNote? = nil, below: String = "") -> Response {
        var response = Response.seeOther(path(items(note)) + below)
        remember(in: &response)
        return response
    }

    /// Until the browser is closed: what was sent is shown to that session, and not to who sits there next.
    func remember(in response: inout Response) {
        response.set(SetCookie(Self.cookie, value: token.text, isSecure: request.isSecure))
    }

    private func path(_ items: [FormItems.Item]) -> String { path("", items) }

    private func items(_ note: LinkNote?) -> [FormItems.Item] {
        note.map { [FormItems.Item("did", $0.rawValue)] } ?? []
    }

    /// By which a browser is told what it sent itself.
    static let cookie = "sender"
}

extension LinkVisit {
    /// With what it has sent by now.
    func renewed() async throws -> LinkVisit {
        let (hash, target) = (token.hash, target)
        let sitting = try await site.read { try $0.sitting(tokenHash: hash, at: target) }
        return LinkVisit(
            site: site, request: request, target: target, linked: linked, language: language,
            sitting: sitting,
            token: token)
    }
}

/// `/u/TOKEN`, `/s/TOKEN`: whoever has it, has it in the address anyway.
enum LinkAddress {
    /// Of what a token may have, and no more: the rest was typed by somebody.
    static func path(_ request: HTTP.Request, _ purpose: LinkToken.Purpose = .upload) -> String {
        let token = request[parameter: "token"].unicodeScalars.filter {
            $0.isASCII
                && ($0.properties.isAlphabetic || $0.properties.numericType != nil
                    || "-_".unicodeScalars.contains($0))
        }
        return purpose.path + String(String.UnicodeScalarView(token.prefix(64)))
    }
}

/// In which language a page of links speaks.
enum LinkLanguage {
    /// As switched to, as the request is written, as the browser asks, as the firm speaks.
    static func of(_ request: HTTP.Request, asked: Language?, firm: Language) -> Language {
        chosen(request) ?? asked ?? AcceptedLanguage.of(request) ?? firm
    }

    static func chosen(_ request: HTTP.Request) -> Language? {
        request.query["language"].flatMap { Language(rawValue: $0) }
    }

    static func kept(_ request: HTTP.Request) -> [FormItems.Item] {
        chosen(request).map { [FormItems.Item("language", $0.rawValue)] } ?? []
    }
}

/// What was just done, as the next page says it; the address has its name, never its words.
enum LinkNote: String {
    case sent, declined, asked
    /// The office knows, and a receipt goes out; no receipt is needed; none is mailed this time.
    case done, told, unmailed
    /// Nothing came that anybody could be told of.
    case nothing
}
