internal import Crypto
internal import HTTP
internal import Mail
internal import Mailroom
internal import Store

/// How much one link may bring, and how much the disk may take.
///
/// What is unfinished counts, too: else a thousand files begun at once were
/// a thousand times within the limit.
struct LinkQuota: Sendable {
    private let visit: LinkVisit
    private let clients: ClientSettings

    /// Files that are coming: by one link, and by all of them.
    private static let unfinishedOfLink = 100
    private static let unfinishedOfAll = 2000
    /// Octets between two looks at the disk.
    static let lookEvery: Int64 = 8 << 20

    init(_ visit: LinkVisit) {
        self.visit = visit
        clients = visit.site.settings.clients
    }

    /// Whether the disk keeps what it must after so many octets.
    func hasRoom(for octets: Int64) throws -> Bool {
        try visit.site.vault.freeOctets() - octets >= clients.minimumFree
    }

    func takes(_ load: LinkLoad, more octets: Int64) -> Bool {
        load.files < clients.mostFiles && load.octets + octets <= clients.mostOctets
    }

    func load() async throws -> LinkLoad {
        let linked = visit.linked
        return try await visit.site.read { try $0.load(of: linked) }
    }

    /// Begins an upload and remembers whose it is; false where that would be too many.
    func begin(_ new: NewUnfinished, by who: LinkSender) async throws -> Bool {
        let (hash, linked, language, now) = (visit.token.hash, visit.linked, visit.language, visit.site.now)
        let quota = self
        return try await visit.site.store.write { transaction in
            let load = try transaction.load(of: linked)
            guard quota.takes(load, more: new.octets), load.unfinished < Self.unfinishedOfLink,
                try transaction.countUnfinished() < Self.unfinishedOfAll
            else { return false }
            let sitting = try transaction.sit(
                tokenHash: hash, at: linked, name: who.name, address: who.address, language: language,
                now: now)
            try transaction.begin(new, from: sitting, now: now)
            return true
        }
    }
}
