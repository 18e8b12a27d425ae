package import Mailroom
internal import SQLite

extension StoreTransaction {
    /// Parts that wait for staff, by reason, most first.
    package func waitingCounts() throws -> [(reason: String, count: Int)] {
        try db.rows(
            """
            SELECT coalesce(reason, ''), count(*) FROM part WHERE state = 'needs_filing'
            GROUP BY reason ORDER BY count(*) DESC, reason
            """
        ) { ($0.text(0), $0.int(1)) }
    }

    /// Parts of all messages, by state.
    package func stateCounts() throws -> [LedgerState: Int] {
        Dictionary(
            try db.rows("SELECT state, count(*) FROM part GROUP BY state") {
                (LedgerState(rawValue: $0.text(0)) ?? .failed, $0.int(1))
            }, uniquingKeysWith: +)
    }

    package func quarantinedCount() throws -> Int {
        try db.first("SELECT count(*) FROM placement WHERE state = 'quarantined'") { $0.int(0) } ?? 0
    }

    /// People who wrote and whom nobody has been found for; bulk mail of strangers apart.
    package func unknownSenderCount() throws -> Int {
        try db.first(
            """
            SELECT count(DISTINCT from_key) FROM message
            WHERE match IN ('unmatched', 'suggested') AND direction = 'in' AND is_other = 0 AND nature = 'ordinary'
            """
        ) { $0.int(0) } ?? 0
    }

    /// Octets of all contents and all that the originals' segments hold.
    package func storedOctets() throws -> Int64 {
        let contents = try db.first("SELECT coalesce(sum(octets), 0) FROM content") { $0.integer(0) } ?? 0
        let originals = try db.first("SELECT coalesce(sum(length), 0) FROM original") { $0.integer(0) } ?? 0
        return contents + originals
    }
}
