internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// Plans what becomes of a message's parts, and carries the plan out in the store.
struct Filing {
    let transaction: StoreTransaction
    let decider: Decider
    let now: Timestamp

    func plan(_ facts: [PartFacts], _ context: FilingContext, history: HistoryMode) throws -> [PartPlan] {
        var settings = decider.rules.filing
        settings.history = history
        return FilingPlan(settings).plan(context, facts) { folder, key in
            // What can't be asked counts as taken: then another name is tried, and nothing overwritten.
            context.account.map { (try? isTaken(key, in: folder, of: $0)) ?? true } ?? false
        }
    }

    /// The plan for a part that staff file where they like.
    func plan(_ part: PartFacts, into folder: Destination, account: AccountID?) throws -> PartPlan {
        guard let account, let known = decider.directory.accounts[account] else {
            preconditionFailure("staff file into an account")
        }
        if let document = part.alreadyFiled {
            return PartPlan(
                part.section, .duplicate, because: "the same content is filed in this account",
                sameAs: .document(document))
        }
        let name = freeName(SafeName.file(part.name, part.typeForName), in: folder.folder, of: known)
        return PartPlan(
            part.section, .filed, because: "filed by staff",
            destination: Destination(folder: folder.folder, name: name, access: folder.access))
    }

    /// The name itself, or with the number that makes it free in that folder.
    func freeName(_ name: String, in folder: FolderPath, of account: Account) -> String {
        SafeName.unique(name) { key in (try? isTaken(key, in: folder, of: account)) ?? true }
    }

    /// Whether the account's owner said that mail from before the first start is to be filed.
    func isHistoryReleased(_ account: AccountID?) throws -> Bool {
        guard let account else { return false }
        return try transaction.isHistoryReleased(of: account) ?? false
    }

    /// Asks the store, not the directory: the message before this one may have made the folder.
    private func isTaken(_ key: String, in folder: FolderPath, of account: Account) throws -> Bool {
        guard let known = try transaction.folder(named: folder.top, of: account.id) else { return false }
        return try transaction.isNameTaken(
            key, path: folder.components.dropFirst().joined(separator: "/"), folder: known,
            account: account.id)
    }

    /// Records the document a plan speaks of; returns it, new or filed earlier.
    func carryOut(
        _ plan: PartPlan, _ facts: PartFacts, account: AccountID?, message: MessageNumber,
        documents: inout [Section: DocumentID], isStored: Bool
    ) throws -> DocumentID? {
        if let destination = plan.destination {
            guard let account else { preconditionFailure("what is filed has an account") }
            guard isStored else {
                throw StoreError(
                    .invalid,
                    "part \(facts.section) of message \(message) is text of the message, and no file")
            }
            let document = try transaction.planDocument(
                content: facts.sha256, octets: facts.bytes, account: account, destination: destination,
                origin: (message, facts.section), now: now)
            documents[facts.section] = document
            return document
        }
        switch plan.sameAs {
        case .document(let document): return document
        case .part(let section): return documents[section]
        case nil: return nil
        }
    }
}
