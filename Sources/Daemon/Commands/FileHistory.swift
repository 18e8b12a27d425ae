internal import Daemon
internal import Intake
internal import Mail
internal import Mailroom
internal import Store

/// `mailroom file history`: the mail that was there before the first start, shown and, when the owner says so, filed.
enum FileHistory {
    /// Senders that are worth a look first.
    private static let topSenders = 20

    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let account = try await desk.account(of: invocation)
        guard (account != nil) != arguments.has("--all") else {
            throw CommandFailure(.usage, "say of which: --account N, or --all")
        }
        guard !(arguments.has("--dry-run") && arguments.has("--yes")) else {
            throw CommandFailure(.usage, "--dry-run and --yes contradict each other")
        }
        return try await arguments.has("--yes")
            ? release(account, invocation, desk) : preview(account, invocation, desk)
    }

    private static func preview(
        _ account: Account?, _ invocation: Invocation, _ desk: Desk
    ) async throws -> ExitCode {
        let directory = try await desk.office.recorder.currentDirectory()
        let of = account?.id
        let (sure, unsure, senders) = try await desk.store.read { transaction in
            (
                try transaction.sureHistory(account: of), try transaction.unsureHistory(),
                try transaction.unknownHistorySenders(limit: topSenders)
            )
        }
        let total = sure.reduce(0) { $0 + $1.parts }
        let all = account == nil ? total + unsure.ambiguous + unsure.against + unsure.unknown : total
        if invocation.json {
            invocation.output.print(
                [
                    "attachments": JSON(all), "sure": JSON(total),
                    "accounts": JSON(
                        sure.map { count in
                            [
                                "account": JSON(number(of: count, directory)),
                                "messages": JSON(count.messages),
                                "attachments": JSON(count.parts),
                            ]
                        }),
                    "ambiguous": account == nil ? JSON(unsure.ambiguous) : .null,
                    "against": account == nil ? JSON(unsure.against) : .null,
                    "unknown": account == nil ? JSON(unsure.unknown) : .null,
                    "unknown_senders": account == nil
                        ? JSON(
                            senders.map {
                                ["address": .string($0.address), "attachments": JSON($0.parts)]
                            }) : .null,
                ])
            return .ok
        }
        let output = invocation.output
        guard all > 0 else {
            output.print(
                account.map { "Nothing of \($0.number) waits from before the first start." }
                    ?? "Nothing waits from before the first start.")
            return .ok
        }
        output.print("\(counted(all, "attachment")) from before the first start: \(total) sure")
        var table = Table(["ACCOUNT", "MESSAGES", "ATTACHMENTS", "NAME"])
        for count in sure {
            table.add([
                number(of: count, directory) ?? "–", "\(count.messages)", "\(count.parts)",
                count.account.flatMap { directory.accounts[$0]?.name.shown } ?? "",
            ])
        }
        if !table.isEmpty { for line in table.lines { output.print(line) } }
        if account == nil { tell(unsure, senders, output) }
        let option = account.map { "--account \($0.number)" } ?? "--all"
        if total > 0 { output.print("mailroom file history \(option) --yes files what is sure.") }
        return .ok
    }

    private static func tell(
        _ unsure: (ambiguous: Int, against: Int, unknown: Int),
        _ senders: [(address: String, parts: Int)], _ output: any CommandOutput
    ) {
        if unsure.ambiguous > 0 {
            output.print("\(unsure.ambiguous) ambiguous: several accounts could be meant")
        }
        if unsure.against > 0 { output.print("\(unsure.against) from senders not to be believed") }
        guard unsure.unknown > 0 else { return }
        output.print("\(unsure.unknown) of unknown senders, most from:")
        var table = Table([])
        for sender in senders {
            table.add([
                "  \(sender.address.isEmpty ? "nobody" : sender.address)".shown, "\(sender.parts)",
            ])
        }
        for line in table.lines { output.print(line) }
    }

    private static func number(of count: HistoryCount, _ directory: Mailroom.Directory) -> String? {
        count.account.flatMap { directory.accounts[$0]?.number.text }
    }

    private static func release(
        _ account: Account?, _ invocation: Invocation, _ desk: Desk
    ) async throws -> ExitCode {
        let directory = try await desk.office.recorder.currentDirectory()
        let accounts = account.map { [$0] } ?? directory.accounts.values.sorted { $0.number < $1.number }
        let clerk = desk.clerk(invocation)
        var filed = 0
        for account in accounts {
            try Task.checkCancellation()
            let report = try await clerk.releaseHistory(of: account.id, isTrial: false)
            filed += report.filed
            if invocation.json {
                invocation.output.print(
                    ["account": .string(account.number.text), "outcome": RejudgeLines.json(report)])
            } else if report.messages > 0 {
                invocation.output.print(
                    "\(account.number) \(account.name.shown): " + RejudgeLines.lines(report).joined())
            }
        }
        if !invocation.json {
            invocation.output.print(
                filed == 0
                    ? "Nothing was there to file; what comes to be known later of that time is filed, too."
                    : "\(counted(filed, "document")) filed.")
        }
        return .ok
    }
}
