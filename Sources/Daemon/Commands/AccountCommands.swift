internal import Configuration
internal import Mail
internal import Mailroom
internal import Store
internal import Text

extension CommandTable {
    static let accountCommands: [Command] = [
        Command(
            "account add", operands: "NAME", least: 1, most: 1,
            options: [
                Option("--number", value: "N", "its number; guests get G-1, G-2 by themselves"),
                Option("--type", value: "TYPE", "client (if not given), prospect or guest"),
                Option("--language", value: "LANGUAGE", "de, ja or en; else the firm's"),
                Option(
                    "--address", value: "ADDRESS", repeats: true, "an address whose mail is the account's"),
                Option("--contact", value: "NAME", "whose addresses these are; else called as the account"),
                Option("--domain", value: "DOMAIN", repeats: true, "suggest the account for mail from there"),
                Option("--filing", value: "MODE", "auto, suggest or off; else as the firm"),
                Option("--assign", value: "LOGIN", "the colleague whose account it is"),
                Option("--follow", value: "LOGIN", repeats: true, "a colleague who hears of it besides"),
                Option("--retroactive", "file what these addresses sent before, too"), .json,
            ], "adds an account with its folders", .onData(AccountAdding.run)),
        Command(
            "account list", options: [.json], "all accounts", .onData(list)),
        Command(
            "account show", operands: "NUMBER", least: 1, most: 1, options: [.json],
            "one account with its folders and contacts", .onData(show)),
        Command(
            "account edit", operands: "NUMBER", least: 1, most: 1,
            options: [
                Option("--name", value: "NAME", "another name; its directory keeps the old one"),
                Option("--type", value: "TYPE", "client, prospect or guest"),
                Option("--language", value: "LANGUAGE", "de, ja or en"),
                Option("--domain", value: "DOMAIN", repeats: true, "suggest the account for mail from there"),
                Option("--no-domain", value: "DOMAIN", repeats: true, "no longer"),
                Option(
                    "--drop-address", value: "ADDRESS", repeats: true,
                    "what goes to this address is the account's; new: an address is made up"),
                Option("--no-drop-address", value: "ADDRESS", repeats: true, "no longer"),
                Option("--filing", value: "MODE", "auto, suggest, off, or firm: as the firm"),
                Option("--assign", value: "LOGIN", "the colleague whose account it is; nobody: -"),
                Option(
                    "--follow", value: "LOGIN", repeats: true,
                    "a colleague who hears of it besides; all of them are named; nobody: -"),
            ] + Visibility.options + [.json], "changes what is given, and leaves the rest",
            .onData(AccountEditing.run)),
        Command(
            "account import", operands: "FILE.csv", least: 1, most: 1,
            options: [Option("--dry-run", "only say what would be done"), .json],
            "adds and updates accounts and contacts from a table", .onDataWithFile(AccountImport.run)),
    ]

    private static func list(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let accounts = try await desk.store.read { try $0.accounts() }
        if invocation.json {
            for account in accounts { invocation.output.print(json(account)) }
            return .ok
        }
        guard !accounts.isEmpty else {
            invocation.output.print(
                "There is no account yet: mailroom account add, or account import FILE.csv")
            return .ok
        }
        var table = Table(["NUMBER", "TYPE", "CONTACTS", "MESSAGES", "DOCUMENTS", "WAITING", "NAME"])
        for account in accounts {
            table.add([
                account.number.text, account.type.rawValue, "\(account.contacts)", "\(account.messages)",
                "\(account.documents)", "\(account.waiting)", account.name.shown,
            ])
        }
        for line in table.lines { invocation.output.print(line) }
        return .ok
    }

    static func json(_ account: AccountSummary) -> JSON { .object(members(account)) }

    private static func members(_ account: AccountSummary) -> [(String, JSON)] {
        [
            ("number", .string(account.number.text)), ("name", .string(account.name)),
            ("type", .string(account.type.rawValue)), ("language", .string(account.language.rawValue)),
            ("filing", JSON(account.filing?.rawValue)), ("assigned", JSON(account.assigned?.login)),
            ("directory", .string(account.directory)), ("created", .string(account.created.rfc3339)),
            ("history", JSON(account.isHistoryReleased)), ("contacts", JSON(account.contacts)),
            ("messages", JSON(account.messages)), ("documents", JSON(account.documents)),
            ("needs_filing", JSON(account.waiting)),
        ]
    }

    private static func show(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let account = try await desk.account(invocation.arguments.operands[0])
        let shown = try await desk.store.read { transaction in
            (
                try transaction.account(account.id), try transaction.folders(of: account.id),
                try transaction.contactAddresses(account: account.id),
                try transaction.domainRules(of: account.id), try transaction.dropAddresses(of: account.id),
                try transaction.followers(of: account.id)
            )
        }
        guard let summary = shown.0 else {
            throw CommandFailure(.noSuchThing, "there is no account \(account.number) any more")
        }
        if invocation.json {
            invocation.output.print(
                .object(
                    members(summary) + [
                        ("folders", JSON(shown.1.map(json))),
                        ("addresses", JSON(shown.2.map { ContactLines.json($0) })),
                        ("domains", JSON(shown.3.map { .string($0.domain.description) })),
                        ("drop_addresses", JSON(shown.4.map { .string($0) })),
                        ("followers", JSON(shown.5.map { .string($0.login) })),
                    ]))
            return .ok
        }
        for line in lines(summary, shown.1, shown.2, shown.3, shown.4, shown.5) {
            invocation.output.print(line)
        }
        return .ok
    }

    private static func json(_ summary: FolderSummary) -> JSON {
        [
            "name": .string(summary.folder.name), "access": .string(summary.folder.access.rawValue),
            "default": JSON(summary.folder.isDefault), "intake": JSON(summary.folder.isIntake),
            "documents": JSON(summary.documents),
        ]
    }

    private static func lines(
        _ account: AccountSummary, _ folders: [FolderSummary], _ addresses: [ContactAddress],
        _ domains: [DomainRule], _ dropAddresses: [String], _ followers: [Colleague]
    ) -> [String] {
        var lines = ["\(account.number) \(account.name.shown)"]
        lines.append(
            "\(account.type.rawValue), \(account.language.rawValue), filing \(account.filing?.rawValue ?? "as the firm")"
                + (account.assigned.map { ", assigned to \($0.name.shown)" } ?? "")
                + (followers.isEmpty
                    ? "" : ", followed by " + followers.map(\.name.shown).joined(separator: ", ")))
        lines.append(
            "\(counted(account.messages, "message")), \(counted(account.documents, "document")), "
                + "\(counted(account.waiting, "part")) waiting for staff")
        var table = Table(["FOLDER", "ACCESS", "DOCUMENTS", ""])
        for summary in folders {
            let mark = summary.folder.isDefault ? "default" : summary.folder.isIntake ? "intake" : ""
            table.add([
                summary.folder.name.shown, summary.folder.access.words, "\(summary.documents)", mark,
            ])
        }
        lines += [""] + table.lines
        if addresses.isEmpty {
            lines += ["", "It has no contact: mailroom contact add \(account.number) ADDRESS"]
        } else {
            lines += [""] + ContactLines.table(addresses, withAccount: false)
        }
        if !domains.isEmpty {
            let names = domains.map { $0.domain.unicode + ($0.isMatch ? "" : " (suggests)") }
            lines += ["", "domains  " + names.joined(separator: ", ").shown]
        }
        if !dropAddresses.isEmpty {
            lines += ["", "drop addresses  " + dropAddresses.joined(separator: ", ").shown]
        }
        return lines
    }
}

extension Access {
    /// As everybody reads it, on pages too.
    var words: String {
        switch self {
        case .edit: "client can view and edit"
        case .view: "client can view"
        case .private: "team only"
        }
    }
}

/// `1 folder`, `3 folders`.
func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(plural ?? noun + "s")"
}
