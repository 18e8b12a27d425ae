internal import Crypto
package import HTTP
internal import Mailroom
internal import Markup
internal import Store
package import Text

/// The page for what went wrong: in the person's language, with a way on.
struct ErrorPages {
    private let site: Site

    init(_ site: Site) { self.site = site }

    func answer(_ status: Status, _ error: (any Error)?, _ request: HTTP.Request) async -> Response {
        if let asset = Assets.answer(request) { return asset }
        if let style = AccentStyle(accent: site.settings.clients.accent).answer(request) { return style }
        let status = (error as? PageError)?.status ?? (error as? StoreError)?.status ?? status
        // A page that renews itself, of what is gone meanwhile: it stays as it is until its reader leaves.
        if status == .notFound, request.headers["x-part"] != nil { return Response(.noContent) }
        let page = ClientProblemPage(site, request).ofTheirs(status) { broken(error, request) }
        if let page { return page }
        var language = AcceptedLanguage.of(request) ?? site.settings.language
        if let visit = try? await Gate(site).visit(request) { language = visit.language }
        let (title, text) = words(status, error, request)
        let main: HTML = """
            <div class="card"><h1>\(title[language])</h1><p>\(text[language])</p>\
            <p class="actions"><a class="btn primary" href="/">\(Phrase.toTheInbox[language])</a></p></div>
            """
        return StandalonePage(site: site, language: language, title: title[language], main: main)
            .response(to: request, status)
    }

    private func words(_ status: Status, _ error: (any Error)?, _ request: HTTP.Request) -> (Phrase, Phrase) {
        switch status {
        case .notFound, .methodNotAllowed: return (.notFoundTitle, .notFoundText)
        case .forbidden:
            return error as? PageError == .stale
                ? (.staleTitle, .staleText) : (.forbiddenTitle, .forbiddenText)
        case .contentTooLarge: return (.tooLargeTitle, .tooLargeText)
        case .tooManyRequests, .serviceUnavailable: return (.busyTitle, .busyText)
        case _ where status.code < 500: return (.refusedTitle, .refusedText)
        default: return (.brokenTitle, .brokenText(broken(error, request)))
        }
    }

    /// The number by which the journal knows it.
    private func broken(_ error: (any Error)?, _ request: HTTP.Request) -> String {
        let number = Base32.encode(RandomOctets.nonce(count: 5))
        site.events.broken(number, "/" + (request.path.segments.first ?? ""), error.map { "\($0)" } ?? "")
        return number
    }
}

extension StoreError {
    /// What a page that somebody left open asks for may be gone by now: that is nobody's fault.
    fileprivate var status: Status? {
        switch code {
        case .notFound: .notFound
        case .invalid: .unprocessableContent
        case .damaged, .newer, .locked, .storage, .conflict, .database: nil
        }
    }
}

/// The language that a browser asks for, of those we speak. RFC 9110 section 12.5.4.
package enum AcceptedLanguage {
    package static func of(_ request: HTTP.Request) -> Language? {
        let wanted = request.headers.all("accept-language").flatMap { $0.split(separator: ",") }
        let weighed = wanted.prefix(20).enumerated().compactMap { index, range -> (Language, Double, Int)? in
            let parts = range.split(separator: ";").map { String($0.filter { $0 != " " }) }
            guard let tag = parts.first?.prefix(2).lowercased(), let language = Language(rawValue: tag) else {
                return nil
            }
            let weight =
                parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            return weight > 0 ? (language, weight, index) : nil
        }
        return weighed.max { ($0.1, -$0.2) < ($1.1, -$1.2) }?.0
    }
}
