internal import CSQLite

/// One connection to a database. `sqlite3_open_v2`.
///
/// Not `Sendable`: it belongs to one actor. Statements are prepared once and
/// kept by their text.
@safe package final class Connection {
    private let handle: OpaquePointer
    private var statements: [String: Statement] = [:]
    private var depth = 0

    /// Opens, and makes the file unless `create` is false.
    ///
    /// WAL, `synchronous=FULL`: with NORMAL a power cut takes committed rows back.
    package init(path: String, create: Bool = true, readOnly: Bool = false) throws(SQLiteError) {
        var handle: OpaquePointer?
        let mode = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0)
        let flags = mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = unsafe sqlite3_open_v2(path, &handle, flags, nil)
        guard code == SQLITE_OK, let handle = unsafe handle else {
            let words = unsafe String(cString: sqlite3_errstr(code))
            unsafe sqlite3_close_v2(handle)
            throw SQLiteError(code: code, doing: "opening the database", words: words)
        }
        unsafe self.handle = handle
        unsafe sqlite3_busy_timeout(handle, 30_000)
    }

    deinit {
        statements = [:]
        unsafe sqlite3_close_v2(handle)
    }

    /// Runs statements that give no rows and take no values: pragmas and the schema.
    package func execute(_ sql: String) throws(SQLiteError) {
        guard unsafe sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw unsafe SQLiteError(
                code: sqlite3_extended_errcode(handle), doing: sql,
                words: String(cString: sqlite3_errmsg(handle)))
        }
    }

    /// Runs one statement; gives the number of rows it changed.
    @discardableResult
    package func run(_ sql: String, _ values: any SQLiteBindable...) throws(SQLiteError) -> Int {
        let statement = try prepared(sql, values)
        defer { statement.reset() }
        while try statement.step() {}
        return Int(unsafe sqlite3_changes64(handle))
    }

    /// Runs an INSERT; gives the new row's id.
    package func insert(_ sql: String, _ values: any SQLiteBindable...) throws(SQLiteError) -> Int64 {
        let statement = try prepared(sql, values)
        defer { statement.reset() }
        while try statement.step() {}
        return unsafe sqlite3_last_insert_rowid(handle)
    }

    /// Every row a query gives, read by `read`.
    package func rows<Value>(
        _ sql: String, _ values: any SQLiteBindable..., read: (Row) -> Value
    ) throws(SQLiteError) -> [Value] {
        let statement = try prepared(sql, values)
        defer { statement.reset() }
        var result: [Value] = []
        while try statement.step() { result.append(read(Row(statement: statement))) }
        return result
    }

    /// The first row a query gives.
    package func first<Value>(
        _ sql: String, _ values: any SQLiteBindable..., read: (Row) -> Value
    ) throws(SQLiteError) -> Value? {
        let statement = try prepared(sql, values)
        defer { statement.reset() }
        return try statement.step() ? read(Row(statement: statement)) : nil
    }

    /// Whether a query gives a row at all.
    package func exists(_ sql: String, _ values: any SQLiteBindable...) throws(SQLiteError) -> Bool {
        let statement = try prepared(sql, values)
        defer { statement.reset() }
        return try statement.step()
    }

    /// Runs `body` in one transaction that takes the write lock at once; an error rolls it back.
    package func transaction<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws -> Value {
        precondition(depth == 0, "transactions don't nest")
        try run("BEGIN IMMEDIATE")
        depth += 1
        defer { depth -= 1 }
        do {
            let value = try body()
            try run("COMMIT")
            return value
        } catch {
            // A full disk rolls back by itself. What the rollback says matters less than what went wrong first.
            if unsafe sqlite3_get_autocommit(handle) == 0 { _ = try? run("ROLLBACK") }
            throw error
        }
    }

    /// Queries that see one state of the database, whoever writes meanwhile. `BEGIN DEFERRED`.
    package func snapshot<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws -> Value {
        precondition(depth == 0, "transactions don't nest")
        try run("BEGIN DEFERRED")
        depth += 1
        defer { depth -= 1 }
        do {
            let value = try body()
            try run("COMMIT")
            return value
        } catch {
            if unsafe sqlite3_get_autocommit(handle) == 0 { _ = try? run("ROLLBACK") }
            throw error
        }
    }

    /// Runs `body` with the interface of FTS5. sqlite.org/fts5.html section 7.
    func withFTS5(_ body: (UnsafeMutablePointer<fts5_api>) -> Int32) throws(SQLiteError) -> Int32 {
        var api: UnsafeMutablePointer<fts5_api>?
        var statement: OpaquePointer?
        let code = unsafe sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &statement, nil)
        defer { unsafe sqlite3_finalize(statement) }
        if code == SQLITE_OK {
            unsafe withUnsafeMutablePointer(to: &api) { place in
                _ = unsafe sqlite3_bind_pointer(statement, 1, place, "fts5_api_ptr", nil)
                _ = unsafe sqlite3_step(statement)
            }
        }
        guard let api = unsafe api else {
            throw SQLiteError(
                code: SQLITE_ERROR, doing: "looking for FTS5", words: "this libsqlite3 was built without it")
        }
        return unsafe body(api)
    }

    private func prepared(_ sql: String, _ values: [any SQLiteBindable]) throws(SQLiteError) -> Statement {
        let statement: Statement
        if let known = statements[sql] {
            statement = known
        } else {
            statement = try unsafe Statement(handle, sql)
            statements[sql] = statement
        }
        try statement.bind(values)
        return statement
    }
}
