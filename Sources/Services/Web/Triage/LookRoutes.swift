internal import Archive
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
            try await LookPage(visit, "/m/\(visit.number("message"))/", .ofPart(visit)).response()
        }
        get("/m/:message/preview/*section") { visit in
            try await Look.ofPart(visit).preview(visit)
        }
        get("/m/:message/thumb/*section") { visit in
            try await Look.ofPart(visit).thumb(visit)
        }
        get("/d/:document/thumb") { visit in
            try await Look.ofDocument(visit).thumb(visit)
        }
        get("/d/:document/look") { visit in
            try await LookPage(visit, "/d/\(visit.number("document"))", .ofDocument(visit)).response()
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
        case picture
        case text
        case nothing
    }

    private static let longestText = 256 << 10

    func kind(_ vault: Vault) -> Kind {
        guard let head = head(vault, 4096) else { return .nothing }
        if ReducedPicture.Kind(head: head) != nil { return .picture }
        switch FileTypeSniffer.sniff(head).family {
        case .pdf: return .pdf
        case .text, .xml: return .text
        case nil: return head.contains(0) ? .nothing : .text
        case .office, .picture, .zip, .epub, .html, .svg, .executable, .script, .outlook, .archive, .sound,
            .film, .pgp, .signature, .calendar, .card, .message, .tnef:
            return .nothing
        }
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

    /// The widths that pictures are made in: each is kept, so there are few.
    private enum Width {
        static let thumb = 240
        static let page = 1100
    }

    /// A page, or a photo, as large as a screen.
    func preview(_ visit: Visit) async throws -> Response {
        let page = visit.request.query["page"].flatMap { Int($0) } ?? 1
        return try await preview(visit.site, page)
    }

    func preview(_ site: Site, _ page: Int) async throws -> Response {
        guard let octets = try await picture(site, page) else { throw PageError.notFound }
        return Self.response(octets)
    }

    func picture(_ site: Site, _ page: Int) async throws -> [UInt8]? {
        try await site.deeds.preview(digest, page, Width.page)
    }

    /// Its first page as large as a stamp; of what has none a picture of nothing, and the file's kind shows.
    func thumb(_ visit: Visit) async throws -> Response {
        Self.response(try await visit.site.deeds.preview(digest, 1, Width.thumb) ?? Self.emptyPicture)
    }

    /// A child made it: so it is shown as one of two kinds, or not at all.
    private static func response(_ octets: [UInt8]) -> Response {
        Response(type: octets.first == 0xFF ? "image/jpeg" : "image/png", octets).under(.download)
    }

    /// One clear pixel, as a PNG.
    private static let emptyPicture: [UInt8] = [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
        1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1F, 0x15, 0xC4, 0x89, 0, 0, 0, 0x0B, 0x49, 0x44, 0x41, 0x54,
        0x78, 0xDA, 0x63, 0x60, 0, 2, 0, 0, 5, 0, 1, 0xE9, 0xFA, 0xDC, 0xD8, 0, 0, 0, 0, 0x49, 0x45,
        0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ]
}

/// A file shown on a page of ours.
struct LookPage {
    let visit: Visit
    let base: String
    let look: Look
    private static let mostPages = 20

    /// - Parameter base: what its addresses begin with.
    init(_ visit: Visit, _ base: String, _ look: Look) {
        self.visit = visit
        self.base = base
        self.look = look
    }

    private var preview: String { look.path.isEmpty ? base + "/preview" : base + "preview/" + look.path }
    private var download: String {
        (look.path.isEmpty ? base : base + "part/" + look.path) + "?download=1"
    }

    func response() async throws -> Response {
        let vault = visit.site.vault
        let content: HTML
        switch look.kind(vault) {
        case .pdf:
            let count = await visit.site.deeds.pageCount(look.digest) ?? 0
            // A page that can't be drawn is not told by their number.
            let first = count > 0 ? try await look.picture(visit.site, 1) : nil
            content = first == nil ? nothing : pages(count)
        case .picture:
            content =
                try await look.picture(visit.site, 1) == nil
                ? nothing : "<img src=\"\(link: preview)\" alt=\"\(look.name)\">"
        case .text: content = "<pre class=\"card\" tabindex=\"0\">\(look.text(vault))</pre>"
        case .nothing: content = nothing
        }
        return try await visit.page(
            look.name, current: .nowhere,
            """
            <main class="page" id="main" tabindex="0"><div class="content triage"><div class="look-head"><h1 class="cut">\(look.name)</h1>\
            <p class="muted">\(FileSize(look.octets)[visit.language])</p>\
            <a class="btn" href="\(link: download)" download>\(Icon("down").svg)\(visit.say(.download))</a></div>\
            <div class="pages">\(content)</div></div></main>
            """)
    }

    /// No picture of it could be made, or may be: the file itself is there all the same.
    private var nothing: HTML {
        """
        <div class="empty">\(Icon("file").svg)<b>\(visit.say(.noLook))</b>\
        <p>\(visit.say(.noLookWords))</p></div>
        """
    }

    private func pages(_ count: Int) -> HTML {
        let shown = (1...min(count, Self.mostPages)).map { page -> HTML in
            """
            <img src="\(link: preview + "?page=\(page)")" loading="lazy" width="1100" \
            alt="\(visit.say(.pageOf(page, count)))">
            """
        }
        let more: HTML =
            count > Self.mostPages
            ? "<p class=\"muted\">\(visit.say(.pageOf(Self.mostPages, count)))</p>" : .empty
        return shown.joined() + more
    }
}
