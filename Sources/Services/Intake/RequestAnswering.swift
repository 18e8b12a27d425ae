internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// Notes what of a message answers a request, and ticks the items that it certainly is.
///
/// Part of the transaction that files: a tick without its document would
/// stop the reminders for something that is not there. What waits for staff
/// ticks nothing until it is filed; it is noted beside the open items, so
/// that a release finds the request again.
struct RequestAnswering {
    let transaction: StoreTransaction
    let now: Timestamp

    /// - Parameter sender: who answers, where From is believed or staff said so; nil: nothing of it counts.
    func record(_ message: MessageNumber, to answered: AnsweredRequest?, from sender: AddressKey?) throws {
        guard let answered, let request = try transaction.request(answered.id),
            request.takesReplies(at: now)
        else { return }
        let parts = try transaction.answerParts(of: message, to: request.id)
        let undecided = parts.filter(\.isUndecided)
        guard sender != nil else {
            let ticks = undecided.map {
                AnswerTick(part: $0.id, item: nil, because: "its sender is not confirmed")
            }
            return try transaction.recordAnswer(
                message, to: request.id, ticks, from: nil, isFiled: false, now: now)
        }
        let known = try transaction.knownContents(of: request.id)
        let found = ItemTicking.tick(
            request.items,
            parts.map { TickAttachment(section: $0.section, name: $0.name, content: $0.sha256) },
            known: known)
        let ticks = undecided.map { part in
            let tick = found[part.section]
            guard part.isFiled else {
                return AnswerTick(part: part.id, item: nil, because: "it is not filed yet")
            }
            return AnswerTick(
                part: part.id, item: tick?.item, because: tick?.because ?? ItemTicking.fitsNothing)
        }
        try transaction.recordAnswer(
            message, to: request.id, ticks, from: sender,
            isFiled: parts.contains { $0.isFiled && !known.contains($0.sha256) }, now: now)
    }

    /// The request a recorded message answers, where its account is that one.
    func request(of message: MessageNumber, account: AccountID?) throws -> AnsweredRequest? {
        let request = try transaction.answeredRequest(of: message, now: now)
        guard let request, request.takesReplies, request.account == account else { return nil }
        return request
    }
}
