internal import Configuration
internal import Daemon
internal import Intake
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// `mailroom file release`: staff file what waits, or confirm its sender.
enum FileRelease {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let reference = try FileReference(arguments.operands[0])
        let message = try await desk.message(reference.message.description)
        let parts = try await desk.store.read { try $0.parts(of: message.number) }
        if let section = reference.section { try check(section, parts, message) }
        let account = try await desk.account(of: invocation)
        if arguments.has("--sender") {
            return try await confirm(message, reference, invocation, desk)
        }
        let directory = try await desk.office.recorder.currentDirectory()
        guard let whose = account ?? message.account.flatMap({ directory.accounts[$0] }) else {
            let offered = try await desk.store.read { try $0.suggestions(of: message.number) }
            throw CommandFailure(
                .usage,
                "nobody knows whose message \(message.number) is: say so with --account N"
                    + (offered.isEmpty ? "" : " (suggested: \(offered.joined(separator: ", ")))"))
        }
        let folder = try arguments.value("--folder").map { text throws(CommandFailure) in
            try FolderReading.folder(text, of: whose)
        }
        let report = try await desk.clerk(invocation).release(
            ReleaseOrder(
                message: message.number, section: reference.section, account: account?.id, folder: folder))
        return try await tell(report, reference, invocation, desk)
    }

    private static func check(
        _ section: Mail.Section, _ parts: [PartRow], _ message: MessageSummary
    ) throws(CommandFailure) {
        guard parts.contains(where: { $0.section == section }) else {
            let known = parts.map { $0.section.text }.joined(separator: ", ")
            throw CommandFailure(
                .noSuchThing, "message \(message.number) has no part \(section.text.shown), but \(known)")
        }
    }

    private static func confirm(
        _ message: MessageSummary, _ reference: FileReference, _ invocation: Invocation, _ desk: Desk
    ) async throws -> ExitCode {
        guard desk.configuration.matching.senderAuthentication != .strict else {
            throw CommandFailure(
                .notAllowed,
                "sender_authentication is strict: no sender is believed by word; release each message by itself"
            )
        }
        guard message.verdict != .against else {
            throw CommandFailure(
                .notAllowed,
                "the sender of message \(message.number) is not to be believed (\(message.verdictReason)): "
                    + "release the message by itself".shown)
        }
        guard let key = try await desk.store.read({ try $0.senderKey(of: message.number) }),
            let sender = AddressKey(key)
        else { throw CommandFailure(.badData, "message \(message.number) names no sender") }
        let report = try await desk.clerk(invocation).confirm(sender)
        if !invocation.json {
            invocation.output.print(
                "\(sender) is confirmed: what it sends is filed where the rules say".shown)
        }
        return try await tell(report, reference, invocation, desk)
    }

    private static func tell(
        _ report: ReleaseReport, _ reference: FileReference, _ invocation: Invocation, _ desk: Desk
    ) async throws -> ExitCode {
        let documents = try await desk.store.read { transaction in
            try (report.filed + report.moved).compactMap { try transaction.documentListing($0) }
        }
        if invocation.json {
            for document in documents { invocation.output.print(FileList.json(document)) }
        } else {
            for document in documents {
                invocation.output.print(
                    "\(document.name) → \(document.accountNumber) \(document.folder)   \(document.access.words)"
                        .shown)
            }
            if report.duplicates > 0 {
                invocation.output.print("\(counted(report.duplicates, "part")) known already in this account")
            }
        }
        for words in report.refused { invocation.output.complain(words) }
        if documents.isEmpty, report.duplicates == 0, !invocation.json {
            invocation.output.print(
                report.refused.isEmpty
                    ? "Nothing of \(reference) waits: mailroom message show \(reference.message)"
                    : "Nothing was filed.")
        }
        return report.refused.isEmpty || !documents.isEmpty ? .ok : .badData
    }
}

/// Folders of an account as people name them: `Mandantenunterlagen/2026`.
enum FolderReading {
    /// The top level must be there; what is below is made as needed.
    static func folder(_ text: String, of account: Account) throws(CommandFailure) -> FolderPath {
        if let path = account.path(text) { return path }
        guard let first = text.split(separator: "/").first.map({ SafeName.directory(String($0)) }) else {
            throw CommandFailure(.usage, "--folder wants a folder’s name")
        }
        let names = account.folders.map(\.name)
        let near = nearest(first, among: names).map { " (did you mean “\($0)”?)" } ?? ""
        throw CommandFailure(
            .noSuchThing,
            "account \(account.number) has no folder “\(first.shown)”\(near); it has \(names.joined(separator: ", "))"
        )
    }
}
