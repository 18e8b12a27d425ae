internal import Daemon
internal import Intake
internal import Mail
internal import Mailroom
internal import Outbox
internal import Store
internal import Text

/// `mailroom request send`: a client is asked, by a letter to each or by a link alone.
enum RequestSending {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let operands = invocation.arguments.operands
        if operands.count == 1 { return try await again(operands[0], invocation, desk) }
        let account = try await desk.account(operands[0])
        let order = try await read(operands[1], account, invocation, desk)
        let way = way(invocation)
        guard way != .mail || !order.recipients.isEmpty else {
            throw CommandFailure(.usage, "--to ADDRESS is missing: whom it goes to (or --no-mail for a link)")
        }
        let (id, letters) = try await desk.requests(invocation).ask(order, way)
        try await tell(id, way, letters, invocation, desk)
        return .ok
    }

    private static func way(_ invocation: Invocation) -> RequestOrder.Way {
        if invocation.arguments.has("--draft") { return .draft }
        return invocation.arguments.has("--no-mail") ? .link : .mail
    }

    /// A draft goes out; an open one goes out again.
    private static func again(_ text: String, _ invocation: Invocation, _ desk: Desk) async throws -> ExitCode
    {
        let allowed = ["--to", "--no-mail", "--json"]
        if let other = CommandTable.requestCommands[0].options.map(\.name).first(where: {
            invocation.arguments.has($0) && !allowed.contains($0)
        }) {
            throw CommandFailure(.usage, "\(other) is for a new request: mailroom request edit \(text.shown)")
        }
        let request: Request
        do {
            request = try await desk.request(text)
        } catch {
            guard let account = try? await desk.account(text) else { throw error }
            throw CommandFailure(
                .usage,
                "what shall account \(account.number) be asked for? request send \(account.number) TITLE")
        }
        let named = RequestReading(desk: desk).recipients(invocation.arguments)
        let way = way(invocation)
        let letters = try await desk.requests(invocation).send(request.id, way, to: named)
        try await tell(request.id, way, letters, invocation, desk)
        return .ok
    }

    private static func tell(
        _ id: RequestID, _ way: RequestOrder.Way, _ letters: [LetterID], _ invocation: Invocation,
        _ desk: Desk
    ) async throws {
        switch way {
        case .draft: try await tell(id, "is a draft: mailroom request send \(id)", [], invocation, desk)
        case .link: try await tell(id, "is open", [], invocation, desk)
        case .mail:
            let queued = try await desk.store.read { transaction in
                try letters.compactMap { try transaction.queuedLetter($0) }
            }
            let addresses = queued.flatMap(\.submissions).map(\.address).joined(separator: ", ")
            let numbers = letters.map(\.description).joined(separator: ", ")
            try await tell(id, "sent to \(addresses) (queued \(numbers))", letters, invocation, desk)
        }
    }

    private static func read(
        _ title: String, _ account: Account, _ invocation: Invocation, _ desk: Desk
    ) async throws -> RequestOrder {
        let arguments = invocation.arguments
        let reading = RequestReading(desk: desk)
        var order = RequestOrder(
            account: account.id, title: title, person: try await desk.person(invocation))
        order.due = try arguments.value("--due").map { text throws(CommandFailure) in
            try reading.day("--due", text)
        }
        order.lastDay = try arguments.value("--expires").map { text throws(CommandFailure) in
            try reading.day("--expires", text)
        }
        order.folder = try arguments.value("--folder").map { text throws(CommandFailure) in
            "\(try FolderReading.folder(text, of: account))"
        }
        order.text = try await reading.message(invocation) ?? ""
        order.language = try arguments.word("--language", Text.Language.self)
        order.reminders = try arguments.value("--reminders").map { text throws(CommandFailure) in
            try reading.reminders(text)
        }
        order.proof = try arguments.word("--proof", LinkProof.self)
        order.items = arguments.values("--item")
        order.recipients = arguments.values("--to")
        order.documents = try await reading.documents(arguments.values("--document"))
        order.knowsPrivate = arguments.has("--private")
        return order
    }

    /// What was done, and the links with the last day they hold.
    static func tell(
        _ id: RequestID, _ words: String, _ letters: [LetterID], _ invocation: Invocation, _ desk: Desk
    ) async throws {
        let request = try await desk.store.read { try $0.knownRequest(id) }
        if invocation.json {
            let account = try await desk.account(of: request)
            invocation.output.print(
                .object(
                    RequestLines.members(request, account.number.text, desk)
                        + RequestLines.links(of: request, try desk.office.requestLinks(), desk)
                        + [("queued", JSON(letters.map { JSON($0.rawValue) }))]))
            return
        }
        invocation.output.print("request \(id) \(words)".shown)
        for line in RequestLines.links(request, try desk.office.requestLinks(), desk) {
            invocation.output.print(line)
        }
    }
}
