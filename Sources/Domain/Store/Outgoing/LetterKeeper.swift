package import MIME
internal import Mail
internal import Mailroom
package import Workers

/// Makes letters durable, and only then has them queued: in one transaction with the reason for them.
///
/// Whoever writes a letter goes through here: commands, requests, reminders,
/// answers by machine. The octets are made once; a second attempt, the copy
/// in Sent and the Email tab are all of these.
package actor LetterKeeper: WorkerActor {
    package nonisolated let worker = Worker(pool: LetterKeeper.pool)
    private let vault: Vault
    private let store: Store

    private static let pool = WorkerPool(name: "mailroom-letter", limit: 4)

    package init(vault: Vault, store: Store) {
        self.vault = vault
        self.store = store
    }

    package init(_ data: DataDirectory) { self.init(vault: data.vault, store: data.store) }

    /// Streams the octets of one letter into what it is given.
    package typealias Writing = @Sendable (_ sink: (Span<UInt8>) throws -> Void) throws -> Void

    /// Keeps messages as ``MessageDraft/composed()`` laid them out.
    package func keep<Value: Sendable>(
        _ letters: [ComposedMessage],
        andThen body: @Sendable (StoreTransaction, [KeptLetter]) throws -> Value
    ) async throws -> Value {
        try await keep(letters.map { letter in { sink in try letter.write(to: sink) } }, andThen: body)
    }

    /// Keeps letters, flushes them as one batch, and then runs `body` in one transaction with what was kept.
    ///
    /// The body queues each with ``StoreTransaction/queueLetter(_:_:now:)``. What it throws leaves nothing
    /// queued; octets that no row knows are swept.
    package func keep<Value: Sendable>(
        _ letters: [Writing],
        andThen body: @Sendable (StoreTransaction, [KeptLetter]) throws -> Value
    ) async throws -> Value {
        let batch = vault.beginBatch()
        var kept: [KeptLetter] = []
        for writing in letters {
            let collector = LetterCollector(vault: vault)
            try writing { try collector.feed($0) }
            let letter = try collector.finish()
            for content in collector.contents { batch.add(content) }
            batch.add(letter.original)
            kept.append(letter)
        }
        let digests = Set(kept.flatMap(\.parts).filter(\.isStored).map(\.facts.sha256))
        let known = try await store.read { try $0.recordedContents(digests) }
        try batch.publish { known.contains($0) }
        try batch.flush()
        Fault.reached("letter-flushed")
        let all = kept
        let value = try await store.write { try body($0, all) }
        batch.end()
        return value
    }
}
