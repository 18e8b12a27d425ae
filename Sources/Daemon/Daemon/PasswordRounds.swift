internal import Archive
internal import Intake
internal import Mail
internal import Store
internal import Systemd
internal import Workers

/// Tries the passwords that staff had remembered on what comes, each once on each file.
///
/// The zip comes now and the next one every month: the password was said once.
struct PasswordRounds: Sendable {
    let office: Office
    /// Whose deed it is in the audit.
    private static let actor = "mailroom"
    private static let troubleSeconds = 60

    /// Runs until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                while try await step() {}
            } catch {
                office.log.event("open", .warning, [], "trying remembered passwords: \(error)")
            }
            await office.lockedBell.wait(seconds: Self.troubleSeconds)
        }
    }

    /// One file; false when none is left.
    private func step() async throws -> Bool {
        guard let part = try await office.data.store.read({ try $0.partWithUntriedPassword() }),
            let account = part.account
        else { return false }
        // Whatever comes of it is not tried again: also what another key sealed.
        let all = try await office.data.store.read { try $0.filePasswords(of: account) }.map(\.id)
        let known = try await office.filePasswords(of: account)
        let clerk = Clerk(
            recorder: office.recorder, store: office.data.store, sources: office.sources, actor: Self.actor,
            now: Office.now)
        let ending = try await clerk.unlock(part, with: known.map(\.password), by: office.unlocker) {
            transaction, number in try transaction.useFilePassword(known[number].id, now: clerk.now)
        }
        if case .unavailable(let words) = ending {
            office.log.event("open", .error, [], "encrypted files can't be opened: \(words)")
            return false
        }
        try await office.data.store.write { try $0.notePasswordsTried(on: part, all) }
        return true
    }
}
