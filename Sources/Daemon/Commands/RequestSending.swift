internal import Configuration
internal import Daemon
internal import Mail
internal import Mailroom
internal import Outbox
internal import Store
internal import Text

/// `mailroom request send`: a client is asked, by a letter to each or by a link alone.
///
/// The request is a draft before its letters are written, because its links
/// are derived from the numbers of its rows; what a crash leaves is a draft
/// that was sent to nobody.
enum RequestSending {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let operands = invocation.arguments.operands
        if operands.count == 1 { return try await again(operands[0], invocation, desk) }
        let account = try await desk.account(operands[0])
        let new = try await read(operands[1], account, invocation, desk)
        let isDraft = invocation.arguments.has("--draft")
        let isByMail = !isDraft && !invocation.arguments.has("--no-mail")
        guard !isByMail || !new.recipients.isEmpty else {
            throw CommandFailure(.usage, "--to ADDRESS is missing: whom it goes to (or --no-mail for a link)")
        }
        // What can't be sent is not begun.
        if isByMail { _ = try RequestPost(desk, invocation) }
        let (actor, now) = (invocation.actor, desk.now)
        let author = try author(invocation)
        let id = try await desk.store.write {
            try $0.addRequest(new, author: author, by: actor, now: now)
        }
        let request = try await desk.store.read { try $0.knownRequest(id) }
        if isDraft {
            try await tell(id, "is a draft: mailroom request send \(id)", [], invocation, desk)
            return .ok
        }
        return try await send(request, request.recipients, invocation, desk)
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
        } catch let error as CommandFailure {
            guard let account = try? await desk.account(text) else { throw error }
            throw CommandFailure(
                .usage,
                "what shall account \(account.number) be asked for? request send \(account.number) TITLE")
        }
        try desk.check(.send, request)
        return try await send(request, try desk.recipients(of: request, invocation), invocation, desk)
    }

    private static func send(
        _ request: Request, _ recipients: [RequestRecipient], _ invocation: Invocation, _ desk: Desk
    ) async throws -> ExitCode {
        let (actor, now, id) = (invocation.actor, desk.now, request.id)
        let chosen = recipients.map(\.id)
        if invocation.arguments.has("--no-mail") {
            guard try desk.office.requestLinks().openLink(of: request) != nil else {
                throw CommandFailure(
                    .configuration, "there is no link to hand over without public_url in [web]")
            }
            try await desk.store.write { transaction in
                try transaction.sendRequest(id, to: [], by: actor, now: now)
                // Handed over by hand: no letter's fate will tell.
                for recipient in chosen { try transaction.setRecipient(recipient, after: .take, now: now) }
            }
            try await tell(id, "is open", [], invocation, desk)
            return .ok
        }
        guard !recipients.isEmpty else {
            throw CommandFailure(.usage, "request \(id) goes to nobody: request add \(id) --to ADDRESS")
        }
        let letters = try await RequestPost(desk, invocation).queue(
            { _ in .request }, of: request, to: recipients
        ) { transaction in
            try transaction.sendRequest(id, to: chosen, by: actor, now: now)
        }
        let addresses = recipients.map(\.address.description).joined(separator: ", ")
        try await tell(
            id, "sent to \(addresses) (queued \(letters.map(\.description).joined(separator: ", ")))",
            letters,
            invocation, desk)
        return .ok
    }

    private static func author(_ invocation: Invocation) throws(CommandFailure) -> String {
        let name = invocation.arguments.value("--by") ?? invocation.actor
        guard !name.isEmpty, name == name.shown, name.count <= 100 else {
            throw CommandFailure(.badData, "“\(name.shown)” is no name")
        }
        return name
    }

    private static func read(
        _ title: String, _ account: Account, _ invocation: Invocation, _ desk: Desk
    ) async throws -> NewRequest {
        let arguments = invocation.arguments
        let reading = RequestReading(desk: desk)
        let terms = desk.configuration.requestTerms
        let due = try arguments.value("--due").map { text throws(CommandFailure) in
            try reading.day("--due", text)
        }
        let last = try arguments.value("--expires").map { text throws(CommandFailure) in
            try reading.day("--expires", text)
        }
        if let due, let last, last < due {
            throw CommandFailure(.badData, "it would expire on \(last), before it is due on \(due)")
        }
        guard
            let folder = arguments.value("--folder") ?? account.defaultFolder?.name
                ?? account.folders.first?.name
        else { throw CommandFailure(.badData, "account \(account.number) has no folder to file answers in") }
        return NewRequest(
            account: account.id, folder: try FolderReading.folder(folder, of: account),
            title: try reading.title(title), text: try await reading.message(invocation) ?? "",
            language: try arguments.word("--language", Text.Language.self) ?? account.language, due: due,
            expires: terms.end(of: last ?? terms.lastDay(today: reading.today, due: due)),
            reminders: try arguments.value("--reminders").map { text throws(CommandFailure) in
                try reading.reminders(text)
            },
            items: try reading.items(arguments.values("--item")),
            recipients: try await reading.recipients(arguments.values("--to"), of: account),
            documents: try await reading.documents(arguments.values("--document"), of: account))
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
