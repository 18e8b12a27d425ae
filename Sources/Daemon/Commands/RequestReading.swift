internal import Daemon
internal import Intake
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// Reads what people type about requests where the command line has a form of its own for it: days, numbers.
struct RequestReading {
    let desk: Desk

    private var zone: TimeZone { desk.configuration.requestTerms.zone }
    var today: CivilDay { zone.day(desk.now) }

    /// A day to come, or today.
    func day(_ option: String, _ text: String) throws(CommandFailure) -> CivilDay {
        guard let day = CivilDay(text) else {
            throw CommandFailure(.usage, "\(option) wants a day such as 2026-12-10, not “\(text.shown)”")
        }
        guard day >= today else { throw CommandFailure(.badData, "\(option) \(day) is over already") }
        return day
    }

    /// `--message`, or the file that `--message-file` names; nil: neither is given.
    func message(_ invocation: Invocation) async throws -> String? {
        let given = invocation.arguments.value("--message")
        guard invocation.arguments.has("--message-file") else { return given }
        guard given == nil else {
            throw CommandFailure(.usage, "--message and --message-file are given, and one is enough")
        }
        let text = try await FileSpool(vault: desk.office.data.vault).text(0, of: invocation.files)
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    /// `-3,1,7`.
    func reminders(_ text: String) throws(CommandFailure) -> [Int] {
        guard let days = RequestOrder.reminders(text) else {
            throw CommandFailure(
                .usage, "--reminders wants days in their order, such as -3,1,7, not “\(text.shown)”")
        }
        return days
    }

    func documents(_ texts: [String]) async throws -> [DocumentID] {
        var documents: [DocumentID] = []
        for text in texts { documents.append(try await desk.document(text).id) }
        return documents
    }

    func recipients(_ arguments: Arguments) -> [String]? {
        let named = arguments.values("--to")
        return named.isEmpty ? nil : named
    }

    func item(_ text: String, _ request: Request) throws(CommandFailure) -> RequestItem {
        guard let item = request.items.first(where: { String($0.number) == text || $0.name == text }) else {
            let known = request.items.map { "\($0.number) \($0.name)" }.joined(separator: ", ")
            throw CommandFailure(
                .noSuchThing,
                "request \(request.id) has no item “\(text.shown)”"
                    + (known.isEmpty ? "" : "; it has \(known.shown)"))
        }
        return item
    }
}

extension Desk {
    /// Who does what staff want of requests, in the name of the caller.
    func requests(_ invocation: Invocation) -> RequestDesk {
        RequestDesk(office, actor: invocation.actor, now: now)
    }

    /// The request of that number, as of now.
    func request(_ text: String) async throws -> Request {
        guard let number = Int64(text) else {
            throw CommandFailure(
                .usage, "“\(text.shown)” is no request: they have numbers, see mailroom request list")
        }
        return try await RequestDesk(office, actor: "", now: now).request(RequestID(number))
    }

    /// The account a request is of.
    func account(of request: Request) async throws -> Account {
        let directory = try await office.recorder.currentDirectory()
        guard let account = directory.accounts[request.account] else {
            throw CommandFailure(.noSuchThing, "the account of request \(request.id) is gone")
        }
        return account
    }

    /// Ends where a deed comes too late, before anything is read for it.
    func check(_ deed: RequestDeed, _ request: Request) throws(CommandFailure) {
        if let refusal = deed.refusal(in: request.state) {
            throw CommandFailure(.badData, "request \(request.id) \(refusal)")
        }
    }
}
