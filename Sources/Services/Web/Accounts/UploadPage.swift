internal import HTTP
internal import Mailroom
internal import Markup
internal import Store

/// Files that staff put into a folder: by a form, or one by one from a script.
struct UploadPage {
    let frame: AccountFrame
    private var visit: Visit { frame.visit }

    /// Octets of one request: what a browser sends in one go.
    static let limit = 4 << 30

    func response() async throws -> Response {
        try await form(FolderForms.node(frame, visit.request.query).node, nil)
    }

    private func form(_ node: FolderNode, _ error: Phrase?) async throws -> Response {
        let wrong: HTML =
            error.map {
                "<p class=\"wrong\" id=\"e-file\">\(Icon("alert").svg)<span>\(visit.say($0))</span></p>"
            }
            ?? .empty
        let query = FolderLink(place: node.place).query
        return try await FolderForms(frame: frame).page(
            "\(visit.say(.upload)): \(node.name)", status: error == nil ? .ok : .unprocessableContent,
            """
            <p>\(visit.badge(node.access))</p>\
            <form class="form" method="post" enctype="multipart/form-data" action="\(link: frame.path + "/upload?" + query)">\
            \(visit.token)<div class="field"><label for="f-file">\(visit.say(.chooseFiles))</label>\
            <input id="f-file" type="file" multiple name="file"\(attribute: "aria-describedby", error == nil ? nil : "e-file")>\
            \(wrong)</div><div class="actions"><button class="btn primary">\(visit.say(.upload))</button>\
            <a class="btn quiet" href="\(link: frame.path(.documents) + "?" + query)">\(visit.say(.cancel))</a></div></form>
            """)
    }

    func take(_ sent: MultipartReader) async throws -> Response {
        let node = try await FolderForms.node(frame, visit.request.query).node
        let files = try await UploadReader(visit: visit).read(sent)
        let isScript = visit.request.headers["x-token"] != nil
        guard !files.isEmpty else {
            return isScript ? .text("", .unprocessableContent) : try await form(node, .fileMissing)
        }
        let filed = try await visit.site.documentDesk.file(
            files, into: node.place, of: frame.head.id, by: visit.member.login, now: visit.now)
        frame.changed("documents")
        let isKnown = filed.allSatisfy(\.isDuplicate)
        if isScript { return .text(isKnown ? "known" : "filed") }
        return FolderForms(frame: frame).back(node.place, isKnown ? .uploadedKnown : .uploaded)
    }
}

/// Reads the files of a form as they come, each to the disk.
struct UploadReader {
    let visit: Visit

    private static let mostParts = 500

    func read(_ sent: MultipartReader) async throws -> [(content: PendingContent, name: String)] {
        var files: [(content: PendingContent, name: String)] = []
        var parts = 0
        while let part = try await sent.nextPart() {
            parts += 1
            guard parts <= Self.mostParts else { throw PageError.badRequest }
            guard part.name == "file", let name = part.fileName, !name.isEmpty else { continue }
            files.append((try await receive(sent), Self.plain(name)))
        }
        return files
    }

    private func receive(_ reader: MultipartReader) async throws -> PendingContent {
        let file = IncomingFile(vault: visit.site.vault)
        while let piece = try await reader.next() { try await file.write(piece) }
        return try await file.finish()
    }

    /// Some browsers tell a path.
    private static func plain(_ name: String) -> String {
        name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? name
    }
}
