package import SQLite

/// Why something could not be remembered, or found.
package struct StoreError: Error, Sendable, CustomStringConvertible {
    package enum Code: Sendable, Equatable {
        /// The database is damaged; it was not touched.
        case damaged
        /// A newer version of Mailroom wrote it; it was not touched.
        case newer
        /// Another process holds the data directory.
        case locked
        /// No room, or the disk would not write: nothing was recorded.
        case storage
        /// There is no such account, message, document, …
        case notFound
        /// It contradicts what is there: a number used twice, a name taken.
        case conflict
        /// A mistake in what was asked.
        case invalid
        /// Anything else SQLite said.
        case database
    }

    package let code: Code
    /// A sentence for people; with `damaged`, `newer` and `locked` it says what to do.
    package let words: String

    package init(_ code: Code, _ words: String) {
        self.code = code
        self.words = words
    }

    package init(_ error: SQLiteError) {
        self.init(
            error.isCorrupt
                ? .damaged
                : error.isStorage
                    ? .storage : error.isBusy ? .locked : error.isConstraint ? .conflict : .database,
            error.description)
    }

    package var isTransient: Bool { code == .storage || code == .locked }
    package var description: String { words }
}
