internal import Glibc
package import Mailroom
internal import SQLite
internal import Synchronization
package import Workers

/// Everything Mailroom remembers but the octets themselves: one SQLite database, one writer.
///
/// Callers give a closure that runs on the store's own worker inside one
/// transaction; when `write` returns, what it recorded survives a power cut
/// (WAL with `synchronous=FULL`). Octets must be durable before the closure
/// that records them is given: see `Vault`.
package actor Store: WorkerActor {
    package nonisolated let worker: Worker
    private let connection: Connection
    /// Raised by every change of accounts, contacts and rules: a `Directory` made before it is old.
    package nonisolated var directoryVersion: Int { directoryChanges.load(ordering: .acquiring) }
    private nonisolated let directoryChanges = Atomic(0)
    /// Called after a commit that leaves something to be sent.
    private var outgoingListener: @Sendable () -> Void = {}
    private var requestListener: @Sendable () -> Void = {}
    private var changeListener: @Sendable (Set<String>) -> Void = { _ in }
    private var signOutListener: @Sendable (Set<StaffID>) -> Void = { _ in }
    private var commitListener: @Sendable () -> Void = {}
    /// How many transactions were committed since it was opened: whoever gives way to others compares.
    package private(set) var commits = 0

    private static let pool = WorkerPool(name: "mailroom-store", limit: 4)

    private init(_ connection: sending Connection, worker: Worker) {
        self.connection = connection
        self.worker = worker
    }

    /// Opens the database at `path`, making it if `create` and bringing it up to today's schema.
    ///
    /// A damaged one, or one from the future, is refused and left as it is.
    /// - Parameter check: reads the whole database once (`quick_check`); about a second for 100,000 messages.
    package static func open(path: String, create: Bool = true, check: Bool = false) throws(StoreError)
        -> Store
    {
        do {
            let connection = try connect(path: path, create: create, check: check)
            return Store(connection, worker: Worker(pool: pool))
        } catch let error as StoreError {
            throw error
        } catch let error as SQLiteError {
            if error.isCorrupt { throw damaged(path, error.words) }
            throw StoreError(error)
        } catch {
            throw StoreError(.database, "\(error)")
        }
    }

    private static func connect(path: String, create: Bool, check: Bool) throws -> Connection {
        let connection = try Connection(path: path, create: create)
        try connection.add(.mailroom)
        let version = try connection.first("PRAGMA user_version") { $0.int(0) } ?? 0
        let application = try connection.first("PRAGMA application_id") { $0.int(0) } ?? 0
        let isEmpty = try !connection.exists("SELECT 1 FROM sqlite_schema LIMIT 1")
        guard isEmpty || application == Schema.applicationID else {
            throw StoreError(
                .damaged,
                "\(path) is a database of another program: nothing in it was changed. "
                    + "Point [storage] data to another directory.")
        }
        guard version <= Schema.steps.count else {
            throw StoreError(
                .newer,
                "\(path) was written by a newer Mailroom (schema \(version), this version knows "
                    + "\(Schema.steps.count)): nothing in it was changed. Install that version again, or "
                    + "restore a backup made before the upgrade.")
        }
        if check, !isEmpty {
            let words = try trouble(in: connection)
            guard words == "ok" else { throw damaged(path, words) }
        }
        try connection.execute("PRAGMA journal_mode = WAL")
        try connection.execute("PRAGMA synchronous = FULL")
        try connection.execute("PRAGMA foreign_keys = ON")
        try connection.execute("PRAGMA cache_size = -16000")
        try connection.execute("PRAGMA wal_autocheckpoint = 4000")
        if version < Schema.steps.count {
            let lacksLate =
                try version == 4
                && !connection.exists(
                    "SELECT 1 FROM sqlite_schema WHERE name = 'conversation'")
            // For an hour the fifth step had what is the sixth.
            let hasSix =
                try version == 5
                && connection.exists("SELECT 1 FROM sqlite_schema WHERE name = 'share'")
            try connection.transaction { () throws(SQLiteError) in
                if lacksLate { try connection.execute(Schema.lateInFour) }
                for step in Schema.steps[(hasSix ? 6 : version)...] { try connection.execute(step) }
                try connection.execute("PRAGMA application_id = \(Schema.applicationID)")
                try connection.execute("PRAGMA user_version = \(Schema.steps.count)")
            }
        }
        try threadOldMail(connection)
        return connection
    }

    /// What is wrong with a database; `ok` for nothing.
    ///
    /// Of `subfolder` as it was before step seven SQLite 3.40.1 says what is not so: see ``Schema/subfolders``.
    private static func trouble(in connection: Connection) throws -> String {
        func check(_ what: String) throws -> String {
            try connection.first("PRAGMA quick_check(\(what))") { $0.text(0) } ?? "no answer"
        }
        let words = try check("1")
        guard words == "NULL value in subfolder.path",
            try !connection.exists("SELECT 1 FROM subfolder WHERE path IS NULL")
        else { return words }
        let tables = try connection.rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'subfolder'"
        ) { $0.text(0) }
        for table in tables {
            let words = try check("\"\(table)\"")
            guard words == "ok" else { return words }
        }
        return "ok"
    }

    /// Mail from before there were conversations gets its own, a few hundred at a time: an end in the middle
    /// loses nothing.
    private static func threadOldMail(_ connection: Connection) throws {
        var count = 0
        repeat {
            count = try connection.transaction { try StoreTransaction(connection).threadOldMail(limit: 500) }
        } while count > 0
    }

    private static func damaged(_ path: String, _ words: String) -> StoreError {
        StoreError(
            .damaged,
            "\(path) is damaged (\(words)): nothing in it was changed. Keep a copy, then restore the "
                + "last backup; mail that came since is read again from the server. "
                + "`sqlite3 \(path) .recover` shows what can be saved.")
    }

    /// Runs `body` in one transaction; when it returns, everything it recorded is durable.
    package func write<Value: Sendable>(
        _ body: @Sendable (StoreTransaction) throws -> Value
    ) throws -> Value {
        let transaction = StoreTransaction(connection, directoryVersion: directoryVersion)
        defer { if transaction.changedDirectory { directoryChanges.add(1, ordering: .releasing) } }
        let value = try translating { try connection.transaction { try body(transaction) } }
        commits += 1
        commitListener()
        if transaction.changedOutgoing { outgoingListener() }
        if transaction.changedRequests {
            requestListener()
            transaction.changedParts.insert("requests")
        }
        if !transaction.changedParts.isEmpty { changeListener(transaction.changedParts) }
        if !transaction.signedOut.isEmpty { signOutListener(transaction.signedOut) }
        return value
    }

    /// Has someone told of every commit that leaves something to be sent: so whoever queues a letter
    /// need not know who sends it.
    package func onOutgoing(_ listener: @escaping @Sendable () -> Void) { outgoingListener = listener }

    /// Has someone told of every commit that changes whom to remind, or when.
    package func onRequests(_ listener: @escaping @Sendable () -> Void) { requestListener = listener }

    /// Has someone told, after every commit, what of the pages is no longer true: `inbox`,
    /// `conversation-12`, `account-3`, `triage`, `requests`.
    package func onChanges(_ listener: @escaping @Sendable (Set<String>) -> Void) {
        changeListener = listener
    }
    /// Has someone told, after every commit, of whom a session ended: by whatever command or page.
    package func onSignOut(_ listener: @escaping @Sendable (Set<StaffID>) -> Void) {
        signOutListener = listener
    }
    /// Has someone told of every commit, whatever it changed.
    package func onCommit(_ listener: @escaping @Sendable () -> Void) { commitListener = listener }

    /// Runs queries that see one state of the database.
    package func read<Value: Sendable>(
        _ body: @Sendable (StoreTransaction) throws -> Value
    ) throws -> Value {
        try translating { try body(StoreTransaction(connection, directoryVersion: directoryVersion)) }
    }

    /// What SQLite said, in the store's own error; whatever else the closure threw stays as it is.
    private func translating<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as SQLiteError { throw StoreError(error) }
    }

    /// Copies the write-ahead log into the database file; done when the daemon stops.
    package func checkpoint() throws { try connection.execute("PRAGMA wal_checkpoint(TRUNCATE)") }
}

/// The verbs of the store, valid only inside `Store.write` or `Store.read`; their files are named by subject.
package final class StoreTransaction {
    let db: Connection
    /// Set by whatever changes accounts, contacts or rules.
    var changedDirectory = false
    /// Set by whatever gives the outbox something to do.
    var changedOutgoing = false
    /// Set by whatever changes a request, or how far one of its recipients has come.
    var changedRequests = false
    /// What pages show and this changes, by the names that their regions wait for.
    package var changedParts: Set<String> = []
    /// Whose sessions this ended, one or all.
    var signedOut: Set<StaffID> = []
    /// Messages that this transaction recorded.
    var recordedMessages: Set<MessageNumber> = []

    /// Of the store as the transaction began: see ``Store/directoryVersion``.
    package let directoryVersion: Int

    init(_ db: Connection, directoryVersion: Int = 0) {
        self.db = db
        self.directoryVersion = directoryVersion
    }
}
