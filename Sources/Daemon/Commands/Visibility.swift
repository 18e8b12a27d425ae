internal import Configuration
internal import Daemon
internal import Mailroom
internal import Store

/// `--visible-to`: which staff see an account, or what came through a mailbox.
enum Visibility {
    static let options = [
        Option("--visible-to", value: "LOGIN", repeats: true, "these staff alone see it, owners too"),
        Option("--visible-to-all", "all staff see it"),
    ]

    /// Nil: nothing is said about it; empty: everybody.
    static func viewers(_ arguments: Arguments, _ desk: Desk) async throws -> [StaffMember]? {
        let logins = arguments.values("--visible-to")
        guard !logins.isEmpty else { return arguments.has("--visible-to-all") ? [] : nil }
        guard !arguments.has("--visible-to-all") else {
            throw CommandFailure(.usage, "--visible-to and --visible-to-all are given, and one is enough")
        }
        var members: [StaffMember] = []
        for login in logins { members.append(try await desk.member(login)) }
        return members
    }
}

/// `mailroom mailbox edit NAME`.
enum MailboxEditing {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let name = invocation.arguments.operands[0]
        let known = try await desk.store.read { try $0.sourceID(name) }
        guard desk.configuration[mailbox: name] != nil || known != nil else {
            throw CheckCommand.unknown(name, desk.configuration)
        }
        guard let viewers = try await Visibility.viewers(invocation.arguments, desk) else {
            throw CommandFailure(.usage, "nothing to change is given: mailroom mailbox edit --help")
        }
        let (actor, now) = (invocation.actor, desk.now)
        try await desk.store.write {
            try $0.setViewers(viewers.map(\.id), ofSource: name, by: actor, now: now)
        }
        if invocation.json {
            invocation.output.print([
                "name": .string(name), "visible_to": JSON(viewers.map { .string($0.login) }),
            ])
        } else {
            let who = viewers.isEmpty ? "all staff" : viewers.map(\.login).joined(separator: ", ")
            invocation.output.print("\(name) is visible to \(who)")
        }
        return .ok
    }
}

extension Desk {
    /// The member of staff with that login.
    func member(_ login: String) async throws -> StaffMember {
        let members = try await store.read { try $0.staffMembers() }
        if let member = members.first(where: { $0.login == login.lowercased() }) { return member }
        let near = nearest(login, among: members.map(\.login)).map { " (did you mean \($0)?)" } ?? ""
        throw CommandFailure(.noSuchThing, "there is no user \(login.shown)" + near)
    }
}
