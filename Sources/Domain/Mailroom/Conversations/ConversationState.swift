/// The number of a conversation: `/c/12`.
package struct ConversationID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: Int64
    package init(_ rawValue: Int64) { self.rawValue = rawValue }
    package var description: String { "\(rawValue)" }

    package static func < (left: ConversationID, right: ConversationID) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// Whose turn it is: the same for everybody. PRODUCT.md section 5.
package enum ConversationState: String, Hashable, Sendable, CaseIterable {
    /// It is ours.
    case open
    /// It is the client's.
    case waiting
    /// Nobody's until its time comes, or the client writes again.
    case snoozed
    case done
}

/// What an entry does to the conversation that it joins, or begins.
package enum ConversationEffect: Hashable, Sendable {
    /// Somebody wrote to us: open again, and unread.
    case asks
    /// We wrote: what was open waits for the client.
    case answers
    /// We asked for something: a conversation that begins with it waits at once.
    case asksClient
    /// It is only shown: history, a machine's answer, a receipt.
    case shows

    /// - Parameter before: nil where the conversation begins with it.
    /// - Returns: the state after it.
    package func state(after before: ConversationState?) -> ConversationState {
        switch self {
        case .asks: .open
        case .answers: before == .open ? .waiting : before ?? .done
        case .asksClient: before == .open || before == nil ? .waiting : before ?? .waiting
        case .shows: before ?? .done
        }
    }
}
