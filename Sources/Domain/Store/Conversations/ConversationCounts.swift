package import Mailroom
internal import SQLite

/// How many conversations there are of each kind; counting stops at a thousand.
package struct ConversationCounts: Sendable, Hashable {
    package static let limit = 1000

    package var open = 0
    package var mine = 0
    package var unassigned = 0
    package var waiting = 0
    package var snoozed = 0
    package var other = 0
    /// Of the open ones.
    package var unread = 0
    package var withFiles = 0

    /// As a list or a rail says it.
    package static func words(_ count: Int) -> String { count < limit ? "\(count)" : "999+" }
}

extension StoreTransaction {
    /// - Parameter tabs: also of the tabs of `view`.
    package func conversationCounts(for staff: StaffID) throws -> ConversationCounts {
        let visible = try visible(to: staff, "?1")
        func count(_ state: ConversationState, _ more: String = "", isOther: Int = 0) throws -> Int {
            try db.first(
                """
                SELECT count(*) FROM (SELECT 1 FROM conversation c WHERE is_other = \(isOther)
                  AND state = '\(state.rawValue)' AND ?1 IS NOT NULL \(more) \(visible)
                  LIMIT \(ConversationCounts.limit))
                """, staff.rawValue
            ) { $0.int(0) } ?? 0
        }
        var counts = ConversationCounts()
        counts.open = try count(.open)
        counts.mine = try count(.open, Self.narrowed(.mine))
        counts.unassigned = try count(.open, Self.narrowed(.unassigned))
        counts.waiting = try count(.waiting)
        counts.snoozed = try count(.snoozed)
        counts.other = try count(.open, isOther: 1)
        return counts
    }

    /// How many of a view are unread, and have files; of the newest ones.
    package func tabCounts(_ view: ConversationView, for staff: StaffID) throws -> (unread: Int, files: Int) {
        let state: String =
            switch view {
            case .open, .mine, .unassigned, .other, .all: "= 'open'"
            case .waiting: "= 'waiting'"
            case .snoozed: "= 'snoozed'"
            case .done: "= 'done'"
            }
        return try db.first(
            """
            SELECT coalesce(sum(\(Self.isUnread)), 0), coalesce(sum(c.files > 0), 0) FROM (
              SELECT c.id, c.arrived, c.files FROM conversation c WHERE is_other = \(view == .other ? 1 : 0)
                AND state \(state) \(Self.narrowed(view)) \(try visible(to: staff, "?1"))
              ORDER BY latest DESC LIMIT \(Self.lookedThrough)) c
            LEFT JOIN seen ON seen.conversation = c.id AND seen.staff = ?1
            """, staff.rawValue
        ) { ($0.int(0), $0.int(1)) } ?? (0, 0)
    }
}
