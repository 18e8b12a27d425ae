internal import Crypto
internal import HTTP
internal import Mail
internal import Mailroom
internal import Store

/// Uploads that go on after a cut: tus 1.0.0 with creation, termination and expiration.
///
/// A `HEAD` takes the turn: a `PATCH` whose line was cut, and whom nobody told
/// so, writes no more from then on.
struct TusUpload: Sendable {
    private let visit: LinkVisit
    private let clients: ClientSettings

    init(_ visit: LinkVisit) {
        self.visit = visit
        clients = visit.site.settings.clients
    }

    private var uploads: UnfinishedUploads { visit.site.unfinished }

    func create() async throws -> Response {
        guard let octets = visit.request.headers["upload-length"].flatMap({ Int64($0) }), octets >= 0 else {
            return TusReply.refused(.badRequest, "length")
        }
        guard octets <= clients.largestFile else { return TusReply.refused(.contentTooLarge, "large") }
        guard try visit.site.vault.freeOctets() - octets >= clients.minimumFree else {
            return TusReply.refused(.insufficientStorage, "room")
        }
        let (id, recipient) = (visit.asked.id, visit.linked.recipient?.id)
        let known = try await visit.site.read { try $0.receivedCounts(of: id, by: recipient) }.byLink
        guard known + uploads.count(at: visit.target) < clients.mostFiles else {
            return TusReply.refused(.forbidden, "many")
        }
        let said = TusMetadata(visit.request.headers["upload-metadata"] ?? "")
        guard let sitting = try await sit(said) else { return TusReply.refused(.forbidden, "who") }
        let number = said["item"].flatMap { Int($0) }
        let begun = uploads.begin(
            IncomingFile(vault: visit.site.vault), at: visit.target, from: sitting,
            as: visit.asked.items.first { $0.number == number }?.id,
            name: FileNames.plain(said["filename"] ?? said["name"] ?? "upload"), octets: octets,
            now: visit.site.now)
        guard let begun else { return TusReply.refused(.forbidden, "many") }
        if octets == 0 { _ = try await finish(begun) }
        var response = TusReply.reply(.created)
        response.headers.set("location", HeaderValue("\(visit.path)/tus/\(begun.id)"))
        response.headers.set("upload-expires", HeaderValue(HTTPDate.text(begun.expires)))
        response.set(
            SetCookie(
                LinkVisit.cookie, value: visit.token.text, isSecure: visit.request.isSecure,
                maxAge: 90 * 86_400))
        return response
    }

    private func sit(_ said: TusMetadata) async throws -> SittingID? {
        guard visit.linked.recipient == nil else { return try await visit.sit() }
        let who = LinkSender(name: said["sender"] ?? "", address: said["address"] ?? "")
        if let name = who.name, let address = who.address {
            return try await visit.sit(name: name, address: address)
        }
        return visit.sitting?.address == nil ? nil : try await visit.sit()
    }

    private var found: UnfinishedUpload? {
        uploads.find(visit.request[parameter: "id"], at: visit.target, now: visit.site.now)
    }

    func offset() async throws -> Response {
        guard let upload = found else { return TusReply.refused(.notFound, "gone") }
        if let digest = upload.sha256 { return told(.ok, upload, upload.octets, digest) }
        let (_, octets) = await upload.file.takeTurn()
        return told(.ok, upload, Int64(octets), nil)
    }

    func append() async throws -> Response {
        guard let upload = found else { return TusReply.refused(.notFound, "gone") }
        guard visit.request.contentType?.type == "application/offset+octet-stream" else {
            return TusReply.refused(.unsupportedMediaType, "type")
        }
        guard let offset = visit.request.headers["upload-offset"].flatMap({ Int64($0) }), upload.sha256 == nil
        else { return TusReply.refused(.conflict, "offset") }
        let (turn, octets) = await upload.file.takeTurn()
        guard Int64(octets) == offset else { return TusReply.refused(.conflict, "offset") }
        guard offset + Int64(visit.request.body.length) <= upload.octets else {
            return TusReply.refused(.contentTooLarge, "large")
        }
        while let piece = try await visit.request.body.next() {
            guard try await upload.file.write(piece, turn: turn) else {
                return TusReply.refused(.conflict, "offset")
            }
        }
        guard let now = await upload.file.octets(turn: turn) else {
            return TusReply.refused(.conflict, "offset")
        }
        uploads.prolong(upload.id, now: visit.site.now)
        guard Int64(now) == upload.octets else {
            return told(.noContent, found ?? upload, Int64(now), nil)
        }
        return told(.noContent, upload, Int64(now), try await finish(upload))
    }

    /// All of it is there: it is filed, and only then its sender is told so.
    private func finish(_ upload: UnfinishedUpload) async throws -> SHA256Digest {
        do {
            let content = try await upload.file.finish()
            try await visit.site.deeds.links.receive(
                ArrivalOrder(
                    files: [ArrivedFile(content: content, name: upload.name)], sitting: upload.sitting,
                    item: upload.item, largest: clients.largestFile))
            uploads.finish(upload.id, content.digest)
            return content.digest
        } catch {
            // It is sent again from its beginning.
            uploads.remove(upload.id)
            throw error
        }
    }

    func terminate() -> Response {
        guard let upload = found else { return TusReply.refused(.notFound, "gone") }
        uploads.remove(upload.id)
        return TusReply.reply(.noContent)
    }

    private func told(
        _ status: Status, _ upload: UnfinishedUpload, _ offset: Int64, _ digest: SHA256Digest?
    ) -> Response {
        var response = TusReply.reply(status)
        response.headers.set("upload-offset", HeaderValue(offset))
        response.headers.set("upload-length", HeaderValue(upload.octets))
        response.headers.set("upload-expires", HeaderValue(HTTPDate.text(upload.expires)))
        if let digest { response.headers.set("x-sha256", HeaderValue(digest.hex)) }
        return response
    }
}

/// What every reply of tus says.
enum TusReply {
    static func reply(_ status: Status) -> Response {
        var response = Response(status)
        response.headers.set("tus-resumable", "1.0.0")
        return response.under(.page)
    }

    /// - Parameter reason: a word that the page's script says as a sentence.
    static func refused(_ status: Status, _ reason: String) -> Response {
        var response = Response.text(reason, status).under(.page)
        response.headers.set("tus-resumable", "1.0.0")
        return response
    }

    static func options(_ clients: ClientSettings) -> Response {
        var response = reply(.noContent)
        response.headers.set("tus-version", "1.0.0")
        response.headers.set("tus-extension", "creation,termination,expiration")
        response.headers.set("tus-max-size", HeaderValue(clients.largestFile))
        return response
    }
}

/// `Upload-Metadata`: names, each with its value in base64.
struct TusMetadata {
    private let values: [String: String]

    init(_ text: String) {
        var values: [String: String] = [:]
        for pair in text.prefix(8192).split(separator: ",").prefix(20) {
            let halves = pair.split(separator: " ", omittingEmptySubsequences: true)
            guard let name = halves.first, halves.count < 3 else { continue }
            let encoded = (halves.count == 2 ? halves[1] : "").map { character -> Character in
                character == "+" ? "-" : character == "/" ? "_" : character
            }
            let octets = Base64URL.decode(String(encoded.filter { $0 != "=" }))
            values[String(name)] = octets.flatMap { String(validating: $0, as: UTF8.self) }
        }
        self.values = values
    }

    subscript(name: String) -> String? { values[name] }
}
