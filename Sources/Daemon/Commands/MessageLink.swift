internal import Intake
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// `mailroom message link`: staff say whose mail a message is.
enum MessageLink {
    /// What `--remember` does: a new contact, or the thread of one that several accounts have.
    private enum Remembered: Sendable {
        case contact(NewAddress)
        case thread(MessageID, ContactID)
    }

    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let message = try await desk.message(arguments.operands[0])
        guard let number = arguments.value("--account") else {
            let offered = try await desk.store.read { try $0.suggestions(of: message.number) }
            throw CommandFailure(
                .usage,
                "--account N is missing: whose mail it is"
                    + (offered.isEmpty ? "" : " (suggested: \(offered.joined(separator: ", ")))"))
        }
        let account = try await desk.account(number)
        let remembered = arguments.has("--remember") ? try await remembering(message, account, desk) : nil
        let (actor, now) = (invocation.actor, desk.now)
        let report = try await desk.clerk(invocation).link(
            message.number, to: account.id, because: "\(actor) said so"
        ) { transaction in
            switch remembered {
            case .contact(let new):
                _ = try transaction.addAddress(new, to: account.id)
                try transaction.audit(
                    "contact.add", by: actor, account: account.id.rawValue, subject: new.address.description,
                    detail: "by message \(message.number)", at: now)
            case .thread(let thread, let contact):
                try transaction.remember(thread: thread, contact: contact, account: account.id)
            case nil: break
            }
        }
        try await tell(message, account, remembered, report, invocation, desk)
        return .ok
    }

    private static func remembering(
        _ message: MessageSummary, _ account: Account, _ desk: Desk
    ) async throws -> Remembered {
        guard let text = message.fromAddress else {
            throw CommandFailure(.badData, "message \(message.number) names no sender to remember")
        }
        guard account.type != .guest else {
            throw CommandFailure(
                .badData, "account \(account.number) is a guest’s, and a guest account has no contacts")
        }
        let (address, key) = try AddressReading(configuration: desk.configuration).address(text)
        let (known, sender) = try await desk.store.read { transaction in
            (try transaction.contactAddresses(key: key), try transaction.sender(of: message.number))
        }
        if known.contains(where: { $0.account == account.id }), known.count > 1 {
            guard let thread = sender?.thread.flatMap({ MessageID($0) }) else {
                throw CommandFailure(
                    .badData, "message \(message.number) belongs to no thread that could be remembered")
            }
            return .thread(thread, known[0].contact)
        }
        return .contact(
            NewAddress(
                address: address, key: key, contact: nil,
                fallbackName: (sender?.name).flatMap { $0.isEmpty ? nil : $0.shown } ?? account.name))
    }

    private static func tell(
        _ message: MessageSummary, _ account: Account, _ remembered: Remembered?, _ report: Clerk.Report,
        _ invocation: Invocation, _ desk: Desk
    ) async throws {
        let key = try await desk.store.read { try $0.senderKey(of: message.number) }
        let others = try await desk.store.read { transaction in
            try key.map { try transaction.unmatchedMessages(from: $0) } ?? []
        }
        if invocation.json {
            invocation.output.print(
                [
                    "message": JSON(message.number.rawValue), "account": .string(account.number.text),
                    "outcome": RejudgeLines.json(report), "others": JSON(others.count),
                ])
            return
        }
        let output = invocation.output
        output.print("message \(message.number) belongs to \(account.number) \(account.name.shown)")
        for line in RejudgeLines.lines(report) { output.print(line) }
        switch remembered {
        case .contact(let new): output.print("\(new.address) speaks for \(account.number) from now on".shown)
        case .thread: output.print("what answers it in this thread is \(account.number)’s from now on")
        case nil: break
        }
        let elsewhere = try await desk.store.read { try $0.parts(of: message.number) }.filter {
            $0.document.map { $0.account != account.number.text } ?? false
        }
        if !elsewhere.isEmpty {
            output.print(
                "\(counted(elsewhere.count, "document")) of it lie in another account: mailroom file move")
        }
        if !others.isEmpty, let key {
            output.print(
                "\(counted(others.count, "other message")) of \(key) wait\(others.count == 1 ? "s" : ""); see what becomes of them: "
                    + "mailroom contact add \(account.number) \(key) --retroactive --dry-run")
        }
    }
}
