internal import Archive
internal import Intake
internal import Mail
internal import Store
internal import Systemd
internal import Workers

/// Tries passwords on what is encrypted: those that are remembered for the account, and those that the
/// sender's mails tell; each once on each file.
///
/// The zip comes now and its password in the next mail, every month.
struct PasswordRounds: Sendable {
    let office: Office
    /// Whose deed it is in the audit.
    private static let actor = "mailroom"
    private static let troubleSeconds = 60

    private var store: Store { office.data.store }

    private var clerk: Clerk {
        Clerk(
            recorder: office.recorder, store: store, sources: office.sources, actor: Self.actor,
            now: Office.now)
    }

    /// Runs until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                while try await step() {}
            } catch {
                office.log.event("open", .warning, [], "trying passwords on encrypted files: \(error)")
            }
            await office.lockedBell.wait(seconds: Self.troubleSeconds)
        }
    }

    /// One file; false when none is left.
    private func step() async throws -> Bool {
        if let part = try await store.read({ try $0.partWithUntriedPassword() }) {
            return try await tryRemembered(part)
        }
        if let (part, mail) = try await store.read({ try $0.partWithUnreadMail(now: Office.now) }) {
            return try await tryWords(of: mail, on: part)
        }
        return false
    }

    private func tryRemembered(_ part: LockedPart) async throws -> Bool {
        guard let account = part.account else { return false }
        let all = try await store.read { try $0.filePasswords(of: account) }.map(\.id)
        let known = try await office.filePasswords(of: account)
        let (clerk, now) = (clerk, Office.now)
        let ending = try await clerk.unlock(part, with: known.map(\.password), by: office.unlocker) {
            transaction, number in
            try transaction.useFilePassword(known[number].id, now: now)
        }
        guard isTried(ending) else { return false }
        // Also what another key sealed is not tried again.
        try await store.write { try $0.notePasswordsTried(on: part, all) }
        return true
    }

    private func tryWords(of mail: MessageNumber, on part: LockedPart) async throws -> Bool {
        let words = try await clerk.passwords(in: mail)
        if !words.isEmpty {
            guard isTried(try await clerk.unlock(part, with: words, by: office.unlocker)) else {
                return false
            }
        }
        try await store.write { try $0.noteMailRead(for: part, mail) }
        return true
    }

    /// False where there was no child for it: then it is tried again.
    private func isTried(_ ending: UnlockEnding) -> Bool {
        guard case .unavailable(let words) = ending else { return true }
        office.log.event("open", .error, [], "encrypted files can't be opened: \(words)")
        return false
    }
}
