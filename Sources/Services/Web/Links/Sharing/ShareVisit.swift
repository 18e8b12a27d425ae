internal import HTTP
internal import Mailroom
internal import Store
internal import Text

/// One request of a browser at the link of a share that is good.
struct ShareVisit: Sendable {
    let site: Site
    let request: HTTP.Request
    let linked: LinkedShare
    let language: Language
    let files: [LinkFile]

    init(site: Site, request: HTTP.Request, linked: LinkedShare) {
        self.site = site
        self.request = request
        self.linked = linked
        language = LinkLanguage.of(request, asked: linked.share.language, firm: site.settings.language)
        files = linked.files.map(LinkFile.init)
    }

    func say(_ phrase: Phrase) -> String { phrase[language] }
    var when: When { When(now: site.now, zone: site.zone, language: language) }

    /// One of those that this recipient may have.
    func file(_ id: String) -> LinkFile? {
        Int64(id).flatMap { number in files.first { $0.id.rawValue == number } }
    }

    /// Of the page itself, without its query.
    var path: String { LinkAddress.path(request, .share) }

    /// A path below, in the language that was switched to.
    func path(_ below: String = "", _ items: [FormItems.Item] = []) -> String {
        let query = LinkLanguage.kept(request) + items
        return path + below + (query.isEmpty ? "" : "?" + FormItems(query).urlEncoded)
    }

    func back(did note: Note) -> Response {
        .seeOther(path("", [FormItems.Item("did", note.rawValue)]))
    }

    /// What just happened, as the next page says it; the address has its name, never its words.
    enum Note: String {
        /// What was wanted is not there any more.
        case gone
    }
}
