internal import Crypto
internal import HTTP
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// A client who is signed in, as they send files into a folder.
///
/// Whether they may is asked before the first piece, and again in the very
/// transaction that files: an hour may lie between, and a phone call.
struct ClientSending: UploadSender {
    private let visit: ClientVisit
    private let account: ClientAccount

    init(_ visit: ClientVisit) throws {
        self.visit = visit
        account = try visit.account()
    }

    var site: Site { visit.site }
    var request: HTTP.Request { visit.request }
    var language: Language { visit.language }
    var uploadsPath: String { "/client/account/\(account.number.text)/tus" }
    private var sender: FolderSender { visit.session.person.sender(to: account.id) }

    func begin(_ new: NewUnfinished, _ said: TusMetadata) async throws -> any UploadSender {
        guard let place = FolderPlace(query: request.query) else { throw ClientDenial.hidden }
        let (session, sender, now, quota) = (visit.session.id, sender, site.now, UploadQuota(site))
        try await site.store.write { transaction in
            let session = try transaction.acting(session, now: now)
            _ = try transaction.clientPlace(place, of: sender.account, .upload, for: session.access)
            let load = try transaction.load(of: sender, since: UploadQuota.day(before: now))
            try quota.admit(new, to: load, transaction)
            try transaction.begin(new, of: .client(sender, place), now: now)
        }
        return self
    }

    func unfinished(_ id: String, since oldest: Timestamp) async throws -> UnfinishedUpload? {
        let sender = sender
        return try await site.read { try $0.unfinished(id, of: sender, since: oldest) }
    }

    func receive(_ content: PendingContent, of row: UnfinishedUpload) async throws {
        guard case .client(let sender, let place) = row.owner else { throw ClientDenial.hidden }
        _ = try await site.deeds.clients.receive(
            FolderArrivalOrder(
                files: [ArrivedFile(content: content, name: row.name)], session: visit.session.id,
                account: sender.account, place: place, largest: site.settings.clients.largestFile,
                unfinished: row.id))
    }

    func received(_ digest: SHA256Digest, _ row: UnfinishedUpload) async throws -> Timestamp? { nil }

    /// Whoever signs in again goes on where they were, if they still may.
    func isFinal(_ error: any Error) -> Bool {
        guard let denial = error as? ClientDenial else { return false }
        return denial != .signedOut
    }

    func stayAlive(since last: Timestamp) async throws -> Timestamp {
        try await visit.stayAlive(since: last)
    }

    /// Their session is a cookie that they have.
    func remember(in response: inout Response) {}
}

extension ClientDenial {
    /// As the script of the page understands it.
    var tusReply: Response {
        switch self {
        case .signedOut: TusReply.refused(.unauthorized, "signedout")
        case .refused: TusReply.refused(.forbidden, "maynot")
        case .hidden: TusReply.refused(.notFound, "maynot")
        }
    }
}
