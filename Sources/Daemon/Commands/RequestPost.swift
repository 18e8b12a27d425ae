internal import Daemon
internal import Mail
internal import Mailroom
internal import Outbox
internal import Store

/// Letters of requests as commands have them sent: written, kept, and queued with the deed they belong to.
struct RequestPost {
    let desk: Desk
    let stationery: Stationery
    let actor: String

    /// Ends where the firm sends no mail.
    init(_ desk: Desk, _ invocation: Invocation) throws(CommandFailure) {
        guard let stationery = desk.office.stationery else {
            throw CommandFailure(
                .configuration, "there is no [smtp], so no letter can be sent (--no-mail: hand over the link)"
            )
        }
        self.desk = desk
        self.stationery = stationery
        actor = invocation.actor
    }

    /// Queues a letter to each in the transaction of the change itself.
    ///
    /// - Parameter change: also told the letters, in the order of the recipients.
    @discardableResult
    func queue(
        _ kind: (RequestRecipient) -> LetterKind, of request: Request, to recipients: [RequestRecipient],
        with change: @escaping @Sendable (StoreTransaction) throws -> Void,
        after: @escaping @Sendable (StoreTransaction, [LetterID]) throws -> Void = { _, _ in }
    ) async throws -> [LetterID] {
        let account = try await desk.account(of: request)
        let (now, actor) = (desk.now, actor)
        let letters = RequestLetters(
            request, account: account.name, stationery: stationery, links: try desk.office.requestLinks(),
            now: now)
        let written = try recipients.map { try letters.letter(kind($0), to: $0, author: actor) }
        let (id, generation) = (request.id, request.generation)
        return try await desk.office.letters.queue(
            written, now: now,
            with: { transaction in
                guard try transaction.knownRequest(id).generation == generation else {
                    throw StoreError(.conflict, "request \(id) was given new links just now: try again")
                }
                try change(transaction)
            }, after: after)
    }
}
