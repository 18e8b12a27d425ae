internal import Configuration
internal import Daemon
internal import Files
internal import Intake
internal import MIME
internal import Mail
internal import Mailroom
internal import Processes
internal import Store
internal import Text

/// `mailroom explain`: why a message went where it went, rule by rule. INTERFACES.md.
enum ExplainCommand {
    /// Neither a message's number nor an address: `mail.eml`, `./4812`, `/tmp/a@b.eml`.
    static func namesFile(_ operand: String) -> Bool {
        if operand.contains("/") || operand.lowercased().hasSuffix(".eml") { return true }
        return Int64(operand) == nil && !operand.contains("@")
    }

    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let operand = invocation.arguments.operands[0]
        if let file = invocation.file { return try await explain(file, operand, invocation, desk) }
        if operand.contains("@") { return try await explain(address: operand, invocation, desk) }
        let message = try await desk.message(operand)
        return try await show(desk.clerk(invocation).explain(message.number), invocation, desk)
    }

    private static func explain(
        _ file: [UInt8], _ path: String, _ invocation: Invocation, _ desk: Desk
    ) async throws -> ExitCode {
        let source = try source(invocation, desk)
        let scratch = try TemporaryDirectory.make(prefix: "mailroom-explain-")
        defer { try? scratch.remove() }
        let vault = try Vault.open(in: Files.Directory.open(path: scratch.path), lastOriginal: nil)
        let inspection = Inspection(vault: vault)
        try inspection.feed(file.span)
        let message = try inspection.finish(rules: await desk.office.recorder.currentRules)
        guard message.parsed.isMail else {
            throw CommandFailure(.badData, "\(path.shown) is no mail: no header field in its first 64 KB")
        }
        let explanation = try await desk.clerk(invocation).explain(message, in: source)
        return try await show(explanation, invocation, desk)
    }

    private static func source(_ invocation: Invocation, _ desk: Desk) throws -> SourceSettings {
        let sources = desk.office.sources
        guard let name = invocation.arguments.value("--mailbox") else {
            guard let first = sources.first else {
                throw CommandFailure(
                    .configuration, "no [mailbox.…] is configured whose word on the sender could count")
            }
            return first
        }
        guard let source = sources.first(where: { $0.name == name }) else {
            let near = nearest(name, among: sources.map(\.name)).map { " (did you mean \($0)?)" } ?? ""
            throw CommandFailure(.noSuchThing, "there is no [mailbox.\(name.shown)]\(near)")
        }
        return source
    }

    private static func explain(
        address text: String, _ invocation: Invocation, _ desk: Desk
    ) async throws -> ExitCode {
        let drops = desk.configuration.matching.ignoresPlusDetail
        guard let address = EmailAddress(text), let key = AddressKey(address, droppingDetail: drops) else {
            throw CommandFailure(.usage, "“\(text.shown)” is no address")
        }
        let matching = try await desk.clerk(invocation).explain(NamedAddress(name: nil, address: address))
        let directory = try await desk.office.recorder.currentDirectory()
        let known = try await desk.store.read { transaction in
            (
                try transaction.contactAddresses(key: key),
                try transaction.unmatchedMessages(from: key.description).count
            )
        }
        let lines = ExplanationLines(desk.configuration, directory, source: nil)
        if invocation.json {
            invocation.output.print(
                [
                    "message": nil, "address": .string(key.description),
                    "account": JSON(matching.account.flatMap { directory.accounts[$0]?.number.text }),
                    "steps": JSON(matching.steps.map { lines.json($0) }), "parts": [],
                    "addresses": JSON(known.0.map { ContactLines.json($0) }), "waiting": JSON(known.1),
                ])
            return .ok
        }
        let output = invocation.output
        output.print("\(key)".shown)
        for line in lines.whose(matching) { output.print(line) }
        if known.0.isEmpty {
            output.print("It is no contact’s address: mailroom contact add ACCOUNT \(key)".shown)
        } else {
            for line in ContactLines.table(known.0, withAccount: true) { output.print(line) }
        }
        if known.1 > 0 {
            output.print(
                known.1 == 1
                    ? "1 message of this sender waits for somebody to say whose it is."
                    : "\(known.1) messages of this sender wait for somebody to say whose they are.")
        }
        return .ok
    }

    private static func show(
        _ explanation: Explanation, _ invocation: Invocation, _ desk: Desk
    ) async throws -> ExitCode {
        let directory = try await desk.office.recorder.currentDirectory()
        let lines = ExplanationLines(desk.configuration, directory, source: explanation.source)
        let number = explanation.message.number
        let placements =
            explanation.isRecorded ? try await desk.store.read { try $0.placements(of: number) } : []
        if invocation.json {
            invocation.output.print(lines.json(explanation, placements))
            return .ok
        }
        let clock = OfficeClock(desk.configuration, now: desk.now)
        for line in lines.text(explanation, placements, clock) { invocation.output.print(line) }
        return .ok
    }
}
