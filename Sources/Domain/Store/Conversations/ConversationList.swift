package import Mail
package import Mailroom
internal import SQLite

/// Which conversations a list shows. `/?view=…`.
package enum ConversationView: String, Hashable, Sendable, CaseIterable {
    case open, mine, unassigned, waiting, snoozed, done, all, other
}

/// What of a view: `tab=…`.
package enum ConversationTab: String, Hashable, Sendable, CaseIterable {
    case every, unread, files
}

/// A conversation as a list shows it.
package struct ConversationRow: Sendable, Hashable {
    package let id: ConversationID
    package let account: AccountID?
    package let accountNumber: String?
    package let accountName: String?
    package let subject: String
    package let people: String
    package let snippet: String
    package let direction: Direction
    package let state: ConversationState
    package let until: Timestamp?
    package let assigned: StaffID?
    package let assignedName: String?
    package let latest: Timestamp
    /// What ``StoreTransaction/markRead(_:by:upTo:)`` is told.
    package let arrived: Int64
    package let files: Int
    package let isOther: Bool
    package let isUnread: Bool

    package var cursor: ConversationCursor {
        ConversationCursor(latest: latest.milliseconds, id: id.rawValue)
    }
}

/// Where in a list a page ends; the next begins behind it.
package struct ConversationCursor: Hashable, Sendable, CustomStringConvertible {
    let latest: Int64
    let id: Int64

    init(latest: Int64, id: Int64) {
        self.latest = latest
        self.id = id
    }

    /// As an address carries it.
    package init?(_ text: String) {
        let numbers = text.split(separator: "-").compactMap { Int64($0) }
        guard numbers.count == 2 else { return nil }
        self.init(latest: numbers[0], id: numbers[1])
    }

    package var description: String { "\(latest)-\(id)" }
}

extension StoreTransaction {
    /// A page of a view, newest first.
    ///
    /// - Parameter staff: whose view it is; nil sees everything, and has read everything.
    package func conversations(
        _ view: ConversationView, _ tab: ConversationTab = .every, for staff: StaffID?,
        after cursor: ConversationCursor? = nil, limit: Int = 50
    ) throws -> [ConversationRow] {
        let states: [ConversationState] =
            switch view {
            case .open, .mine, .unassigned, .other: [.open]
            case .waiting: [.waiting]
            case .snoozed: [.snoozed]
            case .done: [.done]
            case .all: ConversationState.allCases
            }
        // Each state is one walk along the index; several are merged here.
        let rows = try states.flatMap { try walk($0, view, tab, staff, cursor, limit) }
        return Array(rows.sorted { ($0.latest, $0.id) > ($1.latest, $1.id) }.prefix(limit))
    }

    private func walk(
        _ state: ConversationState, _ view: ConversationView, _ tab: ConversationTab, _ staff: StaffID?,
        _ cursor: ConversationCursor?, _ limit: Int
    ) throws -> [ConversationRow] {
        try db.rows(
            """
            SELECT \(Self.rowColumns) FROM (
              SELECT * FROM conversation c WHERE c.is_other = ?5 AND c.state = '\(state.rawValue)'
                \(Self.narrowed(view)) \(tab == .files ? "AND c.files > 0" : "")
                AND (c.latest, c.id) < (?2, ?3) \(try visible(to: staff, "?1"))
              ORDER BY c.latest DESC, c.id DESC LIMIT \(tab == .unread ? "\(Self.lookedThrough)" : "?4")) c
            \(Self.rowJoins) \(tab == .unread ? "WHERE \(Self.isUnread)" : "") ORDER BY c.latest DESC, c.id DESC LIMIT ?4
            """, staff?.rawValue, cursor?.latest ?? Int64.max, cursor?.id ?? Int64.max, limit, view == .other,
            read: Self.row)
    }

    /// Unread is looked for among so many of the newest: a walk without an end would make the page wait.
    static let lookedThrough = 2000

    /// One conversation; nil where there is none, or this person may not see it.
    package func conversation(_ id: ConversationID, for staff: StaffID?) throws -> ConversationRow? {
        try db.first(
            """
            SELECT \(Self.rowColumns) FROM conversation c \(Self.rowJoins)
            WHERE c.id = ?2 \(try visible(to: staff, "?1"))
            """, staff?.rawValue, id.rawValue, read: Self.row)
    }

    /// An account's conversations, newest first: its *Email* tab; others in which it got a copy, too.
    package func conversations(
        of account: AccountID, for staff: StaffID?, after cursor: ConversationCursor? = nil, limit: Int = 50
    ) throws -> [ConversationRow] {
        // Two walks, each along its index, for one with OR would sort all that the account ever had.
        let shown = """
            AND (c.latest, c.id) < (?3, ?4) \(try visible(to: staff, "?1")) ORDER BY c.latest DESC, c.id DESC LIMIT ?5
            """
        return try db.rows(
            """
            SELECT \(Self.rowColumns) FROM (
              SELECT * FROM (SELECT * FROM conversation c WHERE c.account = ?2 \(shown))
              UNION ALL SELECT * FROM (SELECT * FROM conversation c WHERE c.account IS NOT ?2 AND c.id IN (
                SELECT message.conversation FROM mention JOIN message ON message.id = mention.message
                WHERE mention.account = ?2) \(shown))) c
            \(Self.rowJoins) ORDER BY c.latest DESC, c.id DESC LIMIT ?5
            """, staff?.rawValue, account.rawValue, cursor?.latest ?? Int64.max, cursor?.id ?? Int64.max,
            limit, read: Self.row)
    }

    private static let rowColumns = """
        c.id, c.account, account.number, account.name, c.subject, c.people, c.snippet, c.direction, c.state, c.until,
        c.assigned, staff.name, c.latest, c.arrived, c.files, c.is_other, \(isUnread)
        """
    /// `?1` is the person; nobody's own state is read.
    static let isUnread =
        "c.arrived > coalesce(seen.at, (SELECT created FROM staff WHERE id = ?1), \(Int64.max))"
    private static let rowJoins = """
        LEFT JOIN account ON account.id = c.account LEFT JOIN staff ON staff.id = c.assigned
        LEFT JOIN seen ON seen.conversation = c.id AND seen.staff = ?1
        """

    static func narrowed(_ view: ConversationView) -> String {
        switch view {
        case .mine: "AND c.assigned = ?1"
        case .unassigned: "AND c.assigned IS NULL"
        case .open, .waiting, .snoozed, .done, .all, .other: ""
        }
    }

    /// What one may not see does not exist for him; where nothing is hidden from him nothing is asked.
    func visible(to staff: StaffID?, _ name: String) throws -> String {
        guard let staff else { return "" }
        var words = ""
        if try db.exists("SELECT 1 FROM hidden_account WHERE staff = ?", staff.rawValue) {
            words = """
                AND (c.account IS NULL
                  OR c.account NOT IN (SELECT account FROM hidden_account WHERE staff = \(name)))
                """
        }
        if try db.exists("SELECT 1 FROM hidden_source WHERE staff = ?", staff.rawValue) {
            words += """
                 AND (c.source IS NULL
                  OR c.source NOT IN (SELECT source FROM hidden_source WHERE staff = \(name)))
                """
        }
        return words
    }

    private static func row(_ row: Row) -> ConversationRow {
        ConversationRow(
            id: ConversationID(row.integer(0)), account: row.optionalInteger(1).map { AccountID($0) },
            accountNumber: row.optionalText(2), accountName: row.optionalText(3), subject: row.text(4),
            people: row.text(5), snippet: row.text(6),
            direction: Direction(rawValue: row.text(7)) ?? .incoming,
            state: ConversationState(rawValue: row.text(8)) ?? .open,
            until: row.optionalInteger(9).map { Timestamp(milliseconds: $0) },
            assigned: row.optionalInteger(10).map { StaffID($0) }, assignedName: row.optionalText(11),
            latest: Timestamp(milliseconds: row.integer(12)), arrived: row.integer(13), files: row.int(14),
            isOther: row.bool(15), isUnread: row.bool(16))
    }
}
