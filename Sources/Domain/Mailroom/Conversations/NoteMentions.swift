internal import Text

/// Finds whom a note calls: `@jana`, `@Jana`, `@Jana Vogt`.
package struct NoteMentions: Sendable {
    private let names: [(key: String, staff: StaffID)]

    /// - Parameter members: who can be called; of two with one first name neither is by it alone.
    package init(_ members: [StaffMember]) {
        let firsts = members.map { Self.firstName($0).nameKey }
        names = members.enumerated().flatMap { index, member -> [(key: String, staff: StaffID)] in
            var keys = [member.name.nameKey, member.login.nameKey]
            if firsts.filter({ $0 == firsts[index] }).count == 1 { keys.append(firsts[index]) }
            return keys.filter { !$0.isEmpty }.map { ($0, member.id) }
        }.sorted { $0.key.count > $1.key.count }
    }

    /// A piece of a note.
    package enum Piece: Hashable, Sendable {
        case text(String)
        case mention(String, StaffID)
    }

    package func named(in text: String) -> [StaffID] {
        var found: [StaffID] = []
        for case .mention(_, let staff) in pieces(of: text) where !found.contains(staff) {
            found.append(staff)
        }
        return found
    }

    package func pieces(of text: String) -> [Piece] {
        var pieces: [Piece] = []
        var plain = ""
        var rest = Substring(text)
        while let first = rest.first {
            if first == "@", !(plain.last?.isLetter ?? false), let (words, staff) = mention(rest.dropFirst())
            {
                if !plain.isEmpty { pieces.append(.text(plain)) }
                plain = ""
                pieces.append(.mention("@" + words, staff))
                rest = rest.dropFirst(words.count + 1)
            } else {
                plain.append(first)
                rest.removeFirst()
            }
        }
        if !plain.isEmpty { pieces.append(.text(plain)) }
        return pieces
    }

    /// The longest name that stands here as a whole word; a Japanese sentence goes on without a space.
    private func mention(_ text: Substring) -> (String, StaffID)? {
        for (key, staff) in names {
            let words = text.prefix(key.count)
            guard String(words).nameKey == key else { continue }
            let next = text.dropFirst(words.count).first
            if let next, next.isLetter || next.isNumber, next.isASCII || words.last?.isASCII == true,
                next.unicodeScalars.allSatisfy({ $0.value < 0x2E80 })
            {
                continue
            }
            return (String(words), staff)
        }
        return nil
    }

    private static func firstName(_ member: StaffMember) -> String {
        String(member.name.prefix { !$0.isWhitespace })
    }
}
