internal import HTTP
internal import Mail
internal import Mailroom
internal import Store

/// Files that a client puts into a folder by a plain form: each goes to the disk as it comes, and is filed
/// before the next.
struct ClientUploadForm {
    let visit: ClientVisit

    private var clients: ClientSettings { visit.site.settings.clients }

    func take(_ sent: MultipartReader) async throws -> Response {
        let account = try visit.account()
        guard let place = FolderPlace(query: visit.request.query) else { throw ClientDenial.hidden }
        let access = visit.access
        _ = try await visit.site.read { try $0.clientPlace(place, of: account.id, .upload, for: access) }
        let (quota, sender) = (UploadQuota(visit.site), visit.session.person.sender(to: account.id))
        let room = try quota.hasRoom(for: Int64(visit.request.body.length))
        var refusals: [LinkRefusal] = room ? [] : [.noRoom]
        var outcomes: [FolderArrivalOutcome] = []
        while let part = try await sent.nextPart() {
            guard part.name == "file", let name = part.fileName, !name.isEmpty, refusals.isEmpty else {
                continue
            }
            // Asked before each: another browser may be at it, too.
            if let refusal = quota.refusal(try await quota.load(of: sender)) {
                refusals.append(refusal)
                continue
            }
            guard let content = try await receive(sent, &refusals, FileNames.plain(name)) else { continue }
            let arrived = ArrivedFile(content: content, name: FileNames.plain(name))
            outcomes += try await visit.site.deeds.clients.receive(
                FolderArrivalOrder(
                    files: [arrived], session: visit.session.id, account: account.id, place: place,
                    largest: clients.largestFile))
        }
        if outcomes.isEmpty, refusals.isEmpty { refusals = [.nothing] }
        guard refusals.isEmpty else {
            let words = refusals.map {
                $0 == .tooMany ? ClientWords.tooMany(clients.mostFiles) : LinkWords.refused($0, clients)
            }
            return try await ClientFolderPage.load(visit, refusals: words).response()
        }
        let back = "/client/account/\(account.number.text)?" + FolderLink(place: place).query
        let note: ClientNote =
            outcomes.contains(.waits) ? .waiting : outcomes.contains(.filed) ? .uploaded : .known
        return visit.back(back, did: note)
    }

    /// Nil: it is not taken, and gone.
    private func receive(
        _ reader: MultipartReader, _ refusals: inout [LinkRefusal], _ name: String
    ) async throws -> PendingContent? {
        do {
            let content = try await pour(reader)
            if content == nil { refusals.append(.tooLarge(name)) }
            return content
        } catch let error as VaultError where error.isOutOfSpace {
            refusals.append(.noRoom)
            return nil
        }
    }

    /// Nil: it is larger than is taken. What takes long keeps the session alive.
    private func pour(_ reader: MultipartReader) async throws -> PendingContent? {
        let file = IncomingFile(vault: visit.site.vault)
        var octets: Int64 = 0
        var seen = visit.session.times.lastSeen
        while let piece = try await reader.next() {
            octets += Int64(piece.count)
            guard octets <= clients.largestFile else { return nil }
            try await file.write(piece)
            seen = try await visit.stayAlive(since: seen)
        }
        return try await file.finish()
    }
}
