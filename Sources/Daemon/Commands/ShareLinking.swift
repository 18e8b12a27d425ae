internal import Daemon
internal import Mail
internal import Mailroom
internal import Store

/// `mailroom share link` and `revoke`: by which address documents are looked at, and until when.
enum ShareLinking {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let deeds = desk.shares(invocation)
        let share = try await desk.share(invocation.arguments.operands[0])
        let named = RequestReading(desk: desk).recipients(invocation.arguments)
        let chosen = try deeds.recipients(named, of: share).filter { $0.revoked == nil }
        guard !chosen.isEmpty else { throw CommandFailure(.badData, "share \(share.id) is revoked") }
        if invocation.arguments.has("--new") {
            for recipient in chosen { try await deeds.perform(.renewLink(recipient.id), on: share.id) }
        }
        let current = try await desk.share("\(share.id)")
        if invocation.json {
            invocation.output.print(
                .object([("id", JSON(share.id.rawValue))] + (try ShareLines.links(current, deeds))))
            return .ok
        }
        let lines = try ShareLines.links(current, deeds, desk, to: chosen.map(\.id))
        guard !lines.isEmpty else {
            throw CommandFailure(
                .badData, "share \(share.id) has expired: send it again on its page, or share add")
        }
        for line in lines { invocation.output.print(line) }
        return .ok
    }

    /// `mailroom share proof`: for those of its recipients whose link was not revoked.
    static func prove(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let (deeds, operands) = (desk.shares(invocation), invocation.arguments.operands)
        let share = try await desk.share(operands[0])
        guard let proof = LinkProof(rawValue: operands[1]) else {
            throw CommandFailure(.usage, "“\(operands[1].shown)” is no proof: none, code or login")
        }
        let named = RequestReading(desk: desk).recipients(invocation.arguments)
        let chosen = try named.map { try deeds.recipients($0, of: share).map(\.id) }
        try await deeds.prove(share, chosen, proof)
        let current = try await desk.share("\(share.id)")
        if invocation.json {
            let account = try await desk.account(of: current)
            invocation.output.print(.object(ShareLines.members(current, account.number.text, desk)))
            return .ok
        }
        let whose = named.map { " for " + $0.joined(separator: ", ") } ?? ""
        let words =
            switch proof {
            case .nothing: "asks for nothing"
            case .code: "asks for a code by mail"
            case .login: "asks to sign in"
            }
        invocation.output.print("share \(share.id) \(words)\(whose)".shown)
        return .ok
    }

    static func revoke(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let deeds = desk.shares(invocation)
        let share = try await desk.share(invocation.arguments.operands[0])
        let named = RequestReading(desk: desk).recipients(invocation.arguments)
        let chosen = try named.map { try deeds.recipients($0, of: share).map(\.id) }
        try await deeds.revoke(share.id, from: chosen)
        let current = try await desk.share("\(share.id)")
        if invocation.json {
            let account = try await desk.account(of: current)
            invocation.output.print(.object(ShareLines.members(current, account.number.text, desk)))
            return .ok
        }
        let whose = named.map { " for " + $0.joined(separator: ", ") } ?? ""
        invocation.output.print(
            "share \(share.id) is revoked\(whose): its links are void, and letters that waited are not sent"
                .shown)
        return .ok
    }
}
