internal import Configuration
internal import Crypto
internal import Daemon
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// `mailroom account edit`: changes what is given, and leaves the rest.
enum AccountEditing {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let account = try await desk.account(arguments.operands[0])
        let name = arguments.value("--name")
        guard name.map({ !$0.isEmpty && $0 == $0.shown }) ?? true else {
            throw CommandFailure(.usage, "an account needs a name, in one line")
        }
        let type = try arguments.word("--type", AccountType.self)
        let language = try arguments.word("--language", Text.Language.self)
        let filing = try filing(arguments)
        let care = try await AccountCare(arguments, desk)
        let reading = AddressReading(configuration: desk.configuration)
        let domains = try arguments.values("--domain").map { text throws(CommandFailure) in
            try reading.domain(text)
        }
        let gone = arguments.values("--no-domain").compactMap { DomainName($0) }
        let drops = try arguments.values("--drop-address").map { text throws(CommandFailure) in
            try dropAddress(text, account, desk)
        }
        let noDrops = try arguments.values("--no-drop-address").map { text throws(CommandFailure) in
            guard let key = AddressKey(text) else {
                throw CommandFailure(.badData, "“\(text.shown)” is no address")
            }
            return key
        }
        let viewers = try await Visibility.viewers(arguments, desk)
        let isOther =
            name != nil || type != nil || language != nil || filing != nil || care.assignee != nil
            || !domains.isEmpty || !gone.isEmpty
        guard isOther || !drops.isEmpty || !noDrops.isEmpty || viewers != nil || care.followers != nil else {
            throw CommandFailure(.usage, "nothing to change is given: mailroom account edit --help")
        }
        let (actor, now) = (invocation.actor, desk.now)
        try await desk.store.write { transaction in
            if type == .guest, try !transaction.contactAddresses(account: account.id).isEmpty {
                throw StoreError(
                    .conflict, "account \(account.number) has contacts, and a guest account has none")
            }
            for domain in domains {
                try transaction.setDomainRule(domain, account: account.id, matches: false)
            }
            for domain in gone {
                guard try transaction.removeDomainRule(domain, account: account.id) else {
                    throw StoreError(
                        .notFound, "account \(account.number) has no rule for \(domain.unicode)")
                }
            }
            for (address, key) in drops {
                try transaction.addDropAddress(address, key: key, account: account.id, by: actor, now: now)
            }
            for key in noDrops {
                try transaction.removeDropAddress(key, account: account.id, by: actor, now: now)
            }
            if let viewers {
                try transaction.setViewers(viewers.map(\.id), of: account.id, by: actor, now: now)
            }
            try care.follow(account.id, transaction, by: actor, now: now)
            // Each drop address, and who sees the account, has its own row in the audit.
            guard isOther else { return }
            try transaction.editAccount(
                account.id, name: name, type: type, language: language, filing: filing,
                assigned: care.assignee,
                by: actor, now: now)
        }
        let summary = try await desk.store.read { try $0.account(account.id) }
        guard let summary else { return .ok }
        if invocation.json {
            invocation.output.print(CommandTable.json(summary))
        } else {
            invocation.output.print("\(summary.number) \(summary.name.shown) is changed")
        }
        return .ok
    }

    /// An address typed, or with `new` one that nobody can guess, below the address letters come from.
    ///
    /// It may be in a domain of the firm's own: mail goes there, and none comes from there.
    private static func dropAddress(
        _ text: String, _ account: Account, _ desk: Desk
    ) throws(CommandFailure) -> (EmailAddress, AddressKey) {
        var text = text
        if text == "new" {
            guard let sending = desk.configuration.sending, sending.subAddress else {
                throw CommandFailure(
                    .configuration,
                    "without sub_address = true in [smtp] no address can be made up: name one of yours")
            }
            let from = sending.from.address
            let secret = Base32.encode(RandomOctets.secret(count: 5))
            text = "\(from.localPart)+\(account.number.text.lowercased())-\(secret)@\(from.domain)"
        }
        guard let address = EmailAddress(text), let key = AddressKey(address),
            !text.contains(where: { $0.isWhitespace || "<>,;".contains($0) })
        else {
            throw CommandFailure(
                .badData, "“\(text.shown)” is no address: it looks like office+10482-k7q2@firm.example")
        }
        let everybodys =
            desk.configuration.firm.staffAddresses.compactMap { AddressKey($0) }
            + desk.configuration.mailboxes.compactMap { AddressKey($0.user) }
            + [desk.configuration.sending.flatMap { AddressKey($0.from.address) }].compactMap { $0 }
        guard !everybodys.contains(key) else {
            throw CommandFailure(
                .badData, "everybody writes to \(text.shown): it can’t stand for one account")
        }
        return (address, key)
    }

    private static func filing(_ arguments: Arguments) throws(CommandFailure) -> FilingMode?? {
        if arguments.value("--filing") == "firm" { return .some(nil) }
        return try arguments.word("--filing", FilingMode.self).map { .some($0) }
    }
}
