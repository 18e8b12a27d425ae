internal import Archive
internal import Files
internal import HTTP
internal import Mail
internal import Mailroom
internal import Store
internal import Text
internal import Workers

/// Opens contents and reads them, where blocking is allowed.
actor ContentReader: WorkerActor {
    nonisolated let worker = Worker(pool: ContentReader.pool)
    private let vault: Vault

    private static let pool = WorkerPool(name: "mailroom-save", limit: 8)
    static let pieceSize = 256 << 10

    init(_ vault: Vault) { self.vault = vault }

    func file(_ digest: SHA256Digest, octets: Int64) throws -> FileContent {
        let file = try vault.contents.open(digest)
        return try file.withDescriptor { try FileContent(of: $0, length: octets) }
    }

    func checksum(_ digest: SHA256Digest) throws -> UInt32 {
        var checksum = ZipChecksum()
        try vault.contents.stream(digest) { piece throws(VaultError) in checksum.update(piece) }
        return checksum.value
    }

    func piece(of digest: SHA256Digest, at offset: Int64) throws -> [UInt8] {
        try vault.contents.piece(of: digest, at: offset, count: Self.pieceSize)
    }
}

/// One document as the browser gets it: shown where that is safe, else saved.
struct DocumentDownload {
    let visit: Visit

    /// Types that no script hides in and that browsers show in a sandbox. Chrome shows no PDF there: it is saved.
    private static let shown: [String: HeaderValue] = [
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
        "gif": "image/gif", "webp": "image/webp", "txt": "text/plain; charset=utf-8",
    ]

    func response() async throws -> Response {
        let document = try await document()
        guard document.trashed == nil || visit.request.query["download"] != nil else {
            throw PageError.notFound
        }
        return try await send(document.sha256, document.octets, document.name)
    }

    func version() async throws -> Response {
        let document = try await document()
        let number = try visit.number("version")
        let versions = try await visit.read { try $0.versions(of: document.id) }
        guard let version = versions.first(where: { Int64($0.number) == number }) else {
            throw PageError.notFound
        }
        return try await send(version.sha256, version.octets, document.name)
    }

    private func document() async throws -> ShelvedDocument {
        let (id, staff) = (DocumentID(try visit.number("id")), visit.staff)
        guard let document = try await visit.read({ try $0.shelved(id, for: staff) }) else {
            throw PageError.notFound
        }
        return document
    }

    private func send(_ digest: SHA256Digest, _ octets: Int64, _ name: String) async throws -> Response {
        let file = try await ContentReader(visit.site.vault).file(digest, octets: octets)
        let ending = name.split(separator: ".").last?.lowercased() ?? ""
        let type = Self.shown[ending]
        let isInline = type != nil && visit.request.query["download"] == nil
        let response = Response.file(
            file, type: type ?? "application/octet-stream", Validator(EntityTag(digest.hex)))
        return response.under(.download).with(
            "content-disposition",
            isInline ? ContentDisposition.inline(name) : ContentDisposition.attachment(name))
    }
}

/// A folder, or some documents of one, as a zip that is made while it is sent.
struct FolderDownload {
    let frame: AccountFrame
    private var visit: Visit { frame.visit }

    func folder() async throws -> Response {
        let node = try await FolderForms.node(frame, visit.request.query).node
        let account = frame.head.id
        let documents = try await visit.read { try $0.shelf(below: node.place, of: account) }
        let depth = node.place.depth
        let entries = documents.map { document in
            let below = document.place.path.split(separator: "/").dropFirst(depth).map(String.init)
            return ZipEntry(document, name: ([node.name] + below + [document.name]).joined(separator: "/"))
        }
        return zip(entries, name: "\(frame.head.number.text) \(node.name).zip")
    }

    func zip(_ entries: [ZipEntry], name: String) -> Response {
        ZipStream(entries: entries, zone: visit.site.zone, vault: visit.site.vault).response(name: name)
    }
}

/// A document within an archive.
struct ZipEntry: Sendable {
    let name: String
    let digest: SHA256Digest
    let octets: Int64
    let filed: Timestamp

    init(name: String, digest: SHA256Digest, octets: Int64, filed: Timestamp) {
        self.name = name
        self.digest = digest
        self.octets = octets
        self.filed = filed
    }

    init(_ document: ShelvedDocument, name: String) {
        self.init(name: name, digest: document.sha256, octets: document.octets, filed: document.filed)
    }
}

/// Writes an archive document after document: never more in memory than the next piece.
struct ZipStream: Sendable {
    let entries: [ZipEntry]
    let zone: TimeZone
    let vault: Vault

    var length: UInt64 { StoredZip.length(of: entries.map { member($0, checksum: 0) }) }

    func response(name: String) -> Response {
        let content = StreamContent(length: Int64(length)) { writer in try await write(to: writer) }
        return Response.stream(content, type: "application/zip").under(.download).with(
            "content-disposition", ContentDisposition.attachment(name))
    }

    func write(to writer: StreamContent.Writer) async throws {
        let reader = ContentReader(vault)
        var zip = StoredZip()
        for entry in entries {
            let checksum = try await reader.checksum(entry.digest)
            try await writer.write(zip.begin(member(entry, checksum: checksum)))
            try await send(entry, reader, writer)
        }
        try await writer.write(zip.end())
    }

    private func send(_ entry: ZipEntry, _ reader: ContentReader, _ writer: StreamContent.Writer) async throws
    {
        var offset: Int64 = 0
        while offset < entry.octets {
            let piece = try await reader.piece(of: entry.digest, at: offset)
            guard !piece.isEmpty else { throw PageError.notFound }
            try await writer.write(piece)
            offset += Int64(piece.count)
        }
    }

    private func member(_ entry: ZipEntry, checksum: UInt32) -> StoredZip.Member {
        let time = zone.civil(entry.filed)
        return StoredZip.Member(
            name: entry.name, octets: UInt64(entry.octets), checksum: checksum,
            modified: ZipTime(
                year: time.year, month: time.month, day: time.day, hour: time.hour, minute: time.minute,
                second: time.second))
    }
}
