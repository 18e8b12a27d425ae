internal import Crypto
internal import HTTP
internal import Mail
internal import Mailroom
internal import Store

/// Whoever sends files that go on after a cut: a browser at a link, or a client who is signed in.
///
/// How the pieces come together is one thing, and ``TusUpload`` does it; who
/// may send, and where a file is filed once all of it is there, is another.
protocol UploadSender: Sendable {
    var site: Site { get }
    var request: HTTP.Request { get }
    /// Below it each upload has its address.
    var uploadsPath: String { get }

    /// Remembers a file that begins to come. Throws ``UploadRefusal``.
    func begin(_ new: NewUnfinished, _ said: TusMetadata) async throws
    /// One that this sender began; anybody else's is not there.
    func unfinished(_ id: String, since oldest: Timestamp) async throws -> UnfinishedUpload?
    /// Files one of which all is there. Whether they may is asked again where it is filed.
    func receive(_ content: PendingContent, of row: UnfinishedUpload) async throws
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
}

/// A browser at a link, as it sends files.
struct LinkSending: UploadSender {
    private let visit: LinkVisit

    init(_ visit: LinkVisit) { self.visit = visit }

    var site: Site { visit.site }
    var request: HTTP.Request { visit.request }
    var uploadsPath: String { visit.path + "/tus" }

    func begin(_ new: NewUnfinished, _ said: TusMetadata) async throws {
        guard let who = who(said) else { throw UploadRefusal.who }
        let number = said["item"].flatMap { Int($0) }
        let item = visit.asked.items.first { $0.number == number }?.id
        let (hash, linked, language, now) = (visit.token.hash, visit.linked, visit.language, site.now)
        let quota = UploadQuota(site)
        try await site.store.write { transaction in
            try quota.admit(new, to: try transaction.load(of: linked), transaction)
            let sitting = try transaction.sit(
                tokenHash: hash, at: linked, name: who.name, address: who.address, language: language,
                now: now)
            try transaction.begin(new, of: .sitting(sitting, item: item), now: now)
        }
    }

    /// Nil where an open link is not told who comes by it.
    private func who(_ said: TusMetadata) -> LinkSender? {
        guard visit.linked.recipient == nil else { return LinkSender(name: "", address: "") }
        let who = LinkSender(name: said["sender"] ?? "", address: said["address"] ?? "")
        if who.name != nil, who.address != nil { return who }
        return visit.sitting?.address == nil ? nil : LinkSender(name: "", address: "")
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

    func isFinal(_ error: any Error) -> Bool { error is LinkClosed }

    func stayAlive(since last: Timestamp) async throws -> Timestamp { last }

    func remember(in response: inout Response) {
        response.set(
            SetCookie(
                LinkVisit.cookie, value: visit.token.text, isSecure: visit.request.isSecure,
                maxAge: 90 * 86_400))
    }
}
