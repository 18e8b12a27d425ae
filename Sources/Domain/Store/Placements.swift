package import Mail
internal import Mailroom
internal import SQLite

/// What is known of one message's presence in one mailbox.
package enum PlacementState: String, Sendable {
    /// Listed by the server, its octets still to be fetched.
    case wanted
    /// In the ledger.
    case recorded
    /// The server listed it but gave nothing; tried again for 14 days.
    case absent
    /// It could not be read: set aside, retried by command.
    case quarantined
    /// Not read, by the configuration's word.
    case excluded
}

/// A placement that still wants something done.
package struct OpenPlacement: Sendable, Equatable {
    package let uid: UID
    package let state: PlacementState
    /// Parses that were begun and of which no end was recorded.
    package let attempts: Int
    /// FETCHes that gave nothing, or broke the session.
    package let tries: Int
    package let nextTry: Timestamp?
    package let firstWanted: Timestamp
}

/// A generation of a mailbox: its name and one UIDVALIDITY.
package struct MailboxRecord: Sendable, Equatable {
    package let id: Int64
    package let name: MailboxName
    package let uidValidity: UIDValidity
    package let modSeq: ModSeq?
    /// Every UID up to this one that the server listed has a placement.
    package let listedTo: UID?
    package let isSent: Bool
    package let resets: Int
    package let resetAt: Timestamp?
}

extension StoreTransaction {
    /// The source's id and first start, remembered at its first mention.
    package func source(_ name: String, now: Timestamp) throws -> (id: Int64, firstStarted: Timestamp) {
        if let known = try db.first(
            "SELECT id, first_started FROM source WHERE name = ?", name,
            read: { (id: $0.integer(0), firstStarted: Timestamp(milliseconds: $0.integer(1))) })
        {
            return known
        }
        let id = try db.insert(
            "INSERT INTO source (name, first_started) VALUES (?, ?)", name, now.milliseconds)
        return (id, now)
    }

    static let mailboxColumns =
        "mailbox.id, name, uid_validity, mod_seq, listed_to, is_sent, resets, reset_at"

    static func mailbox(_ row: Row) -> MailboxRecord? {
        guard let name = MailboxName(row.text(1)), let uidValidity = UIDValidity(UInt32(row.int(2))) else {
            return nil
        }
        return MailboxRecord(
            id: row.integer(0), name: name, uidValidity: uidValidity, modSeq: ModSeq(UInt64(row.integer(3))),
            listedTo: UID(UInt32(row.int(4))), isSent: row.bool(5), resets: row.int(6),
            resetAt: row.optionalInteger(7).map { Timestamp(milliseconds: $0) })
    }

    /// The generation of a mailbox that is in force.
    package func mailbox(_ name: MailboxName, source: Int64) throws -> MailboxRecord? {
        try db.first(
            """
            SELECT \(Self.mailboxColumns) FROM mailbox
            WHERE source = ? AND name = ? AND superseded IS NULL ORDER BY id DESC LIMIT 1
            """, source, name.decoded, read: Self.mailbox) ?? nil
    }

    /// Every mailbox of a source that is in force.
    package func mailboxes(source: Int64) throws -> [MailboxRecord] {
        try db.rows(
            "SELECT \(Self.mailboxColumns) FROM mailbox WHERE source = ? AND superseded IS NULL ORDER BY name",
            source, read: Self.mailbox
        ).compactMap { $0 }
    }

    /// Begins a generation; an older one of the same UIDVALIDITY comes back into force with all it knew.
    package func beginMailbox(
        _ name: MailboxName, source: Int64, uidValidity: UIDValidity, isSent: Bool
    ) throws -> MailboxRecord {
        try db.run(
            """
            INSERT INTO mailbox (source, name, uid_validity, is_sent) VALUES (?, ?, ?, ?)
            ON CONFLICT (source, name, uid_validity) DO UPDATE SET superseded = NULL, is_sent = excluded.is_sent
            """, source, name.decoded, uidValidity.rawValue, isSent)
        guard let record = try mailbox(name, source: source) else {
            throw StoreError(.database, "the mailbox just recorded is not there")
        }
        return record
    }

    /// Ends a generation: another UIDVALIDITY, or the mailbox is no more. Its placements stay, gone from the
    /// server.
    package func supersede(_ mailbox: Int64, at now: Timestamp) throws {
        try db.run("UPDATE mailbox SET superseded = ? WHERE id = ?", now.milliseconds, mailbox)
        try db.run(
            "UPDATE placement SET gone = ? WHERE mailbox = ? AND gone IS NULL", now.milliseconds, mailbox)
    }

    /// Counts a change of UIDVALIDITY: a server that changes it every time is capped.
    package func countReset(_ mailbox: Int64, resets: Int, at now: Timestamp) throws {
        try db.run(
            "UPDATE mailbox SET resets = ?, reset_at = ? WHERE id = ?", resets, now.milliseconds, mailbox)
    }

    package func setModSeq(_ modSeq: ModSeq?, of mailbox: Int64) throws {
        try db.run(
            "UPDATE mailbox SET mod_seq = ? WHERE id = ?", Int64(modSeq?.rawValue ?? 0), mailbox)
    }

    /// Records that the server listed these UIDs: each gets a row, and none is ever forgotten.
    package func want(
        _ uids: UIDSet, in mailbox: Int64, listedTo: UID?, now: Timestamp
    ) throws {
        for uid in uids {
            try db.run(
                """
                INSERT INTO placement (mailbox, uid, state, first_wanted) VALUES (?, ?, 'wanted', ?)
                ON CONFLICT (mailbox, uid) DO UPDATE SET gone = NULL
                """, mailbox, uid.rawValue, now.milliseconds)
        }
        if let listedTo {
            try db.run(
                "UPDATE mailbox SET listed_to = max(listed_to, ?) WHERE id = ?", listedTo.rawValue, mailbox)
        }
    }

    /// UIDs of this mailbox that the server still has, as far as we know.
    package func presentUIDs(in mailbox: Int64) throws -> UIDSet {
        UIDSet(
            try db.rows("SELECT uid FROM placement WHERE mailbox = ? AND gone IS NULL ORDER BY uid", mailbox)
            {
                UID(UInt32($0.int(0)))
            }.compactMap { $0 })
    }

    package func presentCount(in mailbox: Int64) throws -> Int {
        try db.first("SELECT count(*) FROM placement WHERE mailbox = ? AND gone IS NULL", mailbox) {
            $0.int(0)
        } ?? 0
    }

    /// What is due to be fetched by UID; last what the server would not give before, which is in nobody's
    /// way.
    package func due(in mailbox: Int64, now: Timestamp, limit: Int) throws -> [OpenPlacement] {
        try db.rows(
            """
            SELECT uid, state, attempts, tries, next_try, first_wanted FROM placement INDEXED BY placement_open
            WHERE mailbox = ? AND state IN ('wanted', 'absent') AND gone IS NULL
              AND (next_try IS NULL OR next_try <= ?)
            ORDER BY state = 'absent', uid LIMIT ?
            """, mailbox, now.milliseconds, limit
        ) { row in
            UID(UInt32(row.int(0))).map {
                OpenPlacement(
                    uid: $0, state: PlacementState(rawValue: row.text(1)) ?? .wanted, attempts: row.int(2),
                    tries: row.int(3), nextTry: row.optionalInteger(4).map { Timestamp(milliseconds: $0) },
                    firstWanted: Timestamp(milliseconds: row.integer(5)))
            }
        }.compactMap { $0 }
    }

    /// Placements of a source's mailboxes that need no FETCH any more, or whose next is yet to come.
    package func accountedCount(source: Int64) throws -> Int {
        try db.first(
            """
            SELECT count(*) FROM placement JOIN mailbox ON mailbox.id = placement.mailbox
            WHERE source = ? AND superseded IS NULL AND gone IS NULL AND state <> 'wanted'
            """, source
        ) { $0.int(0) } ?? 0
    }

    /// How many are still to be fetched, whether due or not.
    package func openCount(in mailbox: Int64) throws -> Int {
        try db.first(
            """
            SELECT count(*) FROM placement INDEXED BY placement_open
            WHERE mailbox = ? AND state IN ('wanted', 'absent') AND gone IS NULL
            """, mailbox
        ) { $0.int(0) } ?? 0
    }

    /// Counts an attempt durably *before* the parser sees the message: see PRODUCT.md, Quarantine.
    package func countAttempt(_ uids: [UID], in mailbox: Int64) throws {
        // Nobody's row lies between neighbours.
        for range in UIDSet(uids).ranges {
            try db.run(
                "UPDATE placement SET attempts = attempts + 1 WHERE mailbox = ? AND uid BETWEEN ? AND ?",
                mailbox,
                range.lowerBound, range.upperBound)
        }
    }

    /// Takes attempts back whose FETCH never reached the parser's end for reasons of the line, not of the
    /// mail.
    package func forgiveAttempt(_ uids: some Sequence<UID>, in mailbox: Int64) throws {
        for uid in uids {
            try db.run(
                "UPDATE placement SET attempts = max(0, attempts - 1) WHERE mailbox = ? AND uid = ? AND state IN ('wanted', 'absent')",
                mailbox, uid.rawValue)
        }
    }

    /// Changes what is known of one placement that has no message yet.
    package func setPlacement(
        _ uid: UID, in mailbox: Int64, state: PlacementState, tries: Int, nextTry: Timestamp?, reason: String?
    ) throws {
        try db.run(
            "UPDATE placement SET state = ?, tries = ?, next_try = ?, reason = ? WHERE mailbox = ? AND uid = ?",
            state.rawValue, tries, nextTry?.milliseconds, reason, mailbox, uid.rawValue)
    }

    /// Records that the server listed these and gave nothing for them: asked again for 14 days, ever more
    /// rarely.
    package func gaveNothing(
        _ uids: some Sequence<UID>, in mailbox: Int64, reason: String, now: Timestamp
    ) throws {
        for uid in uids {
            guard
                let (tries, first) = try db.first(
                    "SELECT tries + 1, first_wanted FROM placement WHERE mailbox = ? AND uid = ?", mailbox,
                    uid.rawValue, read: { ($0.int(0), Timestamp(milliseconds: $0.integer(1))) })
            else { continue }
            let next = RetryPolicy.nextFetch(tries: tries, first: first, now: now)
            try setPlacement(
                uid, in: mailbox, state: next == nil ? .quarantined : .absent, tries: tries, nextTry: next,
                reason: reason)
        }
        try forgiveAttempt(uids, in: mailbox)
    }

    /// Wants the body of a message whose header was not given before.
    package func wantAgain(_ uid: UID, in mailbox: Int64) throws {
        try db.run(
            "UPDATE placement SET state = 'wanted', next_try = NULL WHERE mailbox = ? AND uid = ?", mailbox,
            uid.rawValue)
    }

    package func setFlags(_ flags: [Flag], of uid: UID, in mailbox: Int64) throws {
        try db.run(
            "UPDATE placement SET flags = ? WHERE mailbox = ? AND uid = ?",
            flags.map(\.name).joined(separator: " "), mailbox, uid.rawValue)
    }

    package func markGone(_ uids: UIDSet, in mailbox: Int64, at now: Timestamp) throws {
        for uid in uids {
            try db.run(
                "UPDATE placement SET gone = ? WHERE mailbox = ? AND uid = ? AND gone IS NULL",
                now.milliseconds, mailbox, uid.rawValue)
        }
    }

    /// Of these UIDs, the ones that have a row: they are on the server again, with all that is known of them.
    package func markBack(_ uids: UIDSet, in mailbox: Int64) throws -> UIDSet {
        var known: [UID] = []
        for uid in uids
        where try db.run(
            "UPDATE placement SET gone = NULL WHERE mailbox = ? AND uid = ?", mailbox, uid.rawValue) > 0
        {
            known.append(uid)
        }
        return UIDSet(known)
    }

    /// Octets read from a source on a day (UTC, days since 1970), with these added.
    package func addTraffic(_ octets: Int, source: Int64, day: Int64) throws -> Int64 {
        try db.run(
            """
            INSERT INTO traffic (source, day, octets) VALUES (?, ?, ?)
            ON CONFLICT (source, day) DO UPDATE SET octets = octets + excluded.octets
            """, source, day, octets)
        return try traffic(source: source, day: day)
    }

    package func traffic(source: Int64, day: Int64) throws -> Int64 {
        try db.first("SELECT octets FROM traffic WHERE source = ? AND day = ?", source, day) {
            $0.integer(0)
        } ?? 0
    }
}
