internal import Mail
internal import SQLite

/// Words of the index that nobody types: whose a message is, and where it lies.
///
/// So a search within one account is an intersection within the index, and
/// does not look at every message that has the word. They only narrow down:
/// what may be seen is always asked of the tables.
enum SearchScope {
    static let everything = "qxzevery"
    static let file = "qxzfile"

    static let accountPrefix = "qxzaccount"

    static func account(_ id: Int64) -> String { "\(accountPrefix)\(id)" }
    static func source(_ id: Int64) -> String { "qxzsource\(id)" }
}

/// The order of entries: newer ones have greater ids.
enum EntryOrder {
    /// Entries of a minute; what is more goes on into the next.
    static let perMinute: Int64 = 4096

    static func first(at time: Timestamp) -> Int64 { max(0, time.milliseconds / 60_000) * perMinute }

    /// A free id as near to the time as there is.
    static func free(at time: Timestamp, in table: StaticString, _ db: Connection) throws(SQLiteError)
        -> Int64
    {
        var first = first(at: time)
        while true {
            let last =
                try db.first(
                    "SELECT max(id) FROM \(table) WHERE id >= ? AND id < ?", first, first + perMinute
                ) { $0.optionalInteger(0) } ?? nil
            guard let last else { return first }
            if last < first + perMinute - 1 { return last + 1 }
            first += perMinute
        }
    }
}
