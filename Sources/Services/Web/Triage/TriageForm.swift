internal import HTTP
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// What a form of triage names, as far as the person may see it; the rest does not exist.
struct TriageForm {
    let visit: Visit
    let items: FormItems

    init(_ visit: Visit, _ items: FormItems) {
        self.visit = visit
        self.items = items
    }

    private static let most = 500

    /// Parts as `12:2.1`.
    func parts() async throws -> [FilingOrder.Part] {
        let parts = items.all("part").compactMap { text -> FilingOrder.Part? in
            let pieces = text.split(separator: ":", maxSplits: 1).map(String.init)
            guard pieces.count == 2, let number = Int64(pieces[0]), number > 0 else { return nil }
            return FilingOrder.Part(MessageNumber(number), Section(pieces[1]))
        }
        guard !parts.isEmpty, parts.count <= Self.most else { throw PageError.badRequest }
        try await check(Set(parts.map(\.message)))
        return parts
    }

    func check(_ messages: Set<MessageNumber>) async throws {
        let staff = visit.staff
        let isVisible = try await visit.read { transaction in
            try messages.allSatisfy { try transaction.heldMessage($0, for: staff) != nil }
        }
        guard isVisible else { throw PageError.notFound }
    }

    /// Nil where the form names none.
    func account() async throws -> AccountID? {
        guard let text = items["account"], !text.isEmpty else { return nil }
        guard let number = Int64(text) else { throw PageError.badRequest }
        let (id, staff) = (AccountID(number), visit.staff)
        guard try await visit.read({ try $0.accountChoice(id, for: staff) }) != nil else {
            throw PageError.notFound
        }
        return id
    }

    /// A folder of the account, with what is below it; nil: by the rules.
    func folder(of account: AccountID?) async throws -> FolderPath? {
        guard let account, let text = items["folder"], !text.isEmpty else { return nil }
        let components = text.split(separator: "/").map { SafeName.directory(String($0)) }
        let tops = try await visit.read { try $0.folders(of: account) }.map(\.folder.name)
        guard let first = components.first,
            let top = tops.first(where: { SafeName.key($0) == SafeName.key(first) })
        else { throw PageError.badRequest }
        return FolderPath([top] + components.dropFirst())
    }

    /// The page it was sent from; one of ours.
    func back(_ path: String) -> String { ReturnPath.local(items["back"]) ?? path }

    /// The path that takes back a word; nil for more than an address can hold.
    static func undo(
        _ messages: [MessageNumber], _ documents: [DocumentID], address: String? = nil,
        account: AccountID? = nil
    ) -> String? {
        guard messages.count + documents.count <= 100 else { return nil }
        var query = messages.map { FormItems.Item("message", "\($0)") }
        query += documents.map { FormItems.Item("document", "\($0.rawValue)") }
        if let address, let account {
            query += [FormItems.Item("sender", address), FormItems.Item("account", "\(account.rawValue)")]
        }
        return "/held/undo?" + FormItems(query).urlEncoded
    }
}
