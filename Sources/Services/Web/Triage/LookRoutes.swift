internal import Files
internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

extension StaffRoutes {
    /// A look at a file without downloading it: pages of PDFs, pictures, text.
    mutating func addLooks() {
        get("/m/:message/look/*section") { visit in
            try await LookPage(visit, "/m/\(visit.number("message"))/preview/", .ofPart(visit)).response()
        }
        get("/m/:message/preview/*section") { visit in
            try await Look.ofPart(visit).preview(visit)
        }
        get("/d/:document/look") { visit in
            try await LookPage(visit, "/d/\(visit.number("document"))/preview", .ofDocument(visit)).response()
        }
        get("/d/:document/preview") { visit in
            try await Look.ofDocument(visit).preview(visit)
        }
    }
}

/// A file that somebody may look at.
struct Look: Sendable {
    let name: String
    let path: String
    let octets: Int64
    let digest: SHA256Digest

    /// A part of a message; what the scanner found something in is shown to nobody.
    static func ofPart(_ visit: Visit) async throws -> Look {
        let number = MessageNumber(try visit.number("message"))
        let (section, staff) = (Section(visit.request[parameter: "section"]), visit.staff)
        let part = try await visit.read { transaction -> PartRow? in
            guard try transaction.heldMessage(number, for: staff) != nil else { return nil }
            return try transaction.parts(of: number).first { $0.section == section }
        }
        guard let part, part.reason != LedgerReason.infected.rawValue else { throw PageError.notFound }
        return Look(
            name: part.name ?? part.mediaType, path: section.text, octets: part.octets, digest: part.sha256)
    }

    static func ofDocument(_ visit: Visit) async throws -> Look {
        let (id, staff) = (DocumentID(try visit.number("document")), visit.staff)
        let document = try await visit.read { transaction -> DocumentListing? in
            guard let listing = try transaction.documentListing(id),
                try transaction.accountChoice(listing.account, for: staff) != nil
            else { return nil }
            return listing
        }
        guard let document else { throw PageError.notFound }
        return Look(name: document.name, path: "", octets: document.octets, digest: document.sha256)
    }

    /// What can be shown of it, by its first octets.
    enum Kind: Hashable, Sendable {
        case pdf
        /// One that every browser draws by itself.
        case picture(HeaderValue)
        case text
        case nothing
    }

    private static let largestPicture: Int64 = 40 << 20
    private static let longestText = 256 << 10

    func kind(_ vault: Vault) -> Kind {
        guard let head = head(vault, 4096) else { return .nothing }
        if head.starts(with: Array("\u{89}PNG".unicodeScalars.map { UInt8($0.value) })) {
            return picture("image/png")
        }
        if head.starts(with: [0xFF, 0xD8, 0xFF]) { return picture("image/jpeg") }
        if head.starts(with: Array("GIF8".utf8)) { return picture("image/gif") }
        if head.starts(with: Array("RIFF".utf8)), head.dropFirst(8).starts(with: Array("WEBP".utf8)) {
            return picture("image/webp")
        }
        switch FileTypeSniffer.sniff(head).family {
        case .pdf: return .pdf
        case .text, .xml: return .text
        case nil: return head.contains(0) ? .nothing : .text
        case .office, .picture, .zip, .epub, .html, .svg, .executable, .script, .outlook, .archive, .sound,
            .film, .pgp, .signature, .calendar, .card, .message, .tnef:
            return .nothing
        }
    }

    private func picture(_ type: HeaderValue) -> Kind {
        octets <= Self.largestPicture ? .picture(type) : .nothing
    }

    private func head(_ vault: Vault, _ count: Int) -> [UInt8]? {
        var buffer = OctetBuffer(capacity: count)
        guard let file = try? vault.contents.open(digest) else { return nil }
        do throws(FileError) {
            try file.read(at: 0, count: count, into: &buffer)
        } catch {
            return nil
        }
        return buffer.array()
    }

    /// The beginning, as UTF-8 or else octet by octet: for a look, not for a document.
    func text(_ vault: Vault) -> String {
        guard let octets = head(vault, Self.longestText) else { return "" }
        if let text = String(validating: octets, as: UTF8.self) { return text }
        // The end of the piece may lie within a character.
        for cut in 1...3 where octets.count > cut {
            if let text = String(validating: octets.dropLast(cut), as: UTF8.self) { return text }
        }
        return String(String.UnicodeScalarView(octets.map { Unicode.Scalar($0) }))
    }

    func preview(_ visit: Visit) async throws -> Response {
        let query = visit.request.query
        let page = query["page"].flatMap { Int($0) } ?? 1
        let width = query["width"].flatMap { Int($0) } ?? 900
        switch kind(visit.site.vault) {
        case .pdf:
            guard let octets = try await visit.site.deeds.preview(digest, page, width) else {
                throw PageError.notFound
            }
            return Response(type: "image/png", octets).under(.download)
        case .picture(let type):
            let file = try visit.site.vault.contents.open(digest)
            return .file(
                try FileContent(of: file.descriptor, length: try file.status().size), type: type,
                Validator(EntityTag(digest.hex))
            ).under(.download)
        case .text, .nothing: throw PageError.notFound
        }
    }
}

/// A file shown on a page of ours.
struct LookPage {
    let visit: Visit
    let base: String
    let look: Look
    private static let mostPages = 20

    init(_ visit: Visit, _ base: String, _ look: Look) {
        self.visit = visit
        self.base = base
        self.look = look
    }

    func response() async throws -> Response {
        let vault = visit.site.vault
        let address = base + look.path
        let content: HTML
        switch look.kind(vault) {
        case .pdf:
            let count = await visit.site.deeds.pageCount(look.digest) ?? 0
            content = count == 0 ? nothing : pages(address, count)
        case .picture: content = "<img src=\"\(link: address)\" alt=\"\(look.name)\">"
        case .text: content = "<pre class=\"card\" tabindex=\"0\">\(look.text(vault))</pre>"
        case .nothing: content = nothing
        }
        return try await visit.page(
            look.name, current: .nowhere,
            """
            <main class="page" id="main" tabindex="0"><div class="content triage"><h1 class="cut">\(look.name)</h1>\
            <p class="muted">\(FileSize(look.octets)[visit.language])</p><div class="pages">\(content)</div></div></main>
            """)
    }

    private var nothing: HTML { "<p class=\"hint\">\(visit.say(.noLook))</p>" }

    private func pages(_ address: String, _ count: Int) -> HTML {
        let shown = (1...min(count, Self.mostPages)).map { page -> HTML in
            """
            <img src="\(link: address + "?page=\(page)&width=1100")" loading="lazy" width="1100" \
            alt="\(visit.say(.pageOf(page, count)))">
            """
        }
        let more: HTML =
            count > Self.mostPages
            ? "<p class=\"muted\">\(visit.say(.pageOf(Self.mostPages, count)))</p>" : .empty
        return shown.joined() + more
    }
}
