import Mail
import Mailroom
import TestServers

@testable import Intake
@testable import Store

/// An account whose documents people edit in place, and the keeper that follows them.
struct DiskOffice {
    let office: DocumentOffice
    let keeper: DiskKeeper
    static let home = "10482 Account 10482"

    var firm: Firm { office.firm }
    var tree: String { firm.data.path + "/documents" }

    /// - Parameter isEditable: else people only read.
    init(_ firm: Firm? = nil, isEditable: Bool = true) async throws {
        let firm = if let firm { firm } else { try await Firm(isEditable: isEditable) }
        office = try await DocumentOffice(firm, try await firm.account("10482"))
        var times = DiskTimes()
        // The clock of the test is years behind the disk's.
        times.rest = -1_000_000_000_000
        let clock = firm.clock
        keeper = DiskKeeper(
            vault: firm.data.vault, store: firm.store, recorder: firm.recorder, events: firm.events,
            times: times, clock: { clock.now })
        try await office.desk.arrangeFolders(of: office.account)
    }

    /// Does something in the account's directory, as people do.
    func people(_ script: String, in directory: String = DiskOffice.home) {
        let words = "cd \"$1\" && { \(script)\n}"
        let done = ChildProcess.run(["sh", "-ec", words, "sh", "\(tree)/\(directory)"])
        precondition(done.status == 0, "\(script): \(done.text)")
    }

    /// Looks, and looks again when what was not to be told at first can be told.
    func settle() async {
        for _ in 0..<3 {
            await keeper.pass()
            firm.clock.advance(minutes: 1)
        }
    }

    /// Looks where the kernel said that something happened, and where it is time to look again.
    func look() async {
        firm.clock.advance(minutes: 1)
        await keeper.lookAtDue()
    }

    /// Every document with its octets and how many versions it had before: `Internal/2026/a.pdf=one (0)`.
    func documents(of account: AccountID? = nil, isTrash: Bool = false) async throws -> [String] {
        var query = ShelfQuery()
        query.account = account ?? office.account
        query.isTrash = isTrash
        let (asked, vault) = (query, firm.data.vault)
        return try await firm.store.read { transaction in
            try transaction.shelf(asked).map { document in
                let octets = try vault.contents.piece(of: document.sha256, at: 0, count: 4096)
                let path = [document.folder, document.place.path, document.name].filter { !$0.isEmpty }
                return path.joined(separator: "/") + "=\(String(decoding: octets, as: UTF8.self))"
                    + " (\(document.versions))"
            }
        }.sorted()
    }

    /// What people did, as the audit has it, the oldest first.
    func deeds() async throws -> [String] {
        try await firm.store.read {
            try $0.auditEntries(by: StoreTransaction.fileSystem).reversed().map {
                "\($0.action) \($0.detail.isEmpty ? $0.subject : $0.detail)"
            }
        }
    }

    func reports() async throws -> [String] {
        try await firm.store.read {
            try $0.diskReports().map { "\($0.kind.rawValue) \($0.path) \($0.count)" }
        }
        .filter { !$0.hasPrefix("watch") }
    }
}
