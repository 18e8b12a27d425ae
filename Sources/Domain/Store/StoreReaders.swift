internal import SQLite
internal import Synchronization
internal import Workers

/// A few connections that only read, so that a page never waits for what is being written.
///
/// With a write-ahead log a reader sees the last commit, whoever writes
/// meanwhile. Each read is one transaction: all its queries see one state.
package final class StoreReaders: Sendable {
    private let readers: [StoreReader]
    private let busy: Mutex<[Int]>

    private init(_ readers: [StoreReader]) {
        self.readers = readers
        busy = Mutex(Array(repeating: 0, count: readers.count))
    }

    /// - Parameter path: of a database that a ``Store`` has opened, so that its schema is today's.
    package static func open(path: String, count: Int = 4) throws(StoreError) -> StoreReaders {
        do {
            var readers: [StoreReader] = []
            for _ in 0..<count {
                let connection = try Connection(path: path, create: false)
                try connection.add(.mailroom)
                try connection.execute("PRAGMA query_only = ON")
                try connection.execute("PRAGMA cache_size = -16000")
                readers.append(StoreReader(connection))
            }
            return StoreReaders(readers)
        } catch {
            throw StoreError(error)
        }
    }

    /// Runs queries that see one state of the database, on the connection with the least to do.
    package func read<Value: Sendable>(
        _ body: @Sendable (StoreTransaction) throws -> Value
    ) async throws -> Value {
        let index = busy.withLock { busy in
            var best = 0
            for other in busy.indices where busy[other] < busy[best] { best = other }
            busy[best] += 1
            return best
        }
        defer { busy.withLock { $0[index] -= 1 } }
        return try await readers[index].read(body)
    }
}

/// One connection of ``StoreReaders``, on a worker of its own.
private actor StoreReader: WorkerActor {
    nonisolated let worker = Worker(pool: StoreReader.pool)
    private let connection: Connection
    private static let pool = WorkerPool(name: "mailroom-read", limit: 8)

    init(_ connection: sending Connection) { self.connection = connection }

    func read<Value: Sendable>(_ body: @Sendable (StoreTransaction) throws -> Value) throws -> Value {
        do {
            return try connection.snapshot { try body(StoreTransaction(connection)) }
        } catch let error as SQLiteError {
            throw StoreError(error)
        }
    }
}
