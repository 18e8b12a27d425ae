internal import Daemon
internal import Mail
internal import Mailroom
internal import Store

/// What staff say of items: taken, refused, there, not there.
enum RequestJudging {
    static func accept(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let request = try await desk.request(invocation.arguments.operands[0])
        try desk.check(.accept, request)
        let reading = RequestReading(desk: desk)
        let named = try invocation.arguments.operands.dropFirst().map { text throws(CommandFailure) in
            try reading.item(text, request).number
        }
        if invocation.arguments.has("--undo") {
            try await desk.requests(invocation).reconsider(request.id, named)
        } else {
            try await desk.requests(invocation).accept(
                request.id, named, isUnavailable: invocation.arguments.has("--unavailable"))
        }
        try await RequestShow.show(request.id, invocation, desk)
        return .ok
    }

    /// A refused item is asked for again by a letter that says why.
    static func reject(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let request = try await desk.request(invocation.arguments.operands[0])
        try desk.check(.reject, request)
        let item = try RequestReading(desk: desk).item(invocation.arguments.operands[1], request)
        try await desk.requests(invocation).reject(
            request.id, item.number, note: invocation.arguments.value("--note"),
            byMail: !invocation.arguments.has("--no-mail"))
        try await RequestShow.show(request.id, invocation, desk)
        return .ok
    }

    static func tick(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let operands = invocation.arguments.operands
        let request = try await desk.request(operands[0])
        try desk.check(.tick, request)
        let item = try RequestReading(desk: desk).item(operands[1], request)
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
        try await desk.requests(invocation).tick(request.id, item.number, part: part)
        try await RequestShow.show(request.id, invocation, desk)
        return .ok
    }

    static func rename(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let operands = invocation.arguments.operands
        let request = try await desk.request(operands[0])
        try desk.check(.edit, request)
        let item = try RequestReading(desk: desk).item(operands[1], request)
        try await desk.requests(invocation).renameItem(request.id, item.number, to: operands[2])
        try await RequestShow.show(request.id, invocation, desk)
        return .ok
    }

    static func withdraw(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let request = try await desk.request(invocation.arguments.operands[0])
        try desk.check(.edit, request)
        let item = try RequestReading(desk: desk).item(invocation.arguments.operands[1], request)
        try await desk.requests(invocation).withdrawItem(request.id, item.number)
        try await RequestShow.show(request.id, invocation, desk)
        return .ok
    }

    static func untick(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let request = try await desk.request(invocation.arguments.operands[0])
        try desk.check(.untick, request)
        let item = try RequestReading(desk: desk).item(invocation.arguments.operands[1], request)
        try await desk.requests(invocation).untick(request.id, item.number)
        try await RequestShow.show(request.id, invocation, desk)
        return .ok
    }
}
