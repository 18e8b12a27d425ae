internal import Mail
package import Mailroom
internal import Synchronization

/// Who has which conversation open just now, so that nobody answers twice.
///
/// Only in memory: a page says every twenty seconds that it is still there,
/// and who has not for a while is gone.
package final class Presence: Sendable {
    package struct Person: Sendable, Hashable {
        package let staff: StaffID
        package let name: String
        package let isWriting: Bool
    }

    private struct Beat {
        var person: Person
        var until: Int64
    }

    /// Two beats may be lost.
    private static let lasts: Int64 = 50_000
    private let beats = Mutex<[ConversationID: [StaffID: Beat]]>([:])

    /// - Returns: whether anybody's page shows something else now.
    func beat(_ member: StaffMember, in id: ConversationID, isWriting: Bool, isLeaving: Bool, now: Timestamp)
        -> Bool
    {
        beats.withLock { beats in
            let before = beats[id] ?? [:]
            var after = before.filter { $0.value.until > now.milliseconds }
            if isLeaving {
                after[member.id] = nil
            } else {
                let person = Person(staff: member.id, name: member.name, isWriting: isWriting)
                after[member.id] = Beat(person: person, until: now.milliseconds + Self.lasts)
            }
            beats[id] = after.isEmpty ? nil : after
            return before.mapValues(\.person) != after.mapValues(\.person)
        }
    }

    /// Everybody else who is there, by name.
    func others(in id: ConversationID, than staff: StaffID, now: Timestamp) -> [Person] {
        beats.withLock { beats in
            (beats[id] ?? [:]).values.filter { $0.until > now.milliseconds && $0.person.staff != staff }
                .map(\.person).sorted { ($0.name, $0.staff) < ($1.name, $1.staff) }
        }
    }
}
