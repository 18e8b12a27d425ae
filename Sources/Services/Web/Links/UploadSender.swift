internal import Crypto
internal import HTTP
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// Whoever sends files that go on after a cut: a browser at a link, or a client who is signed in.
///
/// How the pieces come together is one thing, and ``TusUpload`` does it; who
/// may send, and where a file is filed once all of it is there, is another.
protocol UploadSender: Sendable {
    var site: Site { get }
    var request: HTTP.Request { get }
    var language: Language { get }
    /// Below it each upload has its address.
    var uploadsPath: String { get }

    /// Remembers a file that begins to come; returns as whom it goes on. Throws ``UploadRefusal``.
    func begin(_ new: NewUnfinished, _ said: TusMetadata) async throws -> any UploadSender
    /// One that this sender began; anybody else's is not there.
    func unfinished(_ id: String, since oldest: Timestamp) async throws -> UnfinishedUpload?
    /// Files one of which all is there. Whether they may is asked again where it is filed.
    func receive(_ content: PendingContent, of row: UnfinishedUpload) async throws
    /// When a file of theirs was received; nil: that is told nowhere else.
    func received(_ digest: SHA256Digest, _ row: UnfinishedUpload) async throws -> Timestamp?
    /// Whether what was not filed for this reason never will be.
    func isFinal(_ error: any Error) -> Bool
    /// Whoever is still sending is not idle.
    func stayAlive(since last: Timestamp) async throws -> Timestamp
    /// Has the browser known again.
    func remember(in response: inout Response)
}

/// Why a file is not begun: a word that the page's script says as a sentence.
struct UploadRefusal: Error {
    let status: Status
    let reason: String

    static let who = UploadRefusal(status: .forbidden, reason: "who")
    static let many = UploadRefusal(status: .forbidden, reason: "many")
    static let full = UploadRefusal(status: .forbidden, reason: "full")
    /// What is on its way ends, or is given up: then there is room again.
    static let busy = UploadRefusal(status: .tooManyRequests, reason: "busy")
}

/// A browser at a link, as it sends files.
struct LinkSending: UploadSender {
    private let visit: LinkVisit

    init(_ visit: LinkVisit) { self.visit = visit }

    var site: Site { visit.site }
    var request: HTTP.Request { visit.request }
    var language: Language { visit.language }
    var uploadsPath: String { visit.path + "/tus" }

    func begin(_ new: NewUnfinished, _ said: TusMetadata) async throws -> any UploadSender {
        let who = LinkSender(name: said["sender"] ?? "", address: said["address"] ?? "")
        guard let visit = visit.seated(as: who) else { throw UploadRefusal.who }
        let number = said["item"].flatMap { Int($0) }
        let item = visit.asked.items.first { $0.number == number }?.id
        let (quota, now) = (UploadQuota(site), site.now)
        try await site.store.write { transaction in
            let load = try transaction.load(
                of: visit.linked, tokenHash: visit.token.hash, network: visit.network)
            try quota.admit(new, to: load, transaction)
            let sitting = try visit.sit(as: who, transaction)
            try transaction.begin(new, of: .sitting(sitting, item: item), now: now)
        }
        return LinkSending(visit)
    }

    func unfinished(_ id: String, since oldest: Timestamp) async throws -> UnfinishedUpload? {
        let linked = visit.linked
        return try await site.read { try $0.unfinished(id, at: linked, since: oldest) }
    }

    func receive(_ content: PendingContent, of row: UnfinishedUpload) async throws {
        guard case .sitting(let sitting, let item) = row.owner else { throw LinkClosed() }
        try await site.deeds.links.receive(
            ArrivalOrder(
                files: [ArrivedFile(content: content, name: row.name)], sitting: sitting, item: item,
                largest: site.settings.clients.largestFile, unfinished: row.id))
    }

    func received(_ digest: SHA256Digest, _ row: UnfinishedUpload) async throws -> Timestamp? {
        guard case .sitting(let sitting, _) = row.owner else { return nil }
        return try await site.read { try $0.uploads(of: sitting) }.last { $0.sha256 == digest }?.at
    }

    func isFinal(_ error: any Error) -> Bool { error is LinkClosed }

    func stayAlive(since last: Timestamp) async throws -> Timestamp { last }

    func remember(in response: inout Response) { visit.remember(in: &response) }
}
