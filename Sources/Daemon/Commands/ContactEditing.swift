internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// `mailroom contact edit`, `move` and `remove`: what was filed stays where it is.
enum ContactEditing {
    static func edit(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let known = try await addresses(arguments.operands[0], desk)
        let name = arguments.value("--name")
        guard name.map({ !$0.isEmpty && $0 == $0.shown }) ?? true else {
            throw CommandFailure(.usage, "a contact needs a name, in one line")
        }
        let kind = try arguments.word("--kind", ContactKind.self)
        let switches = try switches(arguments.value("--switches"))
        let isPrimary = arguments.has("--primary")
        let hasNoPrimary = arguments.has("--no-primary")
        guard name != nil || kind != nil || switches != nil || isPrimary || hasNoPrimary else {
            throw CommandFailure(.usage, "nothing to change is given: mailroom contact edit --help")
        }
        guard !(isPrimary && hasNoPrimary) else {
            throw CommandFailure(.usage, "--primary and --no-primary contradict each other")
        }
        let entry = switches != nil || isPrimary ? try one(of: known, arguments.value("--account")) : known[0]
        let (actor, now) = (invocation.actor, desk.now)
        try await desk.store.write { transaction in
            if name != nil || kind != nil {
                try transaction.editContact(entry.contact, name: name, kind: kind)
            }
            if let switches, let address = EmailAddress(entry.address), let key = AddressKey(address) {
                try transaction.setAddress(
                    address, key: key, of: entry.contact, account: entry.account, switches: switches)
            }
            if isPrimary { try transaction.setPrimary(entry.account, of: entry.contact) }
            if hasNoPrimary { try transaction.setPrimary(nil, of: entry.contact) }
            let changes = [
                name.map { "name: \($0)" }, kind.map { "kind: \($0.rawValue)" },
                switches.map { "switches: \($0)" }, isPrimary ? "primary" : nil,
                hasNoPrimary ? "no primary account" : nil,
            ].compactMap { $0 }
            try transaction.audit(
                "contact.edit", by: actor, account: entry.account.rawValue, subject: entry.address,
                detail: changes.joined(separator: ", "), at: now)
        }
        return try await show(arguments.operands[0], "is changed", invocation, desk)
    }

    static func move(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let known = try await addresses(arguments.operands[0], desk)
        guard let target = arguments.value("--to") else {
            throw CommandFailure(.usage, "--to N is missing: the account it speaks for from now on")
        }
        let account = try await desk.account(target)
        guard account.type != .guest else {
            throw CommandFailure(
                .badData, "account \(account.number) is a guest’s, and a guest account has no contacts")
        }
        let entry = try one(of: known, arguments.value("--from"), option: "--from")
        guard entry.account != account.id else {
            throw CommandFailure(.badData, "\(entry.address) speaks for \(account.number) already")
        }
        let (actor, now) = (invocation.actor, desk.now)
        try await desk.store.write { transaction in
            try transaction.moveContact(entry.contact, from: entry.account, to: account.id)
            try transaction.audit(
                "contact.move", by: actor, account: account.id.rawValue, subject: entry.address,
                detail: "from \(entry.accountNumber) to \(account.number)", at: now)
        }
        return try await show(arguments.operands[0], "speaks for \(account.number) now", invocation, desk)
    }

    static func remove(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let text = invocation.arguments.operands[0]
        var known = try await addresses(text, desk)
        if let number = invocation.arguments.value("--account") { known = [try one(of: known, number)] }
        let entries = known
        let (actor, now) = (invocation.actor, desk.now)
        try await desk.store.write { transaction in
            for entry in entries {
                try transaction.removeContact(
                    entry.contact, from: entry.account, address: AddressKey(entry.address))
                try transaction.audit(
                    "contact.remove", by: actor, account: entry.account.rawValue, subject: entry.address,
                    detail: "from \(entry.accountNumber)", at: now)
            }
        }
        if invocation.json {
            for entry in entries { invocation.output.print(ContactLines.json(entry)) }
        } else {
            let accounts = entries.map(\.accountNumber).joined(separator: ", ")
            invocation.output.print("\(text.shown) no longer speaks for \(accounts); what was filed stays")
        }
        return .ok
    }

    // MARK: - Which one

    /// What the address speaks for: at least one account.
    static func addresses(_ text: String, _ desk: Desk) async throws -> [ContactAddress] {
        guard let key = AddressKey(text) else {
            throw CommandFailure(.usage, "“\(text.shown)” is no address")
        }
        let known = try await desk.store.read { try $0.contactAddresses(key: key) }
        guard !known.isEmpty else {
            let all = try await desk.store.read { try $0.contactAddresses().map(\.address) }
            let near = nearest(text, among: all).map { " (did you mean \($0)?)" } ?? ""
            throw CommandFailure(.noSuchThing, "\(text.shown) is no contact’s address\(near)")
        }
        return known
    }

    /// The one of several accounts that was named, or the only one.
    static func one(
        of known: [ContactAddress], _ number: String?, option: String = "--account"
    ) throws(CommandFailure) -> ContactAddress {
        let accounts = known.map(\.accountNumber).joined(separator: ", ")
        guard let number else {
            guard known.count == 1 else {
                throw CommandFailure(
                    .usage, "\(known[0].address) speaks for \(accounts): say for which, with \(option) N")
            }
            return known[0]
        }
        guard let entry = known.first(where: { $0.accountNumber == number }) else {
            throw CommandFailure(
                .noSuchThing, "\(known[0].address) does not speak for \(number.shown), but for \(accounts)")
        }
        return entry
    }

    private static func switches(_ words: String?) throws(CommandFailure) -> Switches? {
        guard let words else { return nil }
        guard let switches = Switches(words: words) else {
            throw CommandFailure(
                .usage, "--switches wants some of \"sync notify login sign\", not “\(words.shown)”")
        }
        return switches
    }

    static func show(
        _ text: String, _ words: String, _ invocation: Invocation, _ desk: Desk
    ) async throws -> ExitCode {
        let known = try await addresses(text, desk)
        if invocation.json {
            for entry in known { invocation.output.print(ContactLines.json(entry)) }
        } else {
            invocation.output.print("\(text.shown) \(words)")
            for line in ContactLines.table(known, withAccount: true) { invocation.output.print(line) }
        }
        return .ok
    }
}
