internal import Mail
internal import Store
internal import Synchronization
internal import Workers

/// The row that says the final dot may have been sent: committed while the server waits for it.
///
/// It is asked for on the thread that submits, which may block and must: with
/// the dot sent first, a crash would leave a letter that nobody knows was sent.
final class Intent: Sendable {
    private let store: Store
    private let letter: DueLetter
    private let now: @Sendable () -> Timestamp
    /// Whether the dot may be on its way: from then on the answer is worth waiting for.
    private let isCommitted = Mutex(false)

    /// A commit that takes longer has a disk behind it that does not answer.
    private static let longest = 60

    init(_ letter: DueLetter, store: Store, now: @escaping @Sendable () -> Timestamp) {
        self.letter = letter
        self.store = store
        self.now = now
    }

    var mayBeSent: Bool { isCommitted.withLock { $0 } }

    func commit() throws {
        Fault.reached("before-intent")
        let done = Semaphore()
        let outcome = Outcome()
        Task.detached { [store, letter, now] in
            do {
                try await store.write { transaction in
                    try transaction.intend(letter.id, places: letter.recipients.map(\.place), now: now())
                }
                outcome.result.withLock { $0 = .success(()) }
            } catch {
                outcome.result.withLock { $0 = .failure(error) }
            }
            done.post()
        }
        _ = done.wait(seconds: Self.longest)
        try outcome.result.withLock { $0 }.get()
        isCommitted.withLock { $0 = true }
        Fault.reached("before-dot")
    }

    /// What became of the commit, for the thread that waits for it.
    private final class Outcome: Sendable {
        let result = Mutex<Result<Void, any Error>>(
            .failure(StoreError(.storage, "the disk did not record in time that a letter is being sent")))
    }
}
