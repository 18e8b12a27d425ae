internal import MIME
package import Mail
internal import Mailroom
package import Store
internal import Text
package import Workers

/// Files what comes over links: looked at, scanned and decided by the same rules as what comes by mail.
///
/// Staff see what one browser sends as one message: a short one of our own
/// making, whose parts are the files. So the ledger, the page of held files,
/// the items and the search know uploads without knowing of them.
///
/// The order is the promise, as the recorder has it: octets durable, then one
/// transaction, then the files in the tree.
package actor UploadClerk: WorkerActor {
    package nonisolated let worker = Worker(pool: UploadClerk.pool)
    private let recorder: Recorder
    private let store: Store
    private let letters: LetterKeeper
    private let clock: @Sendable () -> Timestamp

    private static let pool = WorkerPool(name: "mailroom-take", limit: 4)

    /// Files that come closer together are one notice.
    package static let quietMinutes: Int64 = 30

    package init(
        recorder: Recorder, store: Store, letters: LetterKeeper, clock: @escaping @Sendable () -> Timestamp
    ) {
        self.recorder = recorder
        self.store = store
        self.letters = letters
        self.clock = clock
    }

    /// Throws ``LinkClosed`` where the link was closed meanwhile; then nothing of it stays.
    ///
    /// - Parameter office: whom the message is to.
    package func receive(_ order: ArrivalOrder, office: NamedAddress) async throws {
        try await keep(order.files) { files, rules in
            try await self.record(
                Arrival(order: order, files: files, rules: rules, now: self.clock()), office)
        }
    }

    /// The same for what a client puts into a folder. Throws ``ClientDenial`` where they may not any more.
    package func receive(
        _ order: FolderArrivalOrder, office: NamedAddress
    ) async throws -> [FolderArrivalOutcome] {
        try await keep(order.files) { files, rules in
            try await self.record(
                FolderArrival(order: order, files: files, rules: rules, now: self.clock()), office)
        }
    }

    /// Makes files durable, has them recorded, and then placed.
    private func keep<Value: Sendable>(
        _ arrived: [ArrivedFile],
        record: @Sendable ([[ReceivedPart]], DecisionRules) async throws -> Value
    ) async throws -> Value {
        let rules = await recorder.currentRules
        let files = try arrived.map { try look(into: $0, rules) }
        let vault = recorder.vault
        let batch = vault.beginBatch()
        let contents = files.flatMap { $0.compactMap(\.content) }
        for content in contents { batch.add(content) }
        let digests = Set(contents.map(\.digest))
        let known = try await store.read { try $0.recordedContents(digests) }
        try batch.publish { known.contains($0) }
        Fault.reached("upload-published")
        try batch.flush()
        Fault.reached("upload-flushed")
        let value = try await record(files, rules)
        batch.end()
        Fault.reached("upload-recorded")
        try await recorder.placeDocuments()
        return value
    }

    /// The file as a part, with the members that came out of it.
    private func look(into file: ArrivedFile, _ rules: DecisionRules) throws -> [ReceivedPart] {
        // What the browser calls the type is no more than a guess by the name: the octets decide.
        let description = PartDescription(
            section: Arrival.provisional, mediaType: .octets, disposition: .attachment, name: file.name)
        let part = try OpenPart(description, kept: file.content).finish(name: nil)
        return try recorder.opener.open([part], rules: rules)
    }

    private func record(_ arrival: Arrival, _ office: NamedAddress) async throws {
        let quiet = Timestamp(milliseconds: arrival.now.milliseconds - Self.quietMinutes * 60_000)
        let (sitting, linked, message) = try await store.read { transaction in
            let sitting = try arrival.sitting(transaction)
            let target: LinkTarget = sitting.recipient.map { .recipient($0) } ?? .request(sitting.request)
            return (
                sitting, try transaction.linked(target),
                try transaction.message(of: sitting, openSince: quiet)
            )
        }
        guard let linked else { throw LinkClosed() }
        if let message {
            return try await store.write { try arrival.record(in: message, $0) }
        }
        let thread = try await store.read {
            try $0.threadName(of: sitting.request, recipient: sitting.recipient)
        }
        let notice = UploadNotice(linked: linked, sitting: sitting, office: office, now: arrival.now)
        try await letters.keep([try notice.composed(answering: thread?.name)]) { transaction, kept in
            let sitting = try arrival.sitting(transaction)
            // Another file of the same sitting may have been quicker.
            let begun = try transaction.message(of: sitting, openSince: quiet)
            let message =
                try begun
                ?? transaction.addNotice(
                    kept[0], of: sitting, notice.matching, source: thread?.source, now: arrival.now)
            try arrival.record(in: message, transaction)
        }
    }

    private func record(_ arrival: FolderArrival, _ office: NamedAddress) async throws
        -> [FolderArrivalOutcome]
    {
        let quiet = Timestamp(milliseconds: arrival.now.milliseconds - Self.quietMinutes * 60_000)
        let (session, account) = (arrival.order.session, arrival.order.account)
        let (sender, folder, message) = try await store.read { transaction in
            let (sender, folder) = try arrival.sender(transaction)
            return (
                sender, folder.name,
                try transaction.clientNotice(of: session, account: account, openSince: quiet)
            )
        }
        if let message {
            return try await store.write { try arrival.record(in: message, $0) }
        }
        let notice = UploadNotice(
            session: sender, folder: folder, account: account, office: office, now: arrival.now)
        return try await letters.keep([try notice.composed(answering: nil)]) { transaction, kept in
            _ = try arrival.sender(transaction)
            // Another file of the same session may have been quicker.
            let begun = try transaction.clientNotice(of: session, account: account, openSince: quiet)
            let message =
                try begun
                ?? transaction.addClientNotice(
                    kept[0], of: session, account: account, notice.matching, now: arrival.now)
            return try arrival.record(in: message, transaction)
        }
    }
}
