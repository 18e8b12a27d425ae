internal import Daemon
internal import Mail
internal import Mailroom
internal import Store

/// Whose an account is to be, and who follows it, as a command names them.
struct AccountCare {
    /// Nil: nothing is said about it; nil within: nobody.
    let assignee: StaffID??
    /// Nil: nothing is said about it.
    let followers: [StaffID]?

    init(_ arguments: Arguments, _ desk: Desk) async throws {
        switch arguments.value("--assign") {
        case nil: assignee = nil
        case "-": assignee = .some(nil)
        case let login?: assignee = .some(try await desk.member(login).id)
        }
        let logins = arguments.values("--follow")
        var found: [StaffID] = []
        for login in logins where login != "-" { found.append(try await desk.member(login).id) }
        guard found.isEmpty || !logins.contains("-") else {
            throw CommandFailure(.usage, "--follow - means nobody: give it alone, or name colleagues")
        }
        followers = logins.isEmpty ? nil : found
    }

    func follow(
        _ account: AccountID, _ transaction: StoreTransaction, by actor: String, now: Timestamp
    ) throws {
        guard let followers else { return }
        try transaction.setFollowers(followers, of: account, by: actor, now: now)
    }
}
