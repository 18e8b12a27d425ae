internal import HTTP
internal import Mailroom
internal import Store

/// One file of a form on its way to the disk: as large as files may be, and while the disk has room.
struct FormFile: Sendable {
    let site: Site

    /// Octets of one request: what a browser sends in one go.
    static let bodyLimit = 4 << 30
    /// Fields and files of one form: what is too much for a link is read to its end, and named.
    static let limits = MultipartLimits(parts: 10_000)

    /// Throws the ``LinkRefusal/Reason`` for which it is not taken; what came of it is gone then.
    ///
    /// - Parameter meanwhile: is done after every piece.
    func receive(
        _ reader: MultipartReader, meanwhile: () async throws -> Void = {}
    ) async throws -> PendingContent {
        let clients = site.settings.clients
        let file = IncomingFile(vault: site.vault)
        var octets: Int64 = 0
        var unlooked = Int64.max
        while let piece = try await reader.next() {
            octets += Int64(piece.count)
            guard octets <= clients.largestFile else { throw LinkRefusal.Reason.tooLarge }
            if unlooked >= UploadQuota.lookEvery {
                let free = try site.vault.freeOctets() - Int64(piece.count)
                guard free >= clients.minimumFree else { throw LinkRefusal.Reason.noRoom }
                unlooked = 0
            }
            unlooked += Int64(piece.count)
            try await file.write(piece)
            try await meanwhile()
        }
        return try await file.finish()
    }

    /// Whether an error says that the form ends in the middle, or cannot be read further.
    static func isEnd(_ error: HTTPError) -> Bool { error.code == .malformed || error.code == .tooLarge }
}
