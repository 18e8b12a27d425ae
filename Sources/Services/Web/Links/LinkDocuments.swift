internal import HTTP
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// What staff put beside the question: whoever has the link looks at these documents, and at nothing else.
struct LinkDocuments: Sendable {
    private let visit: LinkVisit
    private let files: [LinkFile]

    static func load(_ visit: LinkVisit) async throws -> LinkDocuments {
        let id = visit.asked.id
        return LinkDocuments(
            visit: visit, files: try await visit.site.read { try $0.attachedFiles(of: id) }.map(LinkFile.init)
        )
    }

    private init(visit: LinkVisit, files: [LinkFile]) {
        (self.visit, self.files) = (visit, files)
    }

    private func say(_ phrase: Phrase) -> String { visit.say(phrase) }

    /// On the page of the link.
    var html: HTML {
        guard !files.isEmpty else { return .empty }
        let rows = files.map { file -> HTML in
            let facts = [
                FileSize(file.octets)[visit.language], visit.when.day(visit.site.zone.day(file.filed)),
            ]
            .joined(separator: visit.language == .ja ? "・" : " · ")
            return """
                <li>\(FileEnding(file.name).html)<b><a href="\(link: path(file))">\(file.name)</a></b>\
                <small>\(facts)</small><span class="act"><a class="btn quiet icon" href="\(link: path(file, "/file"))" \
                aria-label="\(say(LinkFileWords.download(file.name)))">\(Icon("down").svg)</a></span></li>
                """
        }
        return """
            <section class="card attached" id="attached" aria-labelledby="at"><div class="cap"><h2 id="at">\(say(LinkWords.attached))</h2></div>\
            <ul class="papers">\(rows)</ul></section>
            """
    }

    private func path(_ file: LinkFile, _ end: String = "", _ items: [FormItems.Item] = []) -> String {
        visit.path("/documents/\(file.id.rawValue)\(end)", items)
    }

    /// The one of the address, as long as it lies there: whatever else there may be is none.
    private func find() throws -> LinkFile {
        let id = Int64(visit.request[parameter: "id"])
        guard let file = files.first(where: { $0.id.rawValue == id }) else { throw PageError.notFound }
        return file
    }

    private var page: Int { visit.request.query["page"].flatMap { Int($0) } ?? 1 }

    func look() async throws -> Response {
        let file = try find()
        let (visit, id) = (visit, file.id.rawValue)
        let preview = try await LinkPreview(
            site: visit.site, language: visit.language, file: file, page: page,
            picture: { "\(visit.path)/documents/\(id)/picture?page=\($0)" },
            turned: { visit.path("/documents/\(id)", [FormItems.Item("page", "\($0)")]) }
        ).html()
        return ClientPage(
            site: visit.site, language: visit.language, title: file.name,
            path: "\(visit.path)/documents/\(id)",
            main: """
                <main class="paper" id="main">\
                <p><a class="btn small" href="\(link: visit.path())">\(Icon("left").svg)\(say(LinkWords.backToLink))</a></p>\
                <div class="heading"><h1>\(file.name)</h1></div>\
                <p class="muted">\(visit.when.day(visit.site.zone.day(file.filed))) · \(FileSize(file.octets)[visit.language])</p>\
                <div class="tools"><a class="btn primary" href="\(link: path(file, "/file"))">\(Icon("down").svg)\(say(.download))</a></div>\
                \(preview)</main>
                """, query: page == 1 ? [] : [FormItems.Item("page", "\(page)")]
        ).response(to: visit.request)
    }

    func file() async throws -> Response { try await find().download(visit.site) }

    func picture() async throws -> Response { try await find().picture(visit.site, page: page) }
}
