package import Mailroom
internal import SQLite

/// What the rail counts.
package enum RailCount: Hashable, Sendable, CaseIterable {
    case open, mine, unassigned, waiting, snoozed, unknown, held, disk, requests
}

extension StoreTransaction {
    /// How much there is of everything that the rail names, as far as this person may see it.
    package func railCounts(for staff: StaffID) throws -> [RailCount: Int] {
        var counts: [RailCount: Int] = [:]
        let conversations = try conversationCounts(for: staff)
        counts[.open] = conversations.open
        counts[.mine] = conversations.mine
        counts[.unassigned] = conversations.unassigned
        counts[.waiting] = conversations.waiting
        counts[.snoozed] = conversations.snoozed
        counts[.requests] = try openRequestCount(for: staff)
        counts[.unknown] = try unknownSenderCount(for: staff)
        counts[.held] = try heldCount(for: staff)
        counts[.disk] = try diskQuestionCount(for: staff)
        return counts
    }

    private func openRequestCount(for staff: StaffID) throws -> Int {
        try db.first(
            """
            SELECT count(*) FROM request WHERE state = 'open'
            AND account NOT IN (SELECT account FROM hidden_account WHERE staff = ?)
            """, staff.rawValue
        ) { $0.int(0) } ?? 0
    }
}
