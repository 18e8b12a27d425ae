internal import Daemon
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// `mailroom account import FILE.csv`: accounts and contacts from a table, all of it or nothing. INTERFACES.md.
///
/// Accounts are met again by their numbers and get what the table says;
/// addresses are added, and nothing is ever removed.
enum AccountImport {
    /// What became of one account, or would.
    struct Change: Sendable {
        let number: AccountNumber
        let name: String
        let isNew: Bool
        var isChanged = false
        var addresses = 0
        var known = 0
    }

    /// Rows that contradict what the store knows.
    private struct Refused: Error {
        let mistakes: [AccountTable.Mistake]
    }

    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let path = invocation.arguments.operands[0]
        let table = AccountTable(invocation.file ?? [], desk.configuration)
        guard table.mistakes.isEmpty else { return complain(table.mistakes, path, invocation) }
        let isTrial = invocation.arguments.has("--dry-run")
        let (actor, now, language) = (invocation.actor, desk.now, desk.office.language)
        let configuration = desk.configuration
        let folders = Dictionary(
            uniqueKeysWithValues: Text.Language.allCases.map {
                ($0, AccountFolders(configuration, $0).folders)
            })
        let deed: @Sendable (StoreTransaction) throws -> [Change] = { transaction in
            var importing = Importing(
                transaction: transaction, actor: actor, now: now, language: language, folders: folders)
            for row in table.rows { try importing.take(row) }
            guard importing.mistakes.isEmpty else { throw Refused(mistakes: importing.mistakes) }
            return importing.changes
        }
        let changes: [Change]
        do {
            changes = try await isTrial ? desk.store.trial(deed) : desk.store.write(deed)
        } catch let error as Refused {
            return complain(error.mistakes, path, invocation)
        }
        if !isTrial {
            for change in changes where change.isNew {
                try await desk.office.makeDirectories(of: try await desk.account(change.number.text).id)
            }
        }
        tell(changes, isTrial: isTrial, invocation)
        return .ok
    }

    private static func complain(
        _ mistakes: [AccountTable.Mistake], _ path: String, _ invocation: Invocation
    ) -> ExitCode {
        for mistake in mistakes {
            if invocation.json {
                invocation.output.print(
                    ["line": JSON(mistake.line), "error": .string(mistake.reason)])
            } else {
                invocation.output.complain("\(path):\(mistake.line): \(mistake.reason)".shown)
            }
        }
        if !invocation.json {
            let rows = Set(mistakes.map(\.line)).count
            invocation.output.complain("\(counted(rows, "bad row")); nothing was imported")
        }
        return .badData
    }

    private static func tell(_ changes: [Change], isTrial: Bool, _ invocation: Invocation) {
        for change in changes {
            if invocation.json {
                invocation.output.print(
                    [
                        "number": .string(change.number.text), "name": .string(change.name),
                        "action": .string(change.isNew ? "add" : change.isChanged ? "change" : "keep"),
                        "addresses_added": JSON(change.addresses), "addresses_known": JSON(change.known),
                        "dry_run": JSON(isTrial),
                    ])
            } else if change.isNew || change.isChanged || change.addresses > 0 {
                let sign = change.isNew ? "+" : "~"
                let added =
                    change.addresses > 0 ? ": " + counted(change.addresses, "address", "addresses") : ""
                invocation.output.print("\(sign) \(change.number) \(change.name.shown)\(added)")
            }
        }
        guard !invocation.json else { return }
        let added = changes.count(where: \.isNew)
        let changed = changes.count { !$0.isNew && ($0.isChanged || $0.addresses > 0) }
        let addresses = changes.reduce(0) { $0 + $1.addresses }
        let known = changes.reduce(0) { $0 + $1.known }
        invocation.output.print(
            "\(counted(added, "account")) added, \(changed) changed, \(changes.count - added - changed) as before; "
                + "\(counted(addresses, "address", "addresses")) added, \(known) known already"
                + (isTrial ? ". Nothing was written: this was a dry run." : ""))
    }
}

/// An import within its transaction.
private struct Importing {
    let transaction: StoreTransaction
    let actor: String
    let now: Timestamp
    /// Of accounts that name none.
    let language: Text.Language
    let folders: [Text.Language: [NewFolder]]
    var mistakes: [AccountTable.Mistake] = []
    var changes: [AccountImport.Change] = []
    private var places: [AccountNumber: (index: Int, id: AccountID)] = [:]
    private var guests: [String: AccountNumber] = [:]

    init(
        transaction: StoreTransaction, actor: String, now: Timestamp, language: Text.Language,
        folders: [Text.Language: [NewFolder]]
    ) {
        self.transaction = transaction
        self.actor = actor
        self.now = now
        self.language = language
        self.folders = folders
    }

    mutating func take(_ row: AccountTable.Row) throws {
        do {
            let (index, id) = try account(of: row)
            guard let address = row.address else { return }
            if try transaction.addAddress(address, to: id).isNew {
                changes[index].addresses += 1
                try transaction.audit(
                    "contact.add", by: actor, account: id.rawValue, subject: address.address.description,
                    detail: "imported", at: now)
            } else {
                changes[index].known += 1
            }
        } catch let error as StoreError where error.code == .conflict {
            mistakes.append(AccountTable.Mistake(line: row.line, reason: error.words))
        }
    }

    private mutating func account(of row: AccountTable.Row) throws -> (index: Int, id: AccountID) {
        let number = try number(of: row)
        if let place = places[number] { return place }
        if let other = try transaction.accountNumber(like: number), other != number.text {
            throw StoreError(.conflict, "there is an account \(other) already: case alone tells them apart")
        }
        let place: (index: Int, id: AccountID)
        if let id = try transaction.accountID(number) {
            place = (changes.count, id)
            changes.append(try change(id, number, row))
        } else {
            let spoken = row.language ?? language
            let id = try transaction.addAccount(
                NewAccount(number: number, type: row.type ?? .client, name: row.name, language: spoken),
                folders: folders[spoken] ?? [], by: actor, now: now)
            place = (changes.count, id)
            changes.append(AccountImport.Change(number: number, name: row.name, isNew: true))
        }
        places[number] = place
        return place
    }

    /// A guest without a number is the guest of that name, or gets the next.
    private mutating func number(of row: AccountTable.Row) throws -> AccountNumber {
        if let number = row.number { return number }
        let number =
            try guests[row.name] ?? transaction.guestAccount(named: row.name) ?? transaction.nextGuestNumber()
        guests[row.name] = number
        return number
    }

    private func change(
        _ id: AccountID, _ number: AccountNumber, _ row: AccountTable.Row
    ) throws -> AccountImport.Change {
        var change = AccountImport.Change(number: number, name: row.name, isNew: false)
        guard let known = try transaction.account(id) else { return change }
        let name = known.name == row.name ? nil : row.name
        let type = known.type == row.type ? nil : row.type
        let spoken = known.language == row.language ? nil : row.language
        if type == .guest, known.contacts > 0 {
            throw StoreError(.conflict, "account \(number) has contacts, and a guest account has none")
        }
        change.isChanged = name != nil || type != nil || spoken != nil
        if change.isChanged {
            try transaction.editAccount(
                id, name: name, type: type, language: spoken, filing: nil, assigned: nil, by: actor, now: now)
        }
        return change
    }
}
