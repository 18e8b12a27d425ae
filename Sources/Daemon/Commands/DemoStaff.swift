internal import Daemon
internal import Demo
internal import Mailroom
internal import Store

/// The demo's staff: an owner and a colleague, and a link by which one signs in as the owner.
struct DemoStaff {
    let office: Office
    let invocation: Invocation

    /// Gives the link.
    func hire() async throws -> String {
        try await add("jana", "Jana Vogt", "owner")
        try await add("yuki", "Yuki Mori", "member")
        let desk = Desk(office: office, isDaemon: true)
        let jana = try await desk.member("jana")
        return try await UserLink.make(for: jana.id, invocation, desk).address
    }

    private func add(_ login: String, _ name: String, _ role: String) async throws {
        let code = await Dispatch.run(
            ["user", "add", login, "--name", name, "--role", role, "--language", "en"],
            on: Desk(office: office, isDaemon: true), file: nil, files: .none, actor: invocation.actor,
            QuietOutput(complaints: invocation.output))
        guard code == .ok else {
            throw CommandFailure(.internalError, "the demo's staff could not be added")
        }
    }
}
