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
        try desk.check(.copyLink, request)
        let links = try desk.office.requestLinks()
        guard links.openLink(of: request) != nil else {
            throw CommandFailure(.configuration, "there are no links without public_url in [web]")
        }
        let recipients = try desk.recipients(of: request, invocation)
        let (actor, now) = (invocation.actor, desk.now)
        if invocation.arguments.has("--new") {
            try await desk.store.write { try $0.renewLinks(of: request.id, by: actor, now: now) }
        }
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
        let terms = desk.configuration.requestTerms
        let due: CivilDay?? = try arguments.value("--due").map { text throws(CommandFailure) in
            try reading.day("--due", text)
        }
        let last = try arguments.value("--until").map { text throws(CommandFailure) in
            try reading.day("--until", text)
        }
        let end = terms.end(of: last ?? terms.lastDay(today: reading.today, due: due ?? request.due))
        let (actor, now) = (invocation.actor, desk.now)
        try await desk.store.write {
            try $0.extendRequest(request.id, until: end, due: due, by: actor, now: now)
        }
        try await RequestSending.tell(
            request.id, "holds until \(terms.lastDay(before: end))", [], invocation, desk)
        return .ok
    }

    static func revoke(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let request = try await desk.request(invocation.arguments.operands[0])
        let (actor, now) = (invocation.actor, desk.now)
        try await desk.store.write { try $0.revokeRequest(request.id, by: actor, now: now) }
        try await RequestSending.tell(
            request.id, "is revoked: its links are void, and letters that waited are not sent", [],
            invocation,
            desk)
        return .ok
    }
}
