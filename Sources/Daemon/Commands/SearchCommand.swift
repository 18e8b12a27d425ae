internal import Mail
internal import Mailroom
internal import Store
internal import Text

extension CommandTable {
    static let searchCommands: [Command] = [
        Command(
            "search", operands: "QUERY…", least: 1, most: .max,
            options: [
                Option("--account", value: "N", "of one account"),
                Option("--limit", value: "N", "at most so many of mail, and as many files"), .json,
            ], "messages, files and accounts, by their words; newest first", .onData(SearchCommand.run))
    ]
}

/// `mailroom search`: what the field of the pages finds, for whoever may see everything.
enum SearchCommand {
    private static let screenful = 20

    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let query = SearchQuery(invocation.arguments.operands.joined(separator: " "))
        let clock = OfficeClock(desk.configuration, now: desk.now)
        let zone = SearchZone(clock.zone)
        let limit = try invocation.arguments.number("--limit") ?? screenful
        let account = try await desk.account(of: invocation)?.id
        let bounds = SearchBounds(staff: nil, account: account, limit: limit)
        let found = try await desk.store.read { transaction in
            (
                problems: try transaction.problems(of: query, for: nil),
                accounts: account == nil ? try transaction.searchAccounts(query, for: nil, limit: limit) : [],
                mail: try transaction.searchMail(query, bounds, zone: zone).hits,
                files: try transaction.searchDocuments(query, bounds, zone: zone),
                backlog: try transaction.indexingBacklog()
            )
        }
        guard found.problems.isEmpty else {
            let words = found.problems.map { problem in
                problem.sentence + (problem.corrected.map { " Did you mean \($0)?" } ?? "")
            }
            throw CommandFailure(.usage, words.joined(separator: " "))
        }
        guard !invocation.json else {
            tell(found.accounts, found.mail, found.files, invocation)
            return .ok
        }
        var table = Table(["KIND", "ID", "WHEN", "ACCOUNT", "FROM OR IN", "WHAT"])
        for hit in found.accounts {
            table.add(["account", hit.number, "", hit.number, hit.contact ?? "", hit.name])
        }
        for hit in found.mail {
            table.add([
                "message", "\(hit.message)", clock.short(hit.received), hit.accountNumber ?? "–",
                (hit.fromName ?? hit.fromAddress ?? "–").shown.shortened(to: 28),
                hit.subject.text.shown.shortened(to: 60),
            ])
        }
        for hit in found.files {
            table.add([
                "file", "\(hit.document.rawValue)", clock.short(hit.filed), hit.accountNumber,
                hit.folder.shown.shortened(to: 28), hit.name.text.shown.shortened(to: 60),
            ])
        }
        for line in table.lines where !table.isEmpty { invocation.output.print(line) }
        if table.isEmpty { invocation.output.print("Nothing was found.") }
        let waiting = found.backlog.messages + found.backlog.documents + found.backlog.texts
        if waiting > 0 {
            invocation.output.print(
                "\(waiting) messages and files are still being read, and are found only after that.")
        }
        return .ok
    }

    private static func tell(
        _ accounts: [AccountHit], _ mail: [MailHit], _ files: [DocumentHit], _ invocation: Invocation
    ) {
        for hit in accounts {
            invocation.output.print([
                "kind": .string("account"), "account": .string(hit.number), "name": .string(hit.name),
                "contact": JSON(hit.contact),
            ])
        }
        for hit in mail {
            invocation.output.print([
                "kind": .string("message"), "message": JSON(hit.message.rawValue),
                "received": .string(hit.received.rfc3339), "account": JSON(hit.accountNumber),
                "from_name": JSON(hit.fromName), "from_address": JSON(hit.fromAddress),
                "subject": .string(hit.subject.text), "around": .string(hit.snippet.text),
            ])
        }
        for hit in files {
            invocation.output.print([
                "kind": .string("file"), "document": JSON(hit.document.rawValue),
                "filed": .string(hit.filed.rfc3339), "account": .string(hit.accountNumber),
                "folder": .string(hit.folder), "name": .string(hit.name.text),
                "message": JSON(hit.message?.rawValue), "around": .string(hit.snippet.text),
            ])
        }
    }
}
