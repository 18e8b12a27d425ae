internal import Configuration
internal import Daemon
internal import Intake
internal import Mail
internal import Store

extension CommandTable {
    static let mailboxCommands: [Command] = [
        Command(
            "mailbox list", options: [.json], "the configured mailboxes, and how much of each is read",
            .onData(MailboxList.run)),
        Command(
            "mailbox test", operands: "NAME", least: 1, most: 1, options: [.json],
            "connects and logs in, and says what the server can do", CheckCommand.mailboxTest),
        Command(
            "mailbox login", operands: "NAME", least: 1, most: 1,
            options: [
                Option("--device", "by a code that is typed on another device"),
                Option("--paste", "the address that the browser ends on is pasted here"),
            ],
            "signs in to a mailbox that has auth = \"oauth2\"",
            .onDataAfterTalk(MailboxLogin.talk, MailboxLogin.run)),
        Command(
            "mailbox resync", operands: "NAME", least: 1, most: 1,
            options: [Option("--quarantined", "read once more what is set aside"), .json],
            "compares all of a mailbox anew with what is recorded", .onData(MailboxResync.run)),
        Command(
            "mailbox edit", operands: "NAME", least: 1, most: 1, options: Visibility.options + [.json],
            "decides which staff see what came through a mailbox", .onData(MailboxEditing.run)),
    ]
}

/// `mailroom mailbox list`.
enum MailboxList {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let clock = OfficeClock(desk.configuration, now: desk.now)
        var table = Table(["MAILBOX", "STATE", "CONTACT", "READ", "WAITING", "SET ASIDE", "NEWEST"])
        for mailbox in desk.configuration.mailboxes {
            let name = mailbox.name
            let parts = try await desk.store.read { transaction in
                try transaction.sourceID(name).map { try transaction.mailboxSummaries(source: $0) } ?? []
            }
            let health = await desk.health(of: name)
            if invocation.json {
                invocation.output.print(json(mailbox, health, parts))
                continue
            }
            table.add([
                name, health?.state.rawValue ?? (desk.isDaemon ? "waiting" : "not running"),
                health?.lastContact.map { clock.short($0) } ?? "–", "", "", "", health?.error?.shown ?? "",
            ])
            for part in parts {
                table.add([
                    "  \(part.name)".shown, "", "", "\(part.recorded) of \(part.messages)",
                    "\(part.waiting)", "\(part.quarantined)", part.newest.map { clock.short($0) } ?? "–",
                ])
            }
        }
        guard !invocation.json else { return .ok }
        guard !table.isEmpty else {
            invocation.output.print("No [mailbox.…] is configured yet: see man mailroom.toml")
            return .ok
        }
        for line in table.lines { invocation.output.print(line) }
        return .ok
    }

    private static func json(
        _ mailbox: Configuration.Mailbox, _ health: SourceHealth?, _ parts: [MailboxSummary]
    ) -> JSON {
        [
            "name": .string(mailbox.name), "host": .string(mailbox.host), "user": .string(mailbox.user),
            "state": JSON(health?.state.rawValue), "last_contact": JSON(health?.lastContact?.rfc3339),
            "next_try": JSON(health?.nextTry?.rfc3339), "error": JSON(health?.error),
            "mailboxes": JSON(
                parts.map { part in
                    [
                        "name": .string(part.name), "uid_validity": JSON(part.uidValidity),
                        "sent": JSON(part.isSent), "messages": JSON(part.messages),
                        "recorded": JSON(part.recorded), "waiting": JSON(part.waiting),
                        "quarantined": JSON(part.quarantined), "excluded": JSON(part.excluded),
                        "newest": JSON(part.newest?.rfc3339),
                    ]
                }),
        ]
    }
}

/// `mailroom mailbox resync`: forgets how far a source was read; what is recorded stays.
enum MailboxResync {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let name = invocation.arguments.operands[0]
        guard desk.configuration[mailbox: name] != nil else {
            throw CheckCommand.unknown(name, desk.configuration)
        }
        let onlyQuarantined = invocation.arguments.has("--quarantined")
        let (actor, now) = (invocation.actor, desk.now)
        let (mailboxes, retried) = try await desk.store.write { transaction -> (Int, Int) in
            guard let source = try transaction.sourceID(name) else { return (0, 0) }
            let retried = onlyQuarantined ? try transaction.retryQuarantined(source: source) : 0
            let mailboxes = try transaction.forgetListing(source: source)
            try transaction.audit(
                "mailbox.resync", by: actor, subject: name,
                detail: onlyQuarantined ? "\(retried) quarantined messages" : "\(mailboxes) mailboxes",
                at: now)
            return (mailboxes, retried)
        }
        desk.office.wake(name)
        if invocation.json {
            invocation.output.print(
                [
                    "name": .string(name), "mailboxes": JSON(mailboxes),
                    "quarantined": onlyQuarantined ? JSON(retried) : .null,
                ])
            return .ok
        }
        let when = desk.isDaemon ? "now" : "with the next mailroom sync --once"
        let what =
            onlyQuarantined
            ? counted(retried, "message") + " set aside"
            : mailboxes == 0
                ? "nothing was read yet, so everything" : counted(mailboxes, "mailbox", "mailboxes")
        invocation.output.print(
            "\(name): \(what) \(onlyQuarantined ? "read once more" : "compared anew") \(when)")
        return .ok
    }
}
