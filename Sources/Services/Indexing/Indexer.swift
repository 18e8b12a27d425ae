package import Archive
package import Mail
internal import Mailroom
package import Store
package import Workers

/// Makes searchable what has been recorded: works through the queues of the store, the newest first.
///
/// It gives way: while others write, a batch is small and followed by a pause
/// longer than itself; alone it goes at full speed. Nothing waits for it, and
/// a crash loses nothing: what was not committed is in the queue.
package actor Indexer: WorkerActor {
    package nonisolated let worker = Worker(pool: Indexer.pool)
    private let store: Store
    private let vault: Vault
    private let documents: DocumentText
    private let events: IndexingEvents
    private let clock: @Sendable () -> Timestamp
    private let bell = Bell()
    private var commits = 0
    private var isBusy = false
    private var tally = (messages: 0, documents: 0)

    private static let pool = WorkerPool(name: "mailroom-index", limit: 2)
    /// Of messages or documents' names, in one commit.
    private static let batch = (alone: 200, amongOthers: 20)
    private static let troubleSeconds = 60

    /// - Parameter containers: opens documents in children.
    package init(
        store: Store, vault: Vault, containers: Containers, events: IndexingEvents,
        clock: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.vault = vault
        documents = DocumentText(vault: vault, containers: containers)
        self.events = events
        self.clock = clock
    }

    /// Runs until the task is cancelled.
    package func run() async {
        await store.onCommit { [bell] in bell.ring() }
        while !Task.isCancelled { await turn() }
    }

    /// Works until nothing is left: for commands and tests.
    package func catchUp() async throws {
        while try await step() {}
    }

    private func turn() async {
        do {
            let began = clock()
            if try await step() {
                if isBusy { await pause(3 * max(20, clock().milliseconds - began.milliseconds)) }
            } else {
                report()
                await bell.wait(seconds: 60)
            }
        } catch {
            events.trouble(error, nextTry: Self.troubleSeconds)
            await pause(Int64(Self.troubleSeconds) * 1000)
        }
    }

    private func pause(_ milliseconds: Int64) async {
        _ = try? await Task.sleep(for: .milliseconds(milliseconds))
    }

    private func report() {
        guard tally.messages + tally.documents > 0 else { return }
        events.caughtUp(messages: tally.messages, documents: tally.documents)
        tally = (0, 0)
    }

    /// One batch of what is most wanted: mail, then names of documents, then what one of them says.
    ///
    /// - Returns: whether there was anything to do.
    private func step() async throws -> Bool {
        let now = await store.commits
        isBusy = now != commits
        let limit = isBusy ? Self.batch.amongOthers : Self.batch.alone
        let mail = try await store.read { try $0.mailToIndex(limit: limit) }
        if !mail.isEmpty {
            try await index(mail)
        } else {
            let documents = try await store.read { try $0.documentsToIndex(limit: limit) }
            if !documents.isEmpty {
                try await index(documents)
            } else {
                guard try await readText() else { return false }
            }
        }
        commits = await store.commits
        return true
    }

    private func index(_ mail: [MailToIndex]) async throws {
        let texts = mail.map { text(of: $0) }
        try await store.write { transaction in
            for (message, text) in zip(mail, texts) { try transaction.index(message.message, text: text) }
        }
        tally.messages += mail.count
    }

    /// Nil where nothing is to be read, or cannot be: the header is found all the same.
    private func text(of message: MailToIndex) -> String? {
        guard let original = message.original else { return nil }
        do {
            return try MessageText.read(original.digest, at: original.place, from: vault)
        } catch {
            events.unread(message: "\(message.message)", error)
            return nil
        }
    }

    private func index(_ documents: [DocumentID]) async throws {
        try await store.write { transaction in
            for document in documents { try transaction.index(document) }
        }
        tally.documents += documents.count
    }

    private func readText() async throws -> Bool {
        let now = clock()
        guard let wanted = try await store.read({ try $0.textsToRead(now: now, limit: 1) }).first else {
            return false
        }
        let text = documents.read(wanted)
        switch text {
        case .failed(let why), .waiting(let why): events.unread(wanted, why)
        case .read, .none: break
        }
        try await store.write { try $0.record(text, of: wanted.sha256, now: now) }
        return true
    }
}
