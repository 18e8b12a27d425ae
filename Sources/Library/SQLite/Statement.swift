internal import CSQLite

/// A prepared statement, kept for the next time. `sqlite3_prepare_v3`.
///
/// Text and blobs are copied in and out (`SQLITE_TRANSIENT`), so that no
/// pointer outlives a call.
@safe final class Statement {
    private let handle: OpaquePointer
    private let sql: String

    init(_ database: OpaquePointer, _ sql: String) throws(SQLiteError) {
        var handle: OpaquePointer?
        let code = unsafe sqlite3_prepare_v3(
            database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle = unsafe handle else {
            throw unsafe SQLiteError(
                code: sqlite3_extended_errcode(database), doing: sql,
                words: String(cString: sqlite3_errmsg(database)))
        }
        unsafe self.handle = handle
        self.sql = sql
    }

    deinit { unsafe sqlite3_finalize(handle) }

    func bind(_ values: [any SQLiteBindable]) throws(SQLiteError) {
        let wanted = Int(unsafe sqlite3_bind_parameter_count(handle))
        precondition(values.count == wanted, "\(values.count) values for \(wanted) places: \(sql)")
        for (index, value) in values.enumerated() {
            let place = Int32(index + 1)
            let code =
                switch value.sqliteValue {
                case .null: unsafe sqlite3_bind_null(handle, place)
                case .integer(let number): unsafe sqlite3_bind_int64(handle, place, number)
                case .real(let number): unsafe sqlite3_bind_double(handle, place, number)
                case .text(let text):
                    unsafe sqlite3_bind_text(handle, place, text, Int32(text.utf8.count), Self.transient)
                case .blob(let octets):
                    octets.isEmpty
                        ? unsafe sqlite3_bind_zeroblob(handle, place, 0)
                        : unsafe sqlite3_bind_blob(handle, place, octets, Int32(octets.count), Self.transient)
                }
            guard code == SQLITE_OK else { throw error() }
        }
    }

    /// Whether there is another row.
    func step() throws(SQLiteError) -> Bool {
        switch unsafe sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw error()
        }
    }

    /// Ready for other values; lets go of the values and of the read lock.
    func reset() {
        unsafe sqlite3_reset(handle)
        unsafe sqlite3_clear_bindings(handle)
    }

    func isNull(_ column: Int32) -> Bool { unsafe sqlite3_column_type(handle, column) == SQLITE_NULL }
    func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }
    func real(_ column: Int32) -> Double { unsafe sqlite3_column_double(handle, column) }

    func text(_ column: Int32) -> String {
        guard let text = unsafe sqlite3_column_text(handle, column) else { return "" }
        let count = Int(unsafe sqlite3_column_bytes(handle, column))
        return unsafe String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    }

    func blob(_ column: Int32) -> [UInt8] {
        guard let octets = unsafe sqlite3_column_blob(handle, column) else { return [] }
        let count = Int(unsafe sqlite3_column_bytes(handle, column))
        return unsafe [UInt8](UnsafeRawBufferPointer(start: octets, count: count))
    }

    private func error() -> SQLiteError {
        let database = unsafe sqlite3_db_handle(handle)
        return unsafe SQLiteError(
            code: sqlite3_extended_errcode(database), doing: sql,
            words: String(cString: sqlite3_errmsg(database)))
    }

    /// `SQLITE_TRANSIENT`, a cast that Swift doesn't import.
    private static var transient: sqlite3_destructor_type {
        unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }
}

/// The columns of the row a query stands on; they count from zero.
package struct Row {
    let statement: Statement

    package func isNull(_ column: Int) -> Bool { statement.isNull(Int32(column)) }
    package func integer(_ column: Int) -> Int64 { statement.integer(Int32(column)) }
    package func int(_ column: Int) -> Int { Int(statement.integer(Int32(column))) }
    package func bool(_ column: Int) -> Bool { statement.integer(Int32(column)) != 0 }
    package func real(_ column: Int) -> Double { statement.real(Int32(column)) }
    package func text(_ column: Int) -> String { statement.text(Int32(column)) }
    package func blob(_ column: Int) -> [UInt8] { statement.blob(Int32(column)) }

    package func optionalInteger(_ column: Int) -> Int64? { isNull(column) ? nil : integer(column) }
    package func optionalInt(_ column: Int) -> Int? { isNull(column) ? nil : int(column) }
    package func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
    package func optionalBlob(_ column: Int) -> [UInt8]? { isNull(column) ? nil : blob(column) }
}
