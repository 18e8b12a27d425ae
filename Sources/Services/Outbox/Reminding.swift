internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// One reminder to one recipient: written, and queued in the transaction that asks once more whether it is due.
struct Reminding: Sendable {
    let subject: ReminderSubject
    let plan: ReminderPlan
    let stationery: Stationery
    let links: RequestLinks
    let now: Timestamp

    /// It was answered, revoked, or reminded of while its letter was written.
    private struct NotDue: Error {}

    /// Returns the letter; nil where it is not due any more.
    func queue(store: Store, letters: LetterKeeper) async throws -> LetterID? {
        let (request, account) = try await store.read { [subject] transaction in
            let request = try transaction.knownRequest(subject.request)
            return (request, try transaction.account(request.account)?.name ?? "")
        }
        guard let recipient = request.recipients.first(where: { $0.id == subject.recipient }) else {
            return nil
        }
        let kind = LetterKind.reminder(
            afterOthers: subject.reminded,
            isOverdue: request.isOverdue(today: plan.calendar.zone.day(now)))
        let letter = try RequestLetters(
            request, account: account, stationery: stationery, links: links, now: now
        ).letter(kind, to: recipient, author: Self.author)
        do {
            return try await letters.queue([letter], now: now) { transaction in
                guard let current = try transaction.reminderSubject(subject.recipient),
                    case .send = plan.step(current.subject, now: now),
                    // Else it would ask for what came just now, or its link were void.
                    try transaction.knownRequest(subject.request) == request
                else { throw NotDue() }
            } after: { transaction, ids in
                try record(ids[0], transaction)
            }.first
        } catch is NotDue {
            return nil
        }
    }

    private static let author = "mailroom"

    private func record(_ letter: LetterID, _ transaction: StoreTransaction) throws {
        guard case .send(let number, let passed) = plan.step(subject.subject, now: now) else {
            preconditionFailure("a reminder is recorded that nobody planned")
        }
        for number in passed {
            try transaction.recordReminder(number, to: subject.recipient, letter: nil, now: now)
        }
        try transaction.recordReminder(number, to: subject.recipient, letter: letter, now: now)
        let request = try transaction.knownRequest(subject.request)
        try transaction.audit(
            "request.remind", by: Self.author, account: request.account.rawValue,
            subject: "\(subject.request)", at: now)
    }
}
