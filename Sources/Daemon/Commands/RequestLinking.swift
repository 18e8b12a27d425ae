internal import Daemon
internal import Mail
internal import Mailroom
internal import Outbox
internal import Store
internal import Text

/// `mailroom request link`, `extend` and `revoke`: how long a request can be answered, and by which address.
enum RequestLinking {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let request = try await desk.request(invocation.arguments.operands[0])
        let deeds = desk.requests(invocation)
        _ = try await deeds.links(request.id)
        let named = RequestReading(desk: desk).recipients(invocation.arguments)
        let recipients = try deeds.recipients(named, of: request)
        if invocation.arguments.has("--new") { _ = try await deeds.links(request.id, renewing: true) }
        let links = try desk.office.requestLinks()
        let current = try await desk.store.read { try $0.knownRequest(request.id) }
        if invocation.json {
            invocation.output.print(
                .object([("id", JSON(current.id.rawValue))] + RequestLines.links(of: current, links, desk)))
            return .ok
        }
        for line in RequestLines.links(current, links, desk, to: recipients) { invocation.output.print(line) }
        return .ok
    }

    static func extend(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let request = try await desk.request(arguments.operands[0])
        try desk.check(.extend, request)
        let reading = RequestReading(desk: desk)
        let due: CivilDay?? = try arguments.value("--due").map { text throws(CommandFailure) in
            try reading.day("--due", text)
        }
        let last = try arguments.value("--until").map { text throws(CommandFailure) in
            try reading.day("--until", text)
        }
        let until = try await desk.requests(invocation).extend(request.id, until: last, due: due)
        try await RequestSending.tell(request.id, "holds until \(until)", [], invocation, desk)
        return .ok
    }

    static func revoke(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let request = try await desk.request(invocation.arguments.operands[0])
        try await desk.requests(invocation).revoke(request.id)
        try await RequestSending.tell(
            request.id, "is revoked: its links are void, and letters that waited are not sent", [],
            invocation,
            desk)
        return .ok
    }
}
