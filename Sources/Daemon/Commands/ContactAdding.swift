internal import Configuration
internal import Intake
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// `mailroom contact add`: lets mail of an address belong to an account, from now on or from before, too.
enum ContactAdding {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let account = try await desk.account(arguments.operands[0])
        let (address, key) = try AddressReading(configuration: desk.configuration).address(
            arguments.operands[1])
        guard account.type != .guest else {
            throw CommandFailure(
                .badData, "account \(account.number) is a guest’s, and a guest account has no contacts")
        }
        let new = NewAddress(
            address: address, key: key, contact: try name(arguments), fallbackName: account.name,
            kind: try arguments.word("--kind", ContactKind.self),
            switches: arguments.has("--no-sync") ? Switches.imported.subtracting(.sync) : .imported)
        let isPrimary = arguments.has("--primary")
        let (actor, now) = (invocation.actor, desk.now)
        let adding: @Sendable (StoreTransaction) throws -> Void = { transaction in
            let (contact, _) = try transaction.addAddress(new, to: account.id)
            if isPrimary { try transaction.setPrimary(account.id, of: contact) }
            try transaction.audit(
                "contact.add", by: actor, account: account.id.rawValue, subject: address.description,
                detail: isPrimary ? "primary account" : "", at: now)
        }
        let isTrial = arguments.has("--dry-run")
        if isTrial { try await desk.store.trial(adding) } else { try await desk.store.write(adding) }
        let drops = desk.configuration.matching.ignoresPlusDetail
        let sender = AddressKey(address, droppingDetail: drops)?.description ?? key.description
        let waiting = try await desk.store.read { try $0.unmatchedMessages(from: sender) }
        var report: Clerk.Report?
        if arguments.has("--retroactive") {
            let known: @Sendable (StoreTransaction) throws -> Void = { _ in }
            report = try await desk.clerk(invocation).rejudge(
                waiting, subject: address.description, isTrial: isTrial, preparing: isTrial ? adding : known)
        }
        try await tell(account, address, waiting.count, report, isTrial: isTrial, invocation, desk)
        return .ok
    }

    private static func name(_ arguments: Arguments) throws(CommandFailure) -> String? {
        guard let name = arguments.value("--name") else { return nil }
        guard !name.isEmpty, name == name.shown else {
            throw CommandFailure(.usage, "a contact needs a name, in one line")
        }
        return name
    }

    private static func tell(
        _ account: Account, _ address: EmailAddress, _ waiting: Int, _ report: Clerk.Report?, isTrial: Bool,
        _ invocation: Invocation, _ desk: Desk
    ) async throws {
        if invocation.json {
            invocation.output.print(
                [
                    "account": .string(account.number.text), "address": .string(address.description),
                    "dry_run": JSON(isTrial), "waiting": JSON(waiting),
                    "retroactive": report.map(RejudgeLines.json) ?? .null,
                ])
            return
        }
        var words = "\(address) \(isTrial ? "would speak" : "speaks") for \(account.number) \(account.name)"
            .shown
        if let report {
            words +=
                "; \(counted(report.belonging, "earlier message")) \(isTrial ? "would belong" : "now belong\(report.belonging == 1 ? "s" : "")") to it"
        } else if waiting > 0 {
            words +=
                "; \(counted(waiting, "earlier message")) wait\(waiting == 1 ? "s" : ""): "
                + "mailroom contact add \(account.number) \(address) --retroactive"
        }
        invocation.output.print(words)
        if let report { for line in RejudgeLines.lines(report) { invocation.output.print(line) } }
        if isTrial { invocation.output.print("Nothing was written: this was a dry run.") }
    }
}
