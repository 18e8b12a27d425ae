internal import Mail
internal import Mailroom
internal import Store

extension CommandTable {
    static let fileCommands: [Command] = [
        Command(
            "file list",
            options: [
                Option("--account", value: "N", "of one account"),
                Option("--state", value: "STATE", "parts in that state: needs_filing, failed, shown, …"),
                .json,
            ], "documents, or the parts that wait for staff", .onData(FileList.run)),
        Command(
            "file release", operands: "MESSAGE[:SECTION]", least: 1, most: 1,
            options: [
                Option("--account", value: "N", "whose it is"),
                Option("--folder", value: "FOLDER", "where to; else where the rules say"),
                Option("--sender", "this sender is who he says: all of his that lies in Intake, too"), .json,
            ], "files what waits of a message, or one part of it", .onData(FileRelease.run)),
        Command(
            "file move", operands: "DOCUMENT", least: 1, most: 1,
            options: [
                Option("--folder", value: "FOLDER", "the other folder; it has that one's access"),
                Option("--account", value: "N", "of another account"), .json,
            ], "moves a document to another folder", .onData(FileMove.run)),
        Command(
            "file unfile", operands: "DOCUMENT", least: 1, most: 1, options: [.json],
            "takes a document out of its folder; it waits for staff again", .onData(FileUnfile.run)),
        Command(
            "file disk",
            options: [
                Option("--account", value: "N", "of one account"),
                Option("--restore", "make its documents that are gone anew"),
                Option("--trash", "take them for deleted: they go to the trash"),
                Option("--adopt", "files of other accounts in its directory belong there"),
                Option("--return", "they do not: they go back to whose they are"), .json,
            ], "what in the tree of documents needs a person", .onData(FileDisk.run)),
        Command(
            "file history",
            options: [
                Option("--account", value: "N", "of one account"), Option("--all", "of all accounts"),
                Option("--dry-run", "only show what there is"), Option("--yes", "file it"), .json,
            ], "shows or files the mail that was there before the first start", .onData(FileHistory.run)),
    ]
}

/// `mailroom file list`. INTERFACES.md.
enum FileList {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let account = try await desk.account(of: invocation)?.id
        let state = try invocation.arguments.word("--state", LedgerState.self) ?? .filed
        return try await state == .filed
            ? documents(invocation, desk, account) : parts(invocation, desk, account, state)
    }

    private static func documents(
        _ invocation: Invocation, _ desk: Desk, _ account: AccountID?
    ) async throws -> ExitCode {
        let documents = try await desk.store.read { try $0.documents(account: account, limit: .max) }
        if invocation.json {
            for document in documents { invocation.output.print(json(document)) }
            return .ok
        }
        guard !documents.isEmpty else {
            invocation.output.print("No document is filed yet.")
            return .ok
        }
        let clock = OfficeClock(desk.configuration, now: desk.now)
        var table = Table(["ID", "ACCOUNT", "SIZE", "FILED", "MESSAGE", "DOCUMENT"])
        for document in documents {
            table.add([
                "\(document.id.rawValue)", document.accountNumber, size(document.octets),
                clock.short(document.filed), document.message?.description ?? "–",
                "\(document.folder)/\(document.name)".shown,
            ])
        }
        for line in table.lines { invocation.output.print(line) }
        return .ok
    }

    static func json(_ document: DocumentListing) -> JSON {
        let how = JSON.string(document.origin.rawValue)
        let origin: JSON
        if let message = document.message {
            origin = [
                "message": JSON(message.rawValue), "section": JSON(document.section?.text), "by": how,
            ]
        } else {
            origin = document.origin == .disk ? ["file_system": true, "by": how] : ["by": how]
        }
        return [
            "id": JSON(document.id.rawValue), "account": .string(document.accountNumber),
            "folder": .string(document.folder), "access": .string(document.access.rawValue),
            "name": .string(document.name), "bytes": JSON(document.octets),
            "sha256": .string(document.sha256.hex), "origin": origin,
            "filed": .string(document.filed.rfc3339), "sightings": JSON(document.sightings),
        ]
    }

    private static func parts(
        _ invocation: Invocation, _ desk: Desk, _ account: AccountID?, _ state: LedgerState
    ) async throws -> ExitCode {
        let rows = try await desk.store.read { transaction in
            var suggestions: [MessageNumber: [String]] = [:]
            return try transaction.parts(state: state, account: account, limit: .max).map { part in
                if suggestions[part.message] == nil {
                    suggestions[part.message] = try transaction.suggestions(of: part.message)
                }
                return (part, suggestions[part.message] ?? [])
            }
        }
        if invocation.json {
            for (part, suggestions) in rows {
                invocation.output.print(
                    [
                        "message": JSON(part.message.rawValue), "section": .string(part.section.text),
                        "name": JSON(part.name), "bytes": JSON(part.octets),
                        "sha256": .string(part.sha256.hex), "reason": JSON(part.reason),
                        "suggestions": JSON(suggestions.map { JSON.string($0) }),
                    ])
            }
            return .ok
        }
        guard !rows.isEmpty else {
            invocation.output.print(
                state == .needsFiling ? "Nothing waits for staff." : "No part is “\(state.rawValue)”.")
            return .ok
        }
        var table = Table(["PART", "SIZE", "REASON", "NAME", "WHY", "SUGGESTED"])
        for (part, suggestions) in rows {
            table.add([
                FileReference(part.message, part.section).description.shortened(to: 24), size(part.octets),
                part.reason ?? "–", (part.name ?? "–").shown.shortened(to: 40), part.because.shown,
                suggestions.joined(separator: ", "),
            ])
        }
        for line in table.lines { invocation.output.print(line) }
        if state == .needsFiling {
            invocation.output.print(
                "mailroom file release PART [--account N] files one; mailroom explain MESSAGE says why it waits."
            )
        }
        return .ok
    }
}

/// A part as people name it: `4812:2.1`, or all that waits of a message: `4812`.
struct FileReference: CustomStringConvertible {
    let message: MessageNumber
    let section: Section?

    init(_ message: MessageNumber, _ section: Section) {
        self.message = message
        self.section = section
    }

    init(_ text: String) throws(CommandFailure) {
        let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let number = Int64(halves[0]) else {
            throw CommandFailure(
                .usage,
                "“\(text.shown)” is no part: write 4812:2.1, see mailroom file list --state needs_filing")
        }
        message = MessageNumber(number)
        section = halves.count == 2 ? Section(String(halves[1])) : nil
    }

    var description: String { section.map { "\(message):\($0.text)" } ?? "\(message)" }
}
