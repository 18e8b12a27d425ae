internal import Mail
internal import Mailroom
internal import SQLite

/// The row of a conversation, whole.
struct ConversationRecord {
    var id: ConversationID
    var account: Int64?
    var counterpart: String?
    var source: String?
    var subject: String
    var subjectKey: String
    var state: ConversationState
    var until: Int64?
    var assigned: Int64?
    var first: Int64
    var latest: Int64
    var heard: Int64?
    var arrived: Int64
    var people: String
    var snippet: String
    var direction: String
    var files: Int
    var isOther: Bool

    static let columns = """
        c.id, c.account, c.counterpart, c.source, c.subject, c.subject_key, c.state, c.until, c.assigned, c.first,
        c.latest, c.heard, c.arrived, c.people, c.snippet, c.direction, c.files, c.is_other
        """

    static func read(_ row: Row) -> ConversationRecord {
        ConversationRecord(
            id: ConversationID(row.integer(0)), account: row.optionalInteger(1),
            counterpart: row.optionalText(2), source: row.optionalText(3), subject: row.text(4),
            subjectKey: row.text(5), state: ConversationState(rawValue: row.text(6)) ?? .open,
            until: row.optionalInteger(7), assigned: row.optionalInteger(8), first: row.integer(9),
            latest: row.integer(10), heard: row.optionalInteger(11), arrived: row.integer(12),
            people: row.text(13), snippet: row.text(14), direction: row.text(15), files: row.int(16),
            isOther: row.bool(17))
    }

    var candidate: ConversationRule.Candidate {
        ConversationRule.Candidate(
            id: id, account: account.map { AccountID($0) }, counterpart: counterpart, subjectKey: subjectKey,
            first: Timestamp(milliseconds: first), latest: Timestamp(milliseconds: latest))
    }
}

/// A message as far as its conversation depends on it.
struct ConversationEntry {
    var account: Int64?
    var counterpart: String?
    var people: String
    var subject: String
    /// What it answers, the nearest first.
    var names: [String]
    var received: Int64
    var direction: Direction
    var effect: ConversationEffect
    var isOther: Bool
    var snippet: String
    var source: String?

    var ruled: ConversationRule.Entry {
        ConversationRule.Entry(
            account: account.map { AccountID($0) }, counterpart: counterpart,
            subjectKey: ConversationRule.subjectKey(subject), received: Timestamp(milliseconds: received))
    }
}

extension ConversationRecord {
    /// A conversation that begins with this.
    init(_ entry: ConversationEntry, subjectKey: String, now: Int64) {
        self.init(
            id: ConversationID(0), account: entry.account, counterpart: entry.counterpart,
            source: entry.source, subject: entry.subject, subjectKey: subjectKey,
            state: entry.effect.state(after: nil), until: nil, assigned: nil, first: entry.received,
            latest: entry.received, heard: entry.direction == .incoming ? entry.received : nil,
            arrived: entry.effect == .asks && !entry.isOther ? now : 0, people: entry.people,
            snippet: entry.snippet,
            direction: entry.direction.rawValue, files: 0, isOther: entry.isOther)
    }

    /// As it is after one more.
    mutating func add(_ entry: ConversationEntry, now: Int64) {
        // A server tells the second alone; within one, what came later is the newer.
        let isNewest = entry.received / 1000 >= latest / 1000
        // An answer of ours that is older than their last word closes nothing.
        if entry.effect != .answers || entry.received >= heard ?? 0 {
            let next = entry.effect.state(after: state)
            if next != state { until = nil }
            state = next
        }
        if entry.effect == .asks, !entry.isOther { arrived = max(now, arrived + 1) }
        isOther = isOther && entry.isOther
        first = min(first, entry.received)
        if isNewest {
            latest = max(latest, entry.received)
            subject = entry.subject.isEmpty ? subject : entry.subject
            snippet = entry.snippet
            direction = entry.direction.rawValue
        }
        if entry.direction == .incoming {
            if entry.received >= heard ?? .min, !entry.people.isEmpty { people = entry.people }
            heard = max(heard ?? .min, entry.received)
        }
        if source != entry.source, entry.source != nil { source = nil }
    }
}
