internal import Mail
internal import Mailroom
internal import SQLite

/// What a query asks of the conversation a message stands in: shared state, assignee, one's own unread.
///
/// It changes by a click, so it is no matter of the index: it is asked of
/// the tables for each message that the words found.
struct ConversationFilter {
    /// Follows the WHERE of messages `m` in conversations `c`; `?4` is who looks, `?6` the colleague.
    private(set) var condition = ""
    private(set) var colleague: Int64?
    private let state: SearchQuery.State?

    init(_ query: SearchQuery, _ names: ResolvedNames) {
        state = query.state
        if let state = query.state { condition += " AND c.state = '\(state.rawValue)'" }
        switch query.assignee {
        case nil: break
        case .nobody: condition += " AND c.id IS NOT NULL AND c.assigned IS NULL"
        case .me: condition += " AND c.assigned = ?4"
        case .staff:
            condition += " AND c.assigned = ?6"
            colleague = names.colleague
        }
        if let isUnread = query.isUnread {
            condition += " AND c.id IS NOT NULL AND \(isUnread ? "" : "NOT ")(\(Self.isUnread))"
        }
    }

    /// Before this entry there is none: what is open or waits is of late, and done is nearly everything.
    func oldest(in db: Connection) throws(SQLiteError) -> Int64 {
        guard let state, state != .done else { return 0 }
        let first = try db.first(
            "SELECT min(first) FROM conversation WHERE is_other IN (0, 1) AND state = ?", state.rawValue
        ) { $0.optionalInteger(0) }
        guard let first = first ?? nil else { return .max }
        return EntryOrder.first(at: Timestamp(milliseconds: first))
    }

    /// As ``StoreTransaction/isUnread`` has it, of the person `?4`.
    private static let isUnread = """
        c.arrived > coalesce((SELECT at FROM seen WHERE conversation = c.id AND staff = ?4),
          (SELECT created FROM staff WHERE id = ?4), \(Int64.max))
        """
}
