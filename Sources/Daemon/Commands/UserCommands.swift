internal import Mail
internal import Mailroom
internal import Store
internal import Text

extension CommandTable {
    private static let passwordOptions = [
        Option("--password-file", value: "FILE", "its first line is the password; -: standard input")
    ]

    static let userCommands: [Command] = [
        Command(
            "user add", operands: "LOGIN", least: 1, most: 1,
            options: [
                Option("--name", value: "NAME", "as colleagues and clients read it; else the login"),
                Option("--role", value: "ROLE", "owner or member; the first is an owner, others members"),
                Option("--language", value: "LANGUAGE", "of the pages: de, ja or en; else the firm's"),
                Option("--email", value: "ADDRESS", "where this person reads mail"),
                Option("--password", "asks for a password; else a one-time link is printed"),
            ] + passwordOptions + [.json], "adds a member of staff",
            .onDataAfterTalk(UserPassword.talkIfAsked, UserAdding.run)),
        Command("user list", options: [.json], "all staff, and who is signed in", .onData(UserList.run)),
        Command(
            "user edit", operands: "LOGIN", least: 1, most: 1,
            options: [
                Option("--name", value: "NAME", "another name"),
                Option("--role", value: "ROLE", "owner or member"),
                Option("--language", value: "LANGUAGE", "de, ja or en"),
                Option("--email", value: "ADDRESS", "where this person reads mail; none: -"),
                Option("--no-totp", "the second factor is off: the telephone is lost"), .json,
            ], "changes what is given, and leaves the rest", .onData(UserEditing.run)),
        Command(
            "user password", operands: "LOGIN", least: 1, most: 1,
            options: passwordOptions + [Option("--remove", "no password: links and the proxy let them in")],
            "sets a password, and signs the person out everywhere",
            .onDataAfterTalk(UserPassword.talk, UserPassword.run)),
        Command(
            "user disable", operands: "LOGIN", least: 1, most: 1,
            "shuts a person out at once; what they did stays theirs",
            .onData { try await disable($0, $1, true) }),
        Command(
            "user enable", operands: "LOGIN", least: 1, most: 1, "lets a person in again",
            .onData { try await disable($0, $1, false) }),
        Command(
            "user login-link", operands: "LOGIN", least: 0, most: 1,
            options: [Option("--first", "where there is no owner: leads through making one"), .json],
            "prints a link that signs in once, within 15 minutes", .onData(UserLink.run)),
        Command(
            "audit",
            options: [
                Option("--account", value: "N", "of this account alone"),
                Option("--since", value: "TIME", "from then on: 2026-11-21, or \"7 days\""),
                Option("--by", value: "WHO", "of this person alone"),
                Option("--limit", value: "N", "at most so many"), .json,
            ], "who did what, and when; newest first", .onData(AuditCommand.run)),
    ]

    private static func disable(_ invocation: Invocation, _ desk: Desk, _ isDisabled: Bool) async throws
        -> ExitCode
    {
        let member = try await desk.member(invocation.arguments.operands[0])
        let (actor, now) = (invocation.actor, desk.now)
        try await desk.store.write { try $0.setDisabled(isDisabled, member.id, by: actor, now: now) }
        invocation.output.print(
            isDisabled
                ? "\(member.login) is signed out everywhere, and can no longer sign in"
                : "\(member.login) may sign in again")
        return .ok
    }
}

/// `mailroom user list`.
enum UserList {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let now = desk.now
        let members = try await desk.store.read { transaction in
            try transaction.staffMembers().map { member in
                let secrets = try transaction.signInSecrets(of: member.id)
                return Line(
                    member: member, sessions: try transaction.sessions(of: member.id, now: now),
                    hasPassword: secrets?.passwordHash != nil, hasTOTP: secrets?.totpKey != nil)
            }
        }
        if invocation.json {
            for line in members { invocation.output.print(line.json) }
            return .ok
        }
        guard !members.isEmpty else {
            invocation.output.print("There is no user yet: mailroom user add LOGIN")
            return .ok
        }
        let clock = OfficeClock(desk.configuration, now: now)
        var table = Table(["LOGIN", "ROLE", "LANGUAGE", "SIGNS IN BY", "LAST SEEN", "NAME"])
        for line in members {
            table.add([
                line.member.login, line.member.role.rawValue, line.member.language.rawValue, line.ways,
                line.sessions.first.map { clock.short($0.lastSeen) } ?? "–", line.member.name.shown,
            ])
        }
        for line in table.lines { invocation.output.print(line) }
        return .ok
    }

    private struct Line: Sendable {
        let member: StaffMember
        let sessions: [StaffSession]
        let hasPassword: Bool
        let hasTOTP: Bool

        var ways: String {
            if member.isDisabled { return "disabled" }
            guard hasPassword else { return "link" }
            return hasTOTP ? "password, app" : "password"
        }

        var json: JSON {
            [
                "login": .string(member.login), "name": .string(member.name), "email": JSON(member.email),
                "role": .string(member.role.rawValue), "language": .string(member.language.rawValue),
                "disabled": JSON(member.isDisabled), "password": JSON(hasPassword), "totp": JSON(hasTOTP),
                "sessions": JSON(sessions.count), "last_seen": JSON(sessions.first?.lastSeen.rfc3339),
            ]
        }
    }
}

/// `mailroom audit`.
enum AuditCommand {
    private static let screenful = 50

    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let clock = OfficeClock(desk.configuration, now: desk.now)
        let account = try await desk.account(of: invocation)?.id.rawValue
        let since = try arguments.value("--since").map { text throws(CommandFailure) in
            try clock.moment(text)
        }
        let asked = try arguments.number("--limit")
        let limit = asked ?? (invocation.json ? Int.max : screenful)
        let actor = arguments.value("--by")
        let (entries, numbers) = try await desk.store.read { transaction in
            let entries = try transaction.auditEntries(
                account: account, by: actor, since: since, limit: limit)
            let accounts = Set(entries.compactMap(\.account))
            let numbers = accounts.map { ($0, try? transaction.accountNumber(AccountID($0))) }
            return (entries, Dictionary(numbers, uniquingKeysWith: { first, _ in first }))
        }
        if invocation.json {
            for entry in entries {
                let number = entry.account.flatMap { numbers[$0] ?? nil }
                invocation.output.print([
                    "at": .string(entry.at.rfc3339), "by": .string(entry.actor),
                    "action": .string(entry.action), "account": JSON(number),
                    "subject": .string(entry.subject), "detail": .string(entry.detail),
                ])
            }
            return .ok
        }
        guard !entries.isEmpty else {
            invocation.output.print("Nothing was done that fits.")
            return .ok
        }
        var table = Table(["WHEN", "BY", "DEED", "ACCOUNT", "WHAT"])
        for entry in entries {
            let number = entry.account.flatMap { numbers[$0] ?? nil } ?? "–"
            table.add([
                clock.short(entry.at), entry.actor.shown.shortened(to: 24), entry.action, number,
                [entry.subject, entry.detail].filter { !$0.isEmpty }.joined(separator: ": ").shown
                    .shortened(to: 100),
            ])
        }
        for line in table.lines { invocation.output.print(line) }
        if asked == nil, entries.count == limit {
            invocation.output.print("These are the newest \(limit); --limit N shows more.")
        }
        return .ok
    }
}
