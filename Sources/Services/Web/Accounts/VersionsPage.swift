internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// What a document was before, and the way to give it a new version.
struct VersionsPage {
    let forms: DocumentForms
    private var frame: AccountFrame { forms.frame }
    private var document: ShelvedDocument { forms.document }
    private var visit: Visit { forms.frame.visit }

    static func load(_ visit: Visit) async throws -> VersionsPage {
        VersionsPage(forms: try await DocumentForms.load(visit))
    }

    private var path: String { "/d/\(document.id.rawValue)" }

    func response(_ error: Phrase? = nil) async throws -> Response {
        let id = document.id
        let versions = try await visit.read { try $0.versions(of: id) }
        let now = row(
            versions.count + 1, document.filed, document.who.map(visit.name), document.octets,
            path + "?download=1",
            isCurrent: true)
        let rows = versions.map {
            row(
                $0.number, $0.filed, $0.filedBy.map(visit.name), $0.octets, path + "/version/\($0.number)",
                isCurrent: false)
        }
        let wrong: HTML =
            error.map {
                "<p class=\"wrong\" id=\"e-file\">\(Icon("alert").svg)<span>\(visit.say($0))</span></p>"
            }
            ?? .empty
        let form: HTML =
            document.trashed != nil
            ? .empty
            : """
            <form class="form" method="post" enctype="multipart/form-data" action="\(link: path + "/versions")">\(visit.token)\
            <div class="field"><label for="f-file">\(visit.say(.newVersion))</label><input id="f-file" type="file" name="file"\
            \(attribute: "aria-describedby", error == nil ? nil : "e-file")>\(wrong)</div>\
            <div class="actions"><button class="btn primary">\(visit.say(.upload))</button>\
            <a class="btn quiet" href="\(link: FolderForms(frame: frame).back(document.place))">\(visit.say(.back))</a></div></form>
            """
        return try await FolderForms(frame: frame).page(
            "\(visit.say(.versions)): \(document.name)", status: error == nil ? .ok : .unprocessableContent,
            "<ul class=\"lines\">\(now)\(rows)</ul>\(form)")
    }

    private func row(
        _ number: Int, _ filed: Timestamp, _ who: String?, _ octets: Int64, _ address: String, isCurrent: Bool
    ) -> HTML {
        let mark: HTML = isCurrent ? "<span class=\"badge good\">\(visit.say(.current))</span>" : .empty
        let again: HTML =
            isCurrent || document.trashed != nil
            ? .empty
            : """
            <form class="inline" method="post" action="\(link: path + "/version/\(number)")">\(visit.token)\
            <button class="btn small">\(visit.say(.makeCurrent))</button></form>
            """
        let by: HTML = who.map { " · \($0)" as HTML } ?? .empty
        return """
            <li><span class="grow"><a href="\(link: address)">\(visit.say(.version(number)))</a> \(mark)\
            <small class="muted">\(visit.when.full(filed))\(by) · \(FileSize(octets)[visit.language])</small></span>\(again)</li>
            """
    }

    func take(_ sent: MultipartReader) async throws -> Response {
        guard document.trashed == nil else { throw PageError.notFound }
        guard let file = try await UploadReader(visit: visit).read(sent).first else {
            return try await response(.fileMissing)
        }
        let (id, actor, now) = (document.id, visit.member.login, visit.now)
        let (digest, octets) = (file.content.digest, Int64(file.content.octets))
        try await visit.site.deeds.accounts.placeDocuments()
        let isNew = try await visit.site.documentDesk.keep([file.content]) {
            try $0.addVersion(sha256: digest, octets: octets, of: id, by: actor, now: now)
        }
        frame.changed("documents")
        return visit.back(to: path + "/versions", did: isNew ? .versionAdded : .versionSame)
    }

    func restore() async throws -> Response {
        let (id, actor, now, number) = (
            document.id, visit.member.login, visit.now, Int(try visit.number("version"))
        )
        try await visit.site.documentDesk.change {
            try $0.restoreVersion(number, of: id, by: actor, now: now)
        }
        frame.changed("documents")
        return visit.back(to: path + "/versions", did: .restored)
    }
}
