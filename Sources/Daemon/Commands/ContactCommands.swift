internal import Mail
internal import Mailroom
internal import Store

extension CommandTable {
    static let contactCommands: [Command] = [
        Command(
            "contact add", operands: "ACCOUNT ADDRESS", least: 2, most: 2,
            options: [
                Option("--name", value: "NAME", "the contact's name; else the account's"),
                Option("--kind", value: "KIND", "person (if not given), device or service"),
                Option("--primary", "the account mail goes to when the contact has several"),
                Option("--no-sync", "known, but its mail is not the account's"),
                Option("--retroactive", "file what the address sent before, too"),
                Option("--dry-run", "only say what would be done"), .json,
            ], "lets mail of an address belong to an account", .onData(ContactAdding.run)),
        Command(
            "contact list", options: [Option("--account", value: "N", "of one account"), .json],
            "addresses with their contacts and accounts", .onData(list)),
        Command(
            "contact edit", operands: "ADDRESS", least: 1, most: 1,
            options: [
                Option("--account", value: "N", "for this account; needed when there are several"),
                Option("--name", value: "NAME", "another name of the contact"),
                Option("--kind", value: "KIND", "person, device or service"),
                Option("--switches", value: "WORDS", "what it may: some of \"sync notify login sign\""),
                Option("--primary", "the account is the contact's primary one"),
                Option("--no-primary", "the contact has no primary account"), .json,
            ], "changes what is given, and leaves the rest", .onData(ContactEditing.edit)),
        Command(
            "contact move", operands: "ADDRESS", least: 1, most: 1,
            options: [
                Option("--from", value: "N", "the account it no longer speaks for"),
                Option("--to", value: "N", "the one it does now"), .json,
            ], "gives a contact to another account; what was filed stays", .onData(ContactEditing.move)),
        Command(
            "contact invite", operands: "ADDRESS", least: 1, most: 1,
            options: [
                Option("--account", value: "N", "to this account; needed when there are several"), .json,
            ], "opens the account’s documents to a contact, by a letter",
            .onData(ContactInviting.run)),
        Command(
            "contact remove", operands: "ADDRESS", least: 1, most: 1,
            options: [Option("--account", value: "N", "from this account alone"), .json],
            "forgets an address; what was filed stays", .onData(ContactEditing.remove)),
    ]

    private static func list(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let account = try await desk.account(of: invocation)?.id
        let addresses = try await desk.store.read { try $0.contactAddresses(account: account) }
        if invocation.json {
            for address in addresses { invocation.output.print(ContactLines.json(address)) }
            return .ok
        }
        guard !addresses.isEmpty else {
            invocation.output.print("There is no contact yet: mailroom contact add ACCOUNT ADDRESS")
            return .ok
        }
        for line in ContactLines.table(addresses, withAccount: true) { invocation.output.print(line) }
        return .ok
    }
}
