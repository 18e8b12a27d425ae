internal import HTTP
internal import Mail
internal import Mailroom
internal import Store

/// How much one sender may bring, and how much the disk may take.
///
/// What is unfinished counts, too: else a thousand files begun at once were
/// a thousand times within the limit.
struct UploadQuota: Sendable {
    private let site: Site

    /// Files that are coming: from one sender, and from all of them.
    private static let unfinishedOfOne = 100
    private static let unfinishedOfAll = 2000
    /// Octets between two looks at the disk.
    static let lookEvery: Int64 = 8 << 20

    init(_ site: Site) { self.site = site }

    private var clients: ClientSettings { site.settings.clients }

    /// Whether the disk keeps what it must after so many octets.
    func hasRoom(for octets: Int64) throws -> Bool {
        try site.vault.freeOctets() - octets >= clients.minimumFree
    }

    func takes(_ load: UploadLoad, more octets: Int64) -> Bool {
        load.files < clients.mostFiles && load.octets + octets <= clients.mostOctets
    }

    /// Throws ``UploadRefusal`` where one more would be too many.
    func admit(_ new: NewUnfinished, to load: UploadLoad, _ transaction: StoreTransaction) throws {
        guard takes(load, more: new.octets), load.unfinished < Self.unfinishedOfOne,
            try transaction.countUnfinished() < Self.unfinishedOfAll
        else { throw UploadRefusal.many }
    }

    func load(of linked: LinkedRequest) async throws -> UploadLoad {
        try await site.read { try $0.load(of: linked) }
    }

    /// Of a client who is signed in: a link ends, and a folder does not, so it is what a day brought.
    func load(of sender: FolderSender) async throws -> UploadLoad {
        let since = Self.day(before: site.now)
        return try await site.read { try $0.load(of: sender, since: since) }
    }

    static func day(before now: Timestamp) -> Timestamp {
        Timestamp(milliseconds: now.milliseconds - 86_400_000)
    }
}
