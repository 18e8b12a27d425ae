internal import HTTP
internal import Mail
internal import Mailroom
internal import Store

/// A document as a page without a staff login gives it out: looked at as pictures of ours, or saved.
///
/// Whether the visitor may have it was decided before one of these is made.
/// A browser never opens its octets by itself: they are an attachment of no
/// type, whatever the name says, so no script in HTML or SVG runs here.
struct LinkFile: Sendable, Equatable {
    let id: DocumentID
    let name: String
    let octets: Int64
    let digest: SHA256Digest
    let filed: Timestamp

    init(id: DocumentID, name: String, octets: Int64, digest: SHA256Digest, filed: Timestamp) {
        self.id = id
        self.name = name
        self.octets = octets
        self.digest = digest
        self.filed = filed
    }

    init(_ file: SharedFile) {
        self.init(id: file.id, name: file.name, octets: file.octets, digest: file.sha256, filed: file.filed)
    }

    init(_ document: ShelvedDocument) {
        self.init(
            id: document.id, name: document.name, octets: document.octets, digest: document.sha256,
            filed: document.filed)
    }

    var look: Look { Look(name: name, path: "", octets: octets, digest: digest) }

    /// To be saved, whole or in ranges.
    func download(_ site: Site) async throws -> Response {
        let file = try await ContentReader(site.vault).file(digest, octets: octets)
        return Response.file(file, type: "application/octet-stream", Validator(EntityTag(digest.hex)))
            .under(.download).with("content-disposition", ContentDisposition.attachment(name))
    }

    /// A page of a PDF, or a photo, as a picture that a child made.
    func picture(_ site: Site, page: Int) async throws -> Response {
        try await look.preview(site, page)
    }
}

extension [LinkFile] {
    /// How long the archive of all of them is.
    func zipLength(_ site: Site) -> Int64 {
        Int64(ZipStream(entries: zipEntries, zone: site.zone, vault: site.vault).length)
    }

    /// All of them as an archive that is made while it is sent.
    func zip(_ site: Site, name: String) -> Response {
        ZipStream(entries: zipEntries, zone: site.zone, vault: site.vault).response(name: name)
    }

    /// Whoever unpacks it gets every file, and none outside of where they unpack.
    private var zipEntries: [ZipEntry] {
        var taken: Set<String> = []
        return map { file in
            let name = SafeName.unique(SafeName.file(file.name, .octets)) { taken.contains($0) }
            taken.insert(SafeName.key(name))
            return ZipEntry(name: name, digest: file.digest, octets: file.octets, filed: file.filed)
        }
    }
}
