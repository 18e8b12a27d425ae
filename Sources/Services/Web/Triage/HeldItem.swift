internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// Where something would go, and whether the client would see it there.
struct Prospect: Hashable, Sendable {
    let folder: FolderPath
    let access: Access
    let files: Int
}

/// What one answer is given for: everything of one sender that waits for the same reason.
struct HeldItem: Sendable {
    let kind: HeldKind
    var messages: [HeldMessage]
    /// Where each answer would lead; the account of nobody is the message's own.
    var prospects: [AccountID: Prospect] = [:]
    /// How many passwords are remembered for the account's files.
    var passwords = 0

    var first: HeldMessage { messages[0] }
    var parts: [HeldPart] { messages.flatMap(\.parts) }
    /// What one password could open.
    var locked: [HeldPart] { parts.filter(\.isLocked) }

    /// Whose it could be: its own, or those that are offered.
    var choices: [AccountChoice] {
        if let account = first.account { return [account] }
        return Array(first.choices.prefix(9))
    }

    /// The same for as long as it waits.
    var id: String { "\(kind)-\(first.number)" }

    private struct Key: Hashable {
        let kind: HeldKind
        let sender: String
        let account: AccountChoice?
        let choices: [AccountChoice]
    }

    /// By kind, then in the order that the messages have.
    static func items(_ messages: [HeldMessage]) -> [HeldItem] {
        var order: [Key] = []
        var byKey: [Key: HeldItem] = [:]
        for message in messages {
            for kind in HeldKind.allCases {
                var some = message
                some.parts.removeAll { HeldKind($0.reason) != kind }
                guard !some.parts.isEmpty else { continue }
                let key = Key(
                    kind: kind, sender: message.fromKey ?? "\(message.number)", account: message.account,
                    choices: message.choices)
                if byKey[key] == nil { order.append(key) }
                byKey[key, default: HeldItem(kind: kind, messages: [])].messages.append(some)
            }
        }
        return HeldKind.allCases.flatMap { kind in
            order.filter { $0.kind == kind }.compactMap { byKey[$0] }
        }
    }

    /// The same with what every answer would do, as far as the first message tells.
    func foreseen(_ foresee: TriageDeeds.Foreseen, _ transaction: StoreTransaction) throws -> HeldItem {
        var item = self
        if kind == .encrypted, let account = first.account {
            item.passwords = try transaction.filePasswords(of: account.id).count
        }
        for choice in choices where kind.isFilable {
            let plans = try foresee(transaction, first.number, choice.id, kind != .ambiguous)
            let sections = Set(first.parts.map(\.section))
            let filed = plans.filter { sections.contains($0.section) }.compactMap(\.destination)
            if let destination = filed.first {
                item.prospects[choice.id] = Prospect(
                    folder: destination.folder, access: destination.access, files: filed.count)
            }
        }
        return item
    }
}
