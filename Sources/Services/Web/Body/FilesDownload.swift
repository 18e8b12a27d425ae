internal import HTTP
internal import Mail
internal import Mailroom
internal import Store

extension StaffRoutes {
    /// All that came with a message, or with a conversation, as one file.
    mutating func addFilesDownloads() {
        get("/m/:id/files.zip") { visit in
            let (number, staff) = (MessageNumber(try visit.number("id")), visit.staff)
            let files = try await visit.read { transaction -> [ConversationFile] in
                guard try transaction.isVisible(number, to: staff),
                    let conversation = try transaction.conversation(of: number)
                else { return [] }
                return try transaction.files(in: conversation, for: staff).filter { $0.message == number }
            }
            return try FilesDownload(visit, files).response()
        }
        get("/c/:id/files.zip") { visit in
            let (id, staff) = (ConversationID(try visit.number("id")), visit.staff)
            let files = try await visit.read { transaction -> [ConversationFile] in
                guard try transaction.conversation(id, for: staff) != nil else { return [] }
                return try transaction.files(in: id, for: staff)
            }
            return try FilesDownload(visit, files).response()
        }
    }
}

/// Files as a zip that is made while it is sent: what the scanner found something in stays out.
struct FilesDownload {
    private let visit: Visit
    private let files: [ConversationFile]

    init(_ visit: Visit, _ files: [ConversationFile]) throws {
        self.visit = visit
        self.files = files.filter(\.isForAll)
        // Nothing to have, or not for this person: the same to them.
        guard !self.files.isEmpty else { throw PageError.notFound }
    }

    func response() throws -> Response {
        let stream = ZipStream(entries: entries, zone: visit.site.zone, vault: visit.site.vault)
        return stream.response(name: visit.say(.filesArchive))
    }

    /// Whoever unpacks it gets every file, and none outside of where they unpack.
    private var entries: [ZipEntry] {
        var taken: Set<String> = []
        return files.map { file in
            let safe = SafeName.file(file.name, MediaType(file.mediaType) ?? .octets)
            let name = SafeName.unique(safe) { taken.contains($0) }
            taken.insert(SafeName.key(name))
            return ZipEntry(name: name, digest: file.sha256, octets: file.octets, filed: file.received)
        }
    }
}

extension ConversationFile {
    /// Whether its octets may be had.
    var isForAll: Bool { isStored && reason != .infected }

    /// Whether there may be something to look at.
    var isForLooking: Bool {
        guard isForAll, reason != .encrypted else { return false }
        switch family {
        case .pdf, .picture, .text, .xml: return true
        case .office, .zip, .epub, .html, .svg, .executable, .script, .outlook, .archive, .sound, .film,
            .pgp, .signature, .calendar, .card, .message, .tnef, nil:
            return false
        }
    }

    /// Whether a small picture stands for it.
    var hasPicture: Bool { isForLooking && (family == .pdf || family == .picture) }
}
