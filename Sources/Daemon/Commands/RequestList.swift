internal import Configuration
internal import Daemon
internal import Intake
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// `mailroom request list`.
enum RequestList {
    private static let most = 1000

    /// What `--state` takes: the states themselves, and two that an open one may be in besides.
    private enum Choice: String, CaseIterable {
        case draft, open, answered, revoked, expired, undelivered, overdue

        var states: Set<RequestState> { RequestState(rawValue: rawValue).map { [$0] } ?? [.open] }
        var isDerived: Bool { RequestState(rawValue: rawValue) == nil }

        func contains(_ request: Request, today: CivilDay) -> Bool {
            switch self {
            case .draft, .open, .answered, .revoked, .expired: true
            case .undelivered: request.isUndelivered
            case .overdue: request.isOverdue(today: today)
            }
        }
    }

    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let account = try await desk.account(of: invocation)
        let choice = try arguments.word("--state", Choice.self)
        let states =
            choice?.states ?? (arguments.has("--all") ? Set(RequestState.allCases) : [.draft, .open])
        let (now, today) = (desk.now, RequestReading(desk: desk).today)
        let requests = try await desk.store.write { transaction in
            try transaction.expireRequests(now: now)
            // What is derived of a request is not known to the database.
            let limit = choice?.isDerived == true ? Int.max : most
            return try transaction.requests(account: account?.id, states: states, limit: limit)
        }.filter { choice?.contains($0, today: today) ?? true }.prefix(most)
        let accounts = try await desk.office.recorder.currentDirectory().accounts
        func number(_ request: Request) -> String { accounts[request.account]?.number.text ?? "" }
        if invocation.json {
            for request in requests {
                invocation.output.print(.object(RequestLines.members(request, number(request), desk)))
            }
            return .ok
        }
        guard !requests.isEmpty else {
            invocation.output.print("There is none: mailroom request send NUMBER TITLE --to ADDRESS")
            return .ok
        }
        var table = Table(["ID", "ACCOUNT", "DUE", "STATE", "TO", "TITLE"])
        for request in requests {
            table.add([
                "\(request.id)", number(request), request.due?.description ?? "",
                RequestLines.state(request, desk),
                request.recipients.map(\.address.description).joined(separator: ", ").shown,
                request.title.shown,
            ])
        }
        for line in table.lines { invocation.output.print(line) }
        return .ok
    }
}
