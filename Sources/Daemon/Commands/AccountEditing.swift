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
        let assigned: String?? = arguments.value("--assign").map { $0 == "-" ? nil : $0 }
        let reading = AddressReading(configuration: desk.configuration)
        let domains = try arguments.values("--domain").map { text throws(CommandFailure) in
            try reading.domain(text)
        }
        let gone = arguments.values("--no-domain").compactMap { DomainName($0) }
        guard
            name != nil || type != nil || language != nil || filing != nil || assigned != nil
                || !domains.isEmpty || !gone.isEmpty
        else {
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
            try transaction.editAccount(
                account.id, name: name, type: type, language: language, filing: filing, assigned: assigned,
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

    private static func filing(_ arguments: Arguments) throws(CommandFailure) -> FilingMode?? {
        if arguments.value("--filing") == "firm" { return .some(nil) }
        return try arguments.word("--filing", FilingMode.self).map { .some($0) }
    }
}
