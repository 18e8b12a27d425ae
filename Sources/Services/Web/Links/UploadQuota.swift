internal import Crypto
internal import HTTP
internal import Mail
internal import Mailroom
internal import Store

/// How much one sender may bring, and how much the disk may take.
///
/// What is unfinished counts, too: else a thousand files begun at once were
/// a thousand times within the limit. It counts for whoever began it: what
/// one visitor of a link leaves unfinished takes no place from the others,
/// until it is far too much.
struct UploadQuota: Sendable {
    private let site: Site

    /// Files that are coming: from one sender, to one place, and from all of them.
    private static let unfinishedOfOne = 100
    private static let unfinishedOfPlace = 500
    private static let unfinishedOfAll = 2000
    /// Who may announce at once as much as one place takes at all.
    private static let visitors: Int64 = 4
    /// Octets between two looks at the disk.
    static let lookEvery: Int64 = 8 << 20

    /// Whether a file may begin, and what there is too much of.
    enum Answer {
        case begun
        /// So many files came.
        case files
        /// So many octets.
        case octets
        /// So many are on their way.
        case unfinished
    }

    init(_ site: Site) { self.site = site }

    private var clients: ClientSettings { site.settings.clients }

    /// Whether the disk keeps what it must after so many octets.
    func hasRoom(for octets: Int64) throws -> Bool {
        try site.vault.freeOctets() - octets >= clients.minimumFree
    }

    func answer(_ load: UploadLoad, more octets: Int64) -> Answer {
        if load.received.files >= clients.mostFiles { return .files }
        if load.received.octets + octets > clients.mostOctets { return .octets }
        let own = (
            files: load.received.files + load.own.files, octets: load.received.octets + load.own.octets
        )
        guard own.files < clients.mostFiles, own.octets + octets <= clients.mostOctets,
            load.own.files < Self.unfinishedOfOne, load.coming.files < Self.unfinishedOfPlace,
            load.coming.octets + octets <= Self.visitors * clients.mostOctets
        else { return .unfinished }
        return .begun
    }

    /// Throws ``UploadRefusal`` where one more would be too many.
    func admit(_ new: NewUnfinished, to load: UploadLoad, _ transaction: StoreTransaction) throws {
        switch answer(load, more: new.octets) {
        case .begun: break
        case .files: throw UploadRefusal.many
        case .octets: throw UploadRefusal.full
        case .unfinished: throw UploadRefusal.busy
        }
        guard try transaction.countUnfinished() < Self.unfinishedOfAll else { throw UploadRefusal.busy }
    }

    /// Why one more by a form is not taken; nil: it is.
    func refusal(_ load: UploadLoad) -> LinkRefusal.Reason? {
        switch answer(load, more: 0) {
        case .begun: nil
        case .files: .tooMany
        case .octets: .tooMuch
        case .unfinished: .busy
        }
    }

    /// As ``UploadLoad/own`` counts what this visitor began.
    func load(of visit: LinkVisit) async throws -> UploadLoad {
        let (linked, hash, network) = (visit.linked, visit.token.hash, visit.network)
        return try await site.read { try $0.load(of: linked, tokenHash: hash, network: network) }
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
