internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Sanitizer
internal import Store
internal import Text

extension StaffRoutes {
    /// What a message consists of, each under an address of its own.
    mutating func addMessageBodyPages() {
        get("/m/:id") { visit in
            // A message has its place in its conversation.
            let (number, staff) = (MessageNumber(try visit.number("id")), visit.staff)
            let conversation = try await visit.read { transaction in
                try transaction.isVisible(number, to: staff) ? transaction.conversation(of: number) : nil
            }
            guard let conversation else { throw PageError.notFound }
            // A note of what was done goes with it.
            let query = visit.request.query.urlEncoded
            return .seeOther("/c/\(conversation)" + (query.isEmpty ? "" : "?" + query))
        }
        get("/m/:id/body") { visit in try await MessageContents(visit).frame() }
        get("/m/:id/original") { visit in try await MessageContents(visit).original() }
        get("/m/:id/headers") { visit in try await MessageContents(visit).headers() }
        get("/m/:id/part/*section") { visit in try await MessageContents(visit).part() }
        post("/m/:id/pictures") { visit, form in try await MessageContents(visit).setPictures(form) }
    }
}

/// The answers about one message, for who may see it.
private struct MessageContents {
    let visit: Visit
    let message: ShownMessage

    init(_ visit: Visit) async throws {
        let number = MessageNumber(try visit.number("id"))
        let staff = visit.staff
        guard let message = try await visit.read({ try $0.shownMessage(number, for: staff) }) else {
            throw PageError.notFound
        }
        self.visit = visit
        self.message = message
    }

    private var reader: MessageReader { MessageReader(vault: visit.site.vault) }

    private func place() throws -> (digest: SHA256Digest, octets: Int64, place: OriginalPlace) {
        guard let original = message.original else { throw PageError.notFound }
        return original
    }

    /// The document in the frame: a stranger's page, cleaned and without rights besides.
    func frame() async throws -> Response {
        let showsPictures = message.showsPictures || visit.request.query["pictures"] == "1"
        let body = try await ShownBody(message, visit.site.vault, showsPictures: showsPictures)
        let title = message.summary.subject ?? visit.say(.messageText)
        let page = body.page ?? CleanMail(text: body.plain)
        let language = Language.guess(body.words) ?? visit.language
        return Response.html(FramePage.html(page, title: title, language: language.rawValue).markup)
            .under(.mailFrame(remotePictures: showsPictures)).packed(for: visit.request)
    }

    func original() async throws -> Response {
        let original = try place()
        let whole = try await reader.whole(original.place, original.digest)
        let file = try whole.withDescriptor { try FileContent(of: $0, length: Int64(whole.octets)) }
        let name = SafeName.file(message.summary.subject.map { $0 + ".eml" }, MediaType("message", "rfc822"))
        var response = Response.file(file, type: "message/rfc822", Validator(EntityTag("\(original.digest)")))
        response.headers.set("content-disposition", ContentDisposition.attachment(name))
        return response.under(.download)
    }

    func headers() async throws -> Response {
        let original = try place()
        let header = try await reader.header(original.place, original.digest)
        let download = MessagePaths.original(message.summary.number)
        return try await visit.page(
            .messageHeader, current: .nowhere,
            """
            <main class="page" id="main"><div class="content"><h1>\(visit.say(.messageHeader))</h1>\
            <p><a class="btn" href="\(link: download)" download>\(visit.say(.downloadOriginal))</a></p>\
            <div class="card"><pre class="mailheader" tabindex="0">\(header)</pre></div></div></main>
            """)
    }

    /// A part's content: pictures may be shown in place, everything else is a file to keep.
    func part() async throws -> Response {
        let section = Section(visit.request[parameter: "section"])
        guard let part = message.parts.first(where: { $0.section == section }) else {
            throw PageError.notFound
        }
        let content = try await PartContent(part, message, visit.site.vault)
        let sniffed = FileTypeSniffer.sniff(content.head).mediaType
        let isPicture = sniffed.map { Self.harmlessPictures.contains($0.description) } ?? false
        var response = content.response(type: isPicture ? sniffed : nil, tag: EntityTag("\(part.sha256)"))
        let name = part.name ?? "part-\(section.text.map { $0 == "/" ? "-" : $0 })"
        response.headers.set(
            "content-disposition",
            isPicture && visit.request.query["download"] == nil
                ? ContentDisposition.inline(name) : ContentDisposition.attachment(name))
        return response.under(.download)
    }

    /// By their first octets: no browser finds anything in them but pixels.
    private static let harmlessPictures: Set<String> = ["image/png", "image/jpeg", "image/gif", "image/webp"]

    func setPictures(_ form: FormItems) async throws -> Response {
        let (number, member, now) = (message.summary.number, visit.member, visit.now)
        let isAllowed = form["always"] == "1"
        guard !isAllowed || message.summary.verdict != .against else { throw PageError.badRequest }
        try await visit.site.store.write {
            try $0.setPictures(of: number, allowed: isAllowed, by: member, at: now)
        }
        return visit.back(
            to: ReturnPath.local(form["back"]) ?? "/", did: isAllowed ? .picturesAllowed : .picturesForbidden)
    }
}
