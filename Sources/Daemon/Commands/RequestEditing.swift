internal import Daemon
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// `mailroom request edit`: changes what is given, and leaves the rest.
enum RequestEditing {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let request = try await desk.request(arguments.operands[0])
        try desk.check(.edit, request)
        let reading = RequestReading(desk: desk)
        var edit = RequestEdit()
        edit.title = arguments.value("--title")
        edit.text = try await reading.message(invocation)
        edit.language = try arguments.word("--language", Text.Language.self)
        if let folder = arguments.value("--folder") {
            edit.folder = "\(try FolderReading.folder(folder, of: try await desk.account(of: request)))"
        }
        if let due = arguments.value("--due") {
            edit.due = due == "none" ? .some(nil) : .some(try reading.day("--due", due))
        }
        if let days = arguments.value("--reminders") {
            edit.reminders = days == "firm" ? .some(nil) : .some(try reading.reminders(days))
        }
        edit.proof = try arguments.word("--proof", LinkProof.self)
        guard !edit.isEmpty else {
            throw CommandFailure(.usage, "nothing to change is given: mailroom request edit --help")
        }
        try await desk.requests(invocation).edit(request.id, edit)
        try await RequestShow.show(request.id, invocation, desk)
        return .ok
    }
}

/// `mailroom request add`: asks for more, or asks more people.
enum RequestAdding {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let request = try await desk.request(arguments.operands[0])
        let documents = try await RequestReading(desk: desk).documents(arguments.values("--document"))
        let (items, recipients) = (arguments.values("--item"), arguments.values("--to"))
        guard !items.isEmpty || !documents.isEmpty || !recipients.isEmpty else {
            throw CommandFailure(.usage, "nothing to add is given: --item, --document or --to")
        }
        try await desk.requests(invocation).add(
            request.id, items: items, documents: documents, recipients: recipients,
            byMail: !arguments.has("--no-mail"), knowsPrivate: arguments.has("--private"))
        try await RequestShow.show(request.id, invocation, desk)
        return .ok
    }
}

/// `mailroom request remind`: a letter at once, besides those of the cadence.
enum RequestReminding {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let request = try await desk.request(invocation.arguments.operands[0])
        let named = RequestReading(desk: desk).recipients(invocation.arguments)
        let (recipients, letters) = try await desk.requests(invocation).remind(request.id, named)
        let addresses = recipients.map(\.address.description).joined(separator: ", ")
        try await RequestSending.tell(
            request.id,
            "reminder to \(addresses) (queued \(letters.map(\.description).joined(separator: ", ")))",
            letters, invocation, desk)
        return .ok
    }
}
