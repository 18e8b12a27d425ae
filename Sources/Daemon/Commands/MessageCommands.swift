internal import Mail
internal import Mailroom
internal import Store

extension CommandTable {
    static let messageCommands: [Command] = [
        Command(
            "message list",
            options: [
                Option("--account", value: "N", "of one account, To and Cc included"),
                Option("--since", value: "TIME", "received since: 2026-11-21, or \"7 days\""),
                Option("--limit", value: "N", "at most so many"),
                Option("--quarantined", "what could not be read and is set aside"), .json,
            ], "messages, newest first", .onData(MessageList.run)),
        Command(
            "message show", operands: "MESSAGE", least: 1, most: 1, options: [.json],
            "a message, its parts, and what became of each", .onData(MessageShow.run)),
        Command(
            "message save", operands: "MESSAGE", least: 1, most: 1,
            options: [Option("--to", value: "FILE", "write it there instead of to standard output")],
            "the message exactly as it was received", .onDataToFile(MessageSave.run)),
        Command(
            "message link", operands: "MESSAGE", least: 1, most: 1,
            options: [
                Option("--account", value: "N", "whose mail it is"),
                Option("--remember", "what this sender sends from now on, too"), .json,
            ], "says whose mail a message is, and files what waited for that", .onData(MessageLink.run)),
    ]

    static let explainCommands: [Command] = [
        Command(
            "explain", operands: "MESSAGE|FILE.eml|ADDRESS", least: 1, most: 1,
            options: [Option("--mailbox", value: "NAME", "as if the file came into this mailbox"), .json],
            "whose it is and where its parts go, rule by rule",
            .onDataWithFile(isFile: ExplainCommand.namesFile, ExplainCommand.run))
    ]
}

/// `mailroom message list`. INTERFACES.md.
enum MessageList {
    /// As many as people read; programs get all.
    private static let screenful = 50
    private static let page = 200

    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        if invocation.arguments.has("--quarantined") { return try await quarantined(invocation, desk) }
        let account = try await desk.account(of: invocation)?.id
        let clock = OfficeClock(desk.configuration, now: desk.now)
        let since = try invocation.arguments.value("--since").map { text throws(CommandFailure) in
            try clock.moment(text)
        }
        let asked = try invocation.arguments.number("--limit")
        var left = asked ?? (invocation.json ? Int.max : screenful)
        var table = Table(["ID", "RECEIVED", "ACCOUNT", "FROM OR TO", "PARTS", "SUBJECT"])
        var last: MessageSummary?
        while left > 0 {
            let (of, after, limit) = (account, last, min(left, page))
            let rows = try await desk.store.read { transaction in
                try transaction.messages(account: of, since: since, after: after, limit: limit).map {
                    (
                        $0, try transaction.placements(of: $0.number),
                        try transaction.recipients(of: $0.number, role: "to").first
                    )
                }
            }
            for (message, placements, recipient) in rows {
                if invocation.json {
                    invocation.output.print(MessageLines.json(message, placements))
                } else {
                    table.add(cells(message, to: recipient.map { $0.name ?? $0.address }, clock))
                }
            }
            last = rows.last?.0
            left -= rows.count
            if rows.count < limit { break }
        }
        guard !invocation.json else { return .ok }
        guard !table.isEmpty else {
            invocation.output.print(
                account == nil && since == nil
                    ? "There is no message yet: mailroom sync looks for some" : "There is no such message.")
            return .ok
        }
        for line in table.lines { invocation.output.print(line) }
        if asked == nil, left == 0 {
            invocation.output.print("These are the newest \(screenful); --limit N shows more.")
        }
        return .ok
    }

    private static func cells(
        _ message: MessageSummary, to recipient: String?, _ clock: OfficeClock
    ) -> [String] {
        let sender = message.fromName ?? message.fromAddress ?? "–"
        let isOurs = message.direction == Direction.outgoing.rawValue
        return [
            message.number.description, clock.short(message.received),
            message.accountNumber ?? message.match,
            (isOurs ? "→ \(recipient ?? "–")" : sender).shown.shortened(to: 28),
            "\(message.parts)", (message.subject ?? "–").shown.shortened(to: 60),
        ]
    }

    private static func quarantined(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let limit = try invocation.arguments.number("--limit") ?? .max
        let rows = try await desk.store.read { try $0.quarantined(limit: limit) }
        if invocation.json {
            for row in rows {
                invocation.output.print(
                    [
                        "source": .string(row.source), "mailbox": .string(row.mailbox),
                        "uid_validity": JSON(row.uidValidity), "uid": JSON(Int(row.uid.rawValue)),
                        "reason": .string(row.reason), "sha256": JSON(row.sha256?.hex),
                        "since": .string(row.firstWanted.rfc3339), "gone": JSON(row.isGone),
                    ])
            }
            return .ok
        }
        guard !rows.isEmpty else {
            invocation.output.print("Every message could be read.")
            return .ok
        }
        let clock = OfficeClock(desk.configuration, now: desk.now)
        var table = Table(["MAILBOX", "UID", "SINCE", "OCTETS", "REASON"])
        for row in rows {
            table.add([
                "\(row.source)/\(row.mailbox)".shown, "\(row.uid)", clock.short(row.firstWanted),
                row.sha256 == nil ? "not given" : "kept",
                row.reason.shown.shortened(to: 80) + (row.isGone ? " (gone from the server)" : ""),
            ])
        }
        for line in table.lines { invocation.output.print(line) }
        invocation.output.print("mailroom mailbox resync NAME --quarantined reads them once more.")
        return .ok
    }
}
