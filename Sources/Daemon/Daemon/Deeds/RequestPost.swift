internal import Intake
package import Mail
package import Mailroom
internal import Outbox
package import Store

/// Letters of requests: written, kept, and queued with the deed they belong to.
package struct RequestPost: Sendable {
    private let office: Office
    private let stationery: Stationery
    private let actor: String
    private let now: Timestamp

    /// Ends where the firm sends no mail.
    package init(_ office: Office, actor: String, now: Timestamp = Office.now) throws(DeskRefusal) {
        guard let stationery = office.stationery else {
            throw DeskRefusal(
                .noRequestServer,
                "there is no [smtp], so no letter can be sent (--no-mail: hand over the link)")
        }
        self.office = office
        self.stationery = stationery
        self.actor = actor
        self.now = now
    }

    /// Queues a letter to each in the transaction of the change itself.
    ///
    /// - Parameter after: told the letters, in the order of the recipients.
    @discardableResult
    package func queue(
        _ kind: (RequestRecipient) -> LetterKind, of request: Request, to recipients: [RequestRecipient],
        with change: @escaping @Sendable (StoreTransaction) throws -> Void,
        after: @escaping @Sendable (StoreTransaction, [LetterID]) throws -> Void = { _, _ in }
    ) async throws -> [LetterID] {
        let letters = try await letters(of: request)
        let written = try recipients.map { try letters.letter(kind($0), to: $0, author: actor) }
        let (id, generation) = (request.id, request.generation)
        return try await office.letters.queue(
            written, now: now,
            with: { transaction in
                guard try transaction.knownRequest(id).generation == generation else {
                    throw StoreError(.conflict, "request \(id) was given new links just now: try again")
                }
                try change(transaction)
            }, after: after)
    }

    /// The words of the letter that asks, as a recipient will read them.
    func words(of request: Request, to recipient: RequestRecipient) async throws -> LetterText {
        try await letters(of: request).words(.request, to: recipient)
    }

    private func letters(of request: Request) async throws -> RequestLetters {
        guard let account = try await office.recorder.currentDirectory().accounts[request.account] else {
            throw DeskRefusal(.noAccount, "the account of request \(request.id) is gone")
        }
        return RequestLetters(
            request, account: account.name, stationery: stationery, links: try office.requestLinks(),
            documents: try await office.data.store.read { try $0.attachedNames(of: request) }, now: now)
    }
}
