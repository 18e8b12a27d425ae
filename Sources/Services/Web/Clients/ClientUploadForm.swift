internal import HTTP
internal import Mail
internal import Mailroom
internal import Store

/// Files that a client puts into a folder by a plain form: each goes to the disk as it comes, and is filed
/// before the next.
struct ClientUploadForm {
    let visit: ClientVisit

    private var clients: ClientSettings { visit.site.settings.clients }

    /// What has become of a form so far.
    private struct Progress {
        var refusals: [LinkRefusal] = []
        var outcomes: [FolderArrivalOutcome] = []
        var hasEmpty = false
    }

    func take(_ sent: MultipartReader) async throws -> Response {
        let account = try visit.account()
        guard let place = FolderPlace(query: visit.request.query) else { throw ClientDenial.hidden }
        let access = visit.access
        _ = try await visit.site.read { try $0.clientPlace(place, of: account.id, .upload, for: access) }
        var progress = Progress()
        do {
            while let part = try await sent.nextPart() {
                guard part.name == "file", let name = part.fileName, !name.isEmpty else { continue }
                try await take(name, sent, place, of: account, &progress)
            }
        } catch let error as HTTPError where FormFile.isEnd(error) { progress.refusals.add(.incomplete) }
        if progress.outcomes.isEmpty, progress.refusals.isEmpty { progress.refusals.add(.nothing) }
        guard progress.refusals.isEmpty else {
            let words = progress.refusals.map { ClientWords.refused($0, clients) }
            return try await ClientFolderPage.load(visit, refusals: words).response()
        }
        let back = "/client/account/\(account.number.text)?" + FolderLink(place: place).query
        return visit.back(back, did: note(progress))
    }

    private func note(_ progress: Progress) -> ClientNote {
        if progress.hasEmpty { return .empty }
        if progress.outcomes.contains(.waits) { return .waiting }
        return progress.outcomes.contains(.filed) ? .uploaded : .known
    }

    /// What is not taken does not keep back what comes after it.
    private func take(
        _ name: String, _ sent: MultipartReader, _ place: FolderPlace, of account: ClientAccount,
        _ progress: inout Progress
    ) async throws {
        // Asked before each: another browser may be at it, too.
        let (quota, sender) = (UploadQuota(visit.site), visit.session.person.sender(to: account.id))
        if let reason = quota.refusal(try await quota.load(of: sender)) {
            return progress.refusals.add(reason, name)
        }
        do {
            let content = try await receive(sent)
            if content.octets == 0 { progress.hasEmpty = true }
            let arrived = ArrivedFile(content: content, name: FileNames.plain(name))
            progress.outcomes += try await visit.site.deeds.clients.receive(
                FolderArrivalOrder(
                    files: [arrived], session: visit.session.id, account: account.id, place: place,
                    largest: clients.largestFile))
        } catch let reason as LinkRefusal.Reason {
            progress.refusals.add(reason, name)
        } catch let error as VaultError where error.isOutOfSpace {
            progress.refusals.add(.noRoom, name)
        }
    }

    /// What takes long keeps the session alive.
    private func receive(_ reader: MultipartReader) async throws -> PendingContent {
        var seen = visit.session.times.lastSeen
        return try await FormFile(site: visit.site).receive(reader) {
            seen = try await visit.stayAlive(since: seen)
        }
    }
}

extension ClientWords {
    /// As at a link, but for how many: a folder takes so many a day.
    static func refused(_ refusal: LinkRefusal, _ clients: ClientSettings) -> Phrase {
        switch refusal.reason {
        case .tooMany, .tooMuch: tooMany(clients.mostFiles).naming(refusal.names)
        case .tooLarge, .busy, .noRoom, .nothing, .whoAreYou, .incomplete:
            LinkWords.refused(refusal, clients)
        }
    }
}
