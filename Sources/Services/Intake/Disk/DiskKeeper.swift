internal import Files
package import Mail
internal import Mailroom
package import Store
package import Workers

/// How long the keeper of the tree waits, in milliseconds.
package struct DiskTimes: Sendable {
    /// An account is looked at when nothing happened in it for so long, …
    package var quiet: Int64 = 1000
    /// … or when something happens in it for so long.
    package var latest: Int64 = 15_000
    /// A document may be missing for so long: who saves may delete first and write then.
    package var grace: Int64 = 5000
    /// All is looked at so often.
    package var pass: Int64 = 3_600_000
    /// A file that is open for writing is waited for so long after the last octet.
    package var busy: Int64 = 600_000
    /// Where the kernel does not tell who writes, so young a file may still be written to.
    package var fresh: Int64 = 10_000
    /// Where there was no room it is looked again after so long.
    package var room: Int64 = 60_000
    /// What was set aside is looked at when nobody wrote to it for so long.
    package var rest: Int64 = 60_000

    package init() {}
}

/// Adopts what people change in the tree of documents, where they edit in place; else puts back what they take away.
///
/// What the kernel tells is a hint which account to look at; what is there is
/// seen by looking: see `DiskJudge`. So a hint that is lost costs time and
/// nothing else, for all is looked at again each hour.
///
/// The order is the promise, as the recorder has it: octets durable, then one
/// transaction.
package actor DiskKeeper: WorkerActor {
    package nonisolated let worker = Worker(pool: DiskKeeper.pool)
    package nonisolated let board = DiskBoard()
    let vault: Vault
    let store: Store
    let recorder: Recorder
    let events: Events
    let times: DiskTimes
    let clock: @Sendable () -> Timestamp

    var watch: TreeWatch?
    var top: TreeWatch.Place?
    /// Names at the top that something happened to.
    var newcomers: Set<String> = []
    /// Whether the kernel watches all that there is.
    var isComplete = false
    var places: [TreeWatch.Place: (account: AccountID, path: [String])] = [:]
    /// Files that somebody writes to, and files that whoever wrote to them has closed: since when.
    var busy: [AccountID: [DiskPlace: Int64]] = [:]
    var settled: [AccountID: [DiskPlace: Int64]] = [:]
    /// Accounts to be looked at, and when.
    var due: [AccountID: Int64] = [:]
    /// Since when something happens there.
    var stirring: [AccountID: Int64] = [:]
    var missing: [AccountID: [DocumentID: Int64]] = [:]
    /// How many looks in a row found something not as it was taken to be.
    var stale: [AccountID: Int] = [:]
    var missingFolders: [AccountID: [[String]: Int64]] = [:]
    var nextPass: Int64 = 0
    private let bell = Bell()

    private static let pool = WorkerPool(name: "mailroom-disk", limit: 2)

    package init(
        vault: Vault, store: Store, recorder: Recorder, events: Events, times: DiskTimes = DiskTimes(),
        clock: @escaping @Sendable () -> Timestamp
    ) {
        self.vault = vault
        self.store = store
        self.recorder = recorder
        self.events = events
        self.times = times
        self.clock = clock
    }

    var now: Int64 { clock().milliseconds }
    var isEditable: Bool { vault.documents.isEditable }

    /// Until it is cancelled.
    package func run() async {
        beginWatching()
        while !Task.isCancelled { await turn() }
    }

    private func turn() async {
        let seconds = due.isEmpty ? Int(max(1, min(60, (nextPass - now) / 1000))) : 1
        if let watch {
            _ = await IdleHub.shared.readable(watch.descriptor, seconds: seconds)
            collect()
        } else {
            await bell.wait(seconds: seconds)
        }
        guard !Task.isCancelled else { return }
        await meetNewcomers()
        if now >= nextPass { await pass() }
        for account in due.filter({ $0.value <= now }).keys.sorted(by: { $0.rawValue < $1.rawValue }) {
            if Task.isCancelled { return }
            await lookSafely(at: account)
        }
        // Whoever copies a thousand files is not asked after each.
        _ = try? await Task.sleep(for: .milliseconds(200))
    }

    /// Looks at everything: at the start, each hour, and when the kernel had to leave something out.
    package func pass() async {
        let began = now
        nextPass = began + times.pass
        watchTop()
        do {
            if isEditable { try await unlink() }
            try await lookAside()
            let accounts = try await store.read { try $0.accountDirectories() }
            for account in accounts { due[account.id] = due[account.id] ?? now }
            for account in accounts {
                if Task.isCancelled { return }
                await lookSafely(at: account.id)
            }
            // By now it shows whether the kernel watches all of it.
            try await lookForStrangers(Set(accounts.map(\.directory)))
            let time = clock()
            board.set {
                $0.lastPass = time
                $0.passMilliseconds = time.milliseconds - began
            }
        } catch {
            events.diskFailed("\(error)")
            nextPass = now + 60_000
        }
    }

    /// Looks at what is due by now, for tests.
    package func lookAtDue() async {
        collect()
        await meetNewcomers()
        if now >= nextPass { await pass() }
        for account in due.filter({ $0.value <= now }).keys { await lookSafely(at: account) }
    }

    private func lookSafely(at account: AccountID) async {
        due[account] = nil
        stirring[account] = nil
        do {
            try await look(at: account)
        } catch is CancellationError {
            return
        } catch {
            events.diskFailed("\(error)")
            due[account] = now + 60_000
        }
    }

    /// Documents from before people edited in place get files of their own.
    private func unlink() async throws {
        try await recorder.placeDocuments()
        let count = try await store.write { try $0.unlinkDocuments() }
        if count > 0 { try await recorder.placeDocuments() }
    }

    /// An account's first directory was made, or something that is none of ours.
    private func meetNewcomers() async {
        guard !newcomers.isEmpty else { return }
        let names = newcomers
        newcomers = []
        do {
            let accounts = try await store.read { try $0.accountDirectories() }
            for account in accounts where names.contains(account.directory) {
                due[account.id] = due[account.id] ?? now
            }
            let directories = Set(accounts.map(\.directory))
            if !names.isSubset(of: directories) { try await lookForStrangers(directories) }
        } catch {
            events.diskFailed("\(error)")
            nextPass = min(nextPass, now + 60_000)
        }
    }

    private func lookForStrangers(_ directories: Set<String>) async throws {
        var reports: [DiskReport] = []
        let time = clock()
        for (name, isDirectory) in try vault.documents.topLevel()
        where !directories.contains(name) && !DiskNames.isForeign(directory: name) {
            if !isDirectory, DiskNames.isPassing(name) { continue }
            reports.append(DiskReport(.stranger, path: name, since: time))
        }
        if isEditable, !isComplete { reports.append(DiskReport(.watch, path: "", since: time)) }
        let found = reports
        try await store.write { try $0.report(found, of: nil, now: time) }
    }

    /// What was set aside goes when its octets are known to have been the document's, and else is a version first.
    private func lookAside() async throws {
        let time = clock()
        let moment = Timestamp(milliseconds: time.milliseconds - times.rest)
        for (name, document) in try vault.documents.setAsideFiles(restingSince: moment) {
            guard let content = try vault.documents.takeSetAside(name) else { continue }
            let (digest, octets) = (content.digest, Int64(content.octets))
            let desk = DocumentDesk(vault: vault, store: store, placing: {})
            let isNew = try await desk.keep([content]) {
                try $0.keepInterim(digest, octets: octets, of: document, now: time)
            }
            // Of a database that was restored from before it: nobody's, and not ours to remove.
            guard let isNew else { continue }
            if isNew { board.set { $0.adopted += 1 } }
            try vault.documents.removeSetAside(name)
        }
    }
}
