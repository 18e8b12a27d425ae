internal import Mail

/// A Message-ID that can stand in a header field.
///
/// What others wrote may hold spaces or brackets; answering them, such an id
/// is left out, for half of one would name nothing. RFC 5322 section 3.6.4.
struct WrittenMessageID: Hashable, Sendable {
    let text: String

    private static let longest = 250
    /// Of a long conversation: the message that began it, and the last ones.
    private static let most = 30

    init?(_ id: MessageID) {
        guard id.rawValue.utf8.count <= Self.longest,
            id.rawValue.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 60 && $0 != 62 })
        else { return nil }
        text = id.rawValue
    }

    static func list(_ ids: [MessageID]) -> [WrittenMessageID] {
        let usable = ids.compactMap(WrittenMessageID.init)
        guard usable.count > most, let first = usable.first else { return usable }
        return [first] + usable.suffix(most - 1)
    }
}
