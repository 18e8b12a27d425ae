package import Mail
internal import SQLite
package import Text

extension StoreTransaction {
    /// Whether an address was answered by machine on this day (UTC).
    package func wasAnsweredAutomatically(_ address: AddressKey, now: Timestamp) throws -> Bool {
        try db.exists(
            "SELECT 1 FROM automatic_answer WHERE key = ? AND day = ?", address.withoutDetail.description,
            Self.day(now))
    }

    /// Notes an answer by machine in the transaction that queues it; false where this day had one already.
    package func noteAutomaticAnswer(to address: AddressKey, now: Timestamp) throws -> Bool {
        try db.run("DELETE FROM automatic_answer WHERE day < ?", Self.day(now) - 7)
        return try db.run(
            "INSERT OR IGNORE INTO automatic_answer (key, day) VALUES (?, ?)",
            address.withoutDetail.description, Self.day(now)) == 1
    }

    /// Days since 1970 in UTC: whoever changes time zones gets no second answer by that.
    private static func day(_ now: Timestamp) -> Int64 {
        now.seconds >= 0 ? now.seconds / 86_400 : (now.seconds - 86_399) / 86_400
    }
}
