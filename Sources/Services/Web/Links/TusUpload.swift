internal import Crypto
internal import Files
internal import HTTP
internal import Mail
internal import Mailroom
internal import Store

/// Uploads that go on after a cut: tus 1.0.0 with creation, termination and expiration.
///
/// A `HEAD` takes the turn: a `PATCH` whose line was cut, and whom nobody told
/// so, writes no more from then on. What has come is remembered through a
/// restart, however the daemon ended.
struct TusUpload: Sendable {
    private let sender: any UploadSender
    private let site: Site
    private let request: HTTP.Request
    private let clients: ClientSettings

    init(_ sender: any UploadSender) {
        self.sender = sender
        (site, request) = (sender.site, sender.request)
        clients = site.settings.clients
    }

    private var uploads: UnfinishedUploads { site.unfinished }
    private var quota: UploadQuota { UploadQuota(site) }

    func create() async throws -> Response {
        guard let octets = request.headers["upload-length"].flatMap({ Int64($0) }), octets >= 0 else {
            return TusReply.refused(.badRequest, "length")
        }
        guard octets <= clients.largestFile else { return TusReply.refused(.contentTooLarge, "large") }
        guard try quota.hasRoom(for: octets) else { return TusReply.refused(.insufficientStorage, "room") }
        let said = TusMetadata(request.headers["upload-metadata"] ?? "")
        let new = NewUnfinished(
            id: UnfinishedUploads.newName(),
            name: FileNames.plain(said["filename"] ?? said["name"] ?? "upload"), octets: octets,
            kernel: .current)
        let sender: any UploadSender
        do { sender = try await self.sender.begin(new, said) } catch let refusal as UploadRefusal {
            let response = TusReply.refused(refusal.status, refusal.reason)
            return refusal.status == .tooManyRequests ? response.retryAfter(LinkPace.longest) : response
        }
        if octets == 0, let (row, upload) = try await find(new.id) { _ = try await finish(row, upload) }
        var response = TusReply.reply(.created)
        response.headers.set("location", HeaderValue("\(sender.uploadsPath)/\(new.id)"))
        response.headers.set("upload-expires", HeaderValue(HTTPDate.text(expiry(site.now))))
        sender.remember(in: &response)
        return response
    }

    private func find(_ id: String) async throws -> (UnfinishedUpload, OpenUpload)? {
        guard let row = try await sender.unfinished(id, since: clients.oldestUnfinished(site.now)) else {
            return nil
        }
        return (row, uploads.opened(row, in: site.vault, now: site.now))
    }

    private var found: (UnfinishedUpload, OpenUpload)? {
        get async throws { try await find(request[parameter: "id"]) }
    }

    func offset() async throws -> Response {
        guard let (row, upload) = try await found else { return TusReply.refused(.notFound, "gone") }
        if row.sha256 != nil { return try await told(.ok, row, row.octets) }
        guard let (_, octets) = try await upload.file.takeTurn() else {
            return TusReply.refused(.notFound, "gone")
        }
        return try await told(.ok, row, Int64(octets))
    }

    func append() async throws -> Response {
        guard let (row, upload) = try await found else { return TusReply.refused(.notFound, "gone") }
        guard request.contentType?.type == "application/offset+octet-stream" else {
            return TusReply.refused(.unsupportedMediaType, "type")
        }
        guard let offset = request.headers["upload-offset"].flatMap({ Int64($0) }), row.sha256 == nil
        else { return TusReply.refused(.conflict, "offset") }
        guard let (turn, octets) = try await upload.file.takeTurn(), Int64(octets) == offset else {
            return TusReply.refused(.conflict, "offset")
        }
        guard offset + Int64(request.body.length) <= row.octets else {
            return TusReply.refused(.contentTooLarge, "large")
        }
        guard try await write(turn, upload) else { return TusReply.refused(.insufficientStorage, "room") }
        guard let now = try await upload.file.octets(turn: turn) else {
            return TusReply.refused(.conflict, "offset")
        }
        try await touch(row)
        guard Int64(now) == row.octets else { return try await told(.noContent, row, Int64(now)) }
        do {
            let digest = try await finish(row, upload)
            // With what became of it.
            let filed = try await sender.unfinished(row.id, since: clients.oldestUnfinished(site.now))
            return try await told(.noContent, filed ?? row, Int64(now), digest)
        } catch let error as VaultError where error.isOutOfSpace {
            return TusReply.refused(.insufficientStorage, "room")
        }
    }

    /// What came stays, whatever ends it; false where the disk has no more room.
    private func write(_ turn: Int, _ upload: OpenUpload) async throws -> Bool {
        do {
            return try await pour(turn, upload)
        } catch let error as VaultError {
            // Nobody knows how much of the last piece is in the file: whoever goes on looks.
            uploads.forget(upload.row.id)
            await upload.file.close()
            guard error.isOutOfSpace else { throw error }
            return false
        } catch {
            _ = try? await upload.file.octets(turn: turn)
            throw error
        }
    }

    private func pour(_ turn: Int, _ upload: OpenUpload) async throws -> Bool {
        var unlooked = Int64.max
        var seen = site.now
        while let piece = try await request.body.next() {
            if unlooked >= UploadQuota.lookEvery {
                guard try quota.hasRoom(for: Int64(piece.count)) else { return false }
                unlooked = 0
            }
            unlooked += Int64(piece.count)
            // Whoever has the turn now asks for what there is; the rest of this is for nobody.
            guard try await upload.file.write(piece, turn: turn) else { return true }
            seen = try await sender.stayAlive(since: seen)
        }
        return true
    }

    /// It waits for its next piece; that is written down once in an hour.
    private func touch(_ row: UnfinishedUpload) async throws {
        let now = site.now
        let isNew = now.milliseconds - row.last.milliseconds < 3_600_000
        if isNew, row.trusted(by: .current) == .max { return }
        try await site.store.write { try $0.touchUnfinished(row.id, kernel: .current, now: now) }
    }

    /// All of it is there: it is filed, and only then its sender is told so.
    private func finish(_ row: UnfinishedUpload, _ upload: OpenUpload) async throws -> SHA256Digest {
        let (site, sender) = (site, sender)
        return try await upload.filed {
            do {
                let content = try await upload.file.finish()
                try await sender.receive(content, of: row)
                site.unfinished.forget(row.id)
                // The account had these octets: what came is not needed.
                try? await upload.file.discard()
                return content.digest
            } catch {
                site.unfinished.forget(row.id)
                let isLost = sender.isFinal(error) || (error as? VaultError)?.code == .lost
                try await Self.giveUp(upload, row, site, isLost: isLost)
                throw error
            }
        }
    }

    /// What was not filed can be asked for again without being sent again, unless its place or its octets are lost.
    private static func giveUp(
        _ upload: OpenUpload, _ row: UnfinishedUpload, _ site: Site, isLost: Bool
    ) async throws {
        guard isLost else { return await upload.file.close() }
        try await upload.file.discard()
        try await site.store.write { try $0.removeUnfinished([row.id]) }
    }

    func terminate() async throws -> Response {
        guard let (row, upload) = try await found else { return TusReply.refused(.notFound, "gone") }
        uploads.forget(row.id)
        if row.sha256 == nil { try await upload.file.discard() }
        try await site.store.write { try $0.removeUnfinished([row.id]) }
        return TusReply.reply(.noContent)
    }

    private func expiry(_ last: Timestamp) -> Timestamp {
        Timestamp(milliseconds: last.milliseconds + clients.unfinishedSeconds * 1000)
    }

    private func told(
        _ status: Status, _ row: UnfinishedUpload, _ offset: Int64, _ digest: SHA256Digest? = nil
    ) async throws -> Response {
        var response = TusReply.reply(status)
        response.headers.set("upload-offset", HeaderValue(offset))
        response.headers.set("upload-length", HeaderValue(row.octets))
        response.headers.set("upload-expires", HeaderValue(HTTPDate.text(expiry(row.last))))
        if let digest = digest ?? row.sha256 {
            response.headers.set("x-sha256", HeaderValue(digest.hex))
            try await tell(row, digest, in: &response)
        }
        if let outcome = row.outcome { response.headers.set("x-outcome", HeaderValue(outcome.rawValue)) }
        return response
    }

    /// When it was received and how large it is, in the words of the page that will be there after a reload.
    private func tell(
        _ row: UnfinishedUpload, _ digest: SHA256Digest, in response: inout Response
    ) async throws {
        let language = AcceptedLanguage.of(request) ?? sender.language
        let at = try await sender.received(digest, row) ?? site.now
        let time = When(now: site.now, zone: site.zone, language: language).short(at)
        let said =
            [("x-received", time), ("x-size", FileSize(row.octets)[language])] as [(HeaderName, String)]
        for (name, words) in said {
            if let value = HeaderValue(PercentCoding.encode(words)) { response.headers.set(name, value) }
        }
    }
}
