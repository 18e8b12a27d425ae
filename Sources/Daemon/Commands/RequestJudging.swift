internal import Mail
internal import Mailroom
internal import Outbox
internal import Store

/// What staff say of items: taken, refused, there, not there.
enum RequestJudging {
    static func accept(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let request = try await desk.request(invocation.arguments.operands[0])
        try desk.check(.accept, request)
        let isUnavailable = invocation.arguments.has("--unavailable")
        let named = try invocation.arguments.operands.dropFirst().map { text throws(CommandFailure) in
            try item(text, request).number
        }
        let numbers = named.isEmpty ? request.items.filter { $0.state == .received }.map(\.number) : named
        guard !numbers.isEmpty, !(isUnavailable && named.isEmpty) else {
            throw CommandFailure(.usage, "no item of request \(request.id) is named, and none has come")
        }
        let (actor, now, end) = (invocation.actor, desk.now, desk.againUntil)
        try await desk.store.write { transaction in
            for number in numbers {
                try transaction.changeItem(
                    number, of: request.id, isUnavailable ? .decline : .accept, holdingUntil: end, by: actor,
                    now: now)
            }
        }
        try await RequestShow.show(request.id, invocation, desk)
        return .ok
    }

    /// A refused item is asked for again by a letter that says why.
    static func reject(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let request = try await desk.request(invocation.arguments.operands[0])
        try desk.check(.reject, request)
        let item = try item(invocation.arguments.operands[1], request)
        let note = invocation.arguments.value("--note")
        guard note.map({ $0 == $0.shown && !$0.isEmpty && $0.count <= 1000 }) ?? true else {
            throw CommandFailure(.badData, "a note is one line of at most 1000 characters")
        }
        guard let state = item.state.after(.reject) else {
            throw CommandFailure(.badData, "item \(item.number) of request \(request.id) has not come yet")
        }
        let (actor, now, end) = (invocation.actor, desk.now, desk.againUntil)
        let change: @Sendable (StoreTransaction) throws -> Void = { transaction in
            try transaction.changeItem(
                item.number, of: request.id, .reject, note: note, holdingUntil: end, by: actor, now: now)
        }
        let recipients = request.recipients.filter { $0.state != .undelivered }
        if invocation.arguments.has("--no-mail") || recipients.isEmpty {
            try await desk.store.write(change)
        } else {
            let chosen = recipients.map(\.id)
            try await RequestPost(desk, invocation).queue(
                { _ in .rejection }, of: request.with(item.id, state, note: note), to: recipients
            ) { transaction in
                try change(transaction)
                for recipient in chosen { try transaction.setRecipient(recipient, after: .queue, now: now) }
            }
        }
        try await RequestShow.show(request.id, invocation, desk)
        return .ok
    }

    static func tick(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let operands = invocation.arguments.operands
        let request = try await desk.request(operands[0])
        try desk.check(.tick, request)
        let item = try item(operands[1], request)
        var part: Int64?
        if operands.count == 3 {
            let reference = try FileReference(operands[2])
            let came = try await desk.store.read { try $0.parts(of: request.id) }
            guard
                let known = came.first(where: {
                    $0.message == reference.message && $0.section == reference.section
                })
            else {
                throw CommandFailure(
                    .noSuchThing, "\(reference) did not come in answer to request \(request.id)")
            }
            part = known.id
        }
        return try await change(item, .tick, part: part, request, invocation, desk)
    }

    static func untick(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let request = try await desk.request(invocation.arguments.operands[0])
        try desk.check(.untick, request)
        let item = try item(invocation.arguments.operands[1], request)
        return try await change(item, .untick, part: nil, request, invocation, desk)
    }

    private static func change(
        _ item: RequestItem, _ event: ItemState.Event, part: Int64?, _ request: Request,
        _ invocation: Invocation, _ desk: Desk
    ) async throws -> ExitCode {
        let (actor, now, end) = (invocation.actor, desk.now, desk.againUntil)
        try await desk.store.write { transaction in
            try transaction.changeItem(
                item.number, of: request.id, event, part: part, holdingUntil: end, by: actor, now: now)
        }
        try await RequestShow.show(request.id, invocation, desk)
        return .ok
    }

    private static func item(_ text: String, _ request: Request) throws(CommandFailure) -> RequestItem {
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
