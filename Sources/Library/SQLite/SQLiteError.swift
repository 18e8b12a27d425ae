/// What SQLite refused, in its own words. `sqlite3_extended_errcode`, `sqlite3_errmsg`.
package struct SQLiteError: Error, Sendable, CustomStringConvertible {
    /// The extended result code.
    package let code: Int32
    /// What we were doing: the statement, never its values.
    package let doing: String
    package let words: String

    package init(code: Int32, doing: String, words: String) {
        self.code = code
        self.doing = doing
        self.words = words
    }

    /// The low octet of the code: `SQLITE_BUSY`, `SQLITE_FULL`, …
    package var primaryCode: Int32 { code & 0xff }

    /// Somebody else holds the database: worth another try.
    package var isBusy: Bool { primaryCode == 5 || primaryCode == 6 }
    /// The disk is full, or would not write: nothing was recorded, and nothing may be acknowledged.
    package var isStorage: Bool { primaryCode == 13 || primaryCode == 10 || primaryCode == 8 }
    /// The file is damaged, or is no database.
    package var isCorrupt: Bool { primaryCode == 11 || primaryCode == 26 }
    /// A rule of the schema was broken: `UNIQUE`, `NOT NULL`, `CHECK`, a foreign key.
    package var isConstraint: Bool { primaryCode == 19 }

    package var isTransient: Bool { isBusy || isStorage }

    package var description: String { "\(doing): \(words) (SQLite \(code))" }
}
