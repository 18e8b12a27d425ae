internal import Mail
internal import Mailroom
internal import SMTP
internal import Store
internal import Workers

/// One letter's submission: intent, final dot, answer, outcome.
struct Submitting: Sendable {
    let service: RouteService
    let letter: DueLetter

    private var route: RouteSettings { service.route }

    /// Throws ``RouteTrouble`` where the route is to wait; what concerns the letter alone is recorded.
    func run(_ submitter: Submitter) async throws {
        if let largest = route.largest, letter.octets > largest {
            return try await refuse(
                "the letter has \(letter.octets) octets, and \(route.title).size is \(largest)", code: 552)
        }
        let intent = Intent(letter, store: service.store, now: service.clock)
        let submission: Submission
        do {
            submission = try await submit(submitter, intent)
        } catch let error as SMTPError {
            return try await fail(error)
        }
        Fault.reached("after-dot")
        try await record(submission)
        Fault.reached("outcome-committed")
        try checkLine(submission)
    }

    /// A token that the server refuses is tried once more where there is a newer one.
    private func submit(_ submitter: Submitter, _ intent: Intent) async throws -> Submission {
        let login = try await login()
        do {
            return try await submit(submitter, login, intent)
        } catch let error as SMTPError where error.code == .authenticationFailed {
            guard try await hasNewer(than: login) else { throw error }
        }
        return try await submit(submitter, try await self.login(), intent)
    }

    private func login() async throws(RouteTrouble) -> SMTPLogin {
        do { return try await route.login() } catch { throw RouteTrouble(login: error) }
    }

    private func hasNewer(than login: SMTPLogin) async throws(RouteTrouble) -> Bool {
        do { return try await route.refused(login) } catch { throw RouteTrouble(login: error) }
    }

    /// Cut short before the final dot at once; after it the answer has a moment, for it is worth much.
    private func submit(
        _ submitter: Submitter, _ login: SMTPLogin, _ intent: Intent
    ) async throws -> Submission {
        let message = message
        let work = Task.detached {
            try await submitter.submit(message, login: login) { try intent.commit() }
        }
        return try await withTaskCancellationHandler {
            try await work.value
        } onCancel: {
            guard intent.mayBeSent else { return work.cancel() }
            Task.detached {
                try? await Task.sleep(for: Self.lastMoment)
                work.cancel()
            }
        }
    }

    private static let lastMoment = Duration.milliseconds(1500)

    private var message: OutgoingMessage {
        let (vault, letter) = (service.vault, letter)
        return OutgoingMessage(
            reversePath: letter.reversePath, recipients: letter.recipients.map(\.address),
            octetCount: letter.octets, needsSMTPUTF8: letter.needsSMTPUTF8, needs8BitMIME: letter.isEightBit
        ) { sink in try vault.stream(letter, into: sink) }
    }

    // MARK: - What became of it

    private func record(_ submission: Submission) async throws {
        let now = service.clock()
        let outcomes = zip(letter.recipients, submission.recipients).map { recipient, said in
            outcome(of: recipient, said.outcome, now: now)
        }
        let name = submission.final.flatMap { reply in
            reply.code.isPositive ? AnsweredMessageID.named(in: reply.text, by: route.endpoint.host) : nil
        }.flatMap { isAddress($0) ? nil : $0 }
        await settle(outcomes, name)
        tell(outcomes)
    }

    /// Some servers name who gets it: as a letter's name that would be no secret, and prove nothing.
    private func isAddress(_ name: MessageID) -> Bool {
        let addresses = letter.recipients.map(\.address) + [letter.reversePath].compactMap { $0 }
        return addresses.contains { $0.description.lowercased() == name.rawValue.lowercased() }
    }

    private func outcome(
        of recipient: DueLetter.Recipient, _ outcome: Submission.Outcome, now: Timestamp
    ) -> SubmissionOutcome {
        switch outcome {
        case .accepted(let reply): return said(reply, .sent, recipient)
        case .unknown(let error):
            return SubmissionOutcome(place: recipient.place, .unanswered, words: "\(error)")
        case .refused(let reply) where reply.code.isTransient:
            // 421 speaks of the server, not of the letter: RFC 5321 section 3.8.
            if reply.code.rawValue == 421 {
                return said(reply, .notBegun(until: service.later(300)), recipient)
            }
            guard
                let next = RetryPolicy.nextSubmission(
                    attempts: recipient.attempts + 1, queued: letter.queued, now: now)
            else { return said(reply, .refused, recipient) }
            return said(reply, .delayed(until: next), recipient)
        case .refused(let reply): return said(reply, .refused, recipient)
        }
    }

    private func said(
        _ reply: SMTPReply, _ ending: SubmissionOutcome.Ending, _ recipient: DueLetter.Recipient
    ) -> SubmissionOutcome {
        SubmissionOutcome(
            place: recipient.place, ending, code: Int(reply.code.rawValue), status: reply.status?.description,
            words: reply.text)
    }

    /// An answer that is not recorded would have the letter sent twice: tried until the disk takes it.
    private func settle(_ outcomes: [SubmissionOutcome], _ name: MessageID? = nil) async {
        let (letter, copyTo, now) = (letter.id, route.copyTo, service.clock())
        while true {
            do {
                try await service.store.write { transaction in
                    try transaction.settle(letter, outcomes, copyTo: copyTo, now: now)
                    if let name { try transaction.addName(name, of: letter) }
                }
                return
            } catch {
                service.events.trouble(route.title, "\(error)", nextTry: 2)
                if Task.isCancelled { return }
                try? await Task.sleep(for: .seconds(2))
            }
        }
    }

    private func tell(_ outcomes: [SubmissionOutcome]) {
        let sent = outcomes.filter { $0.ending == .sent }.count
        if sent > 0 {
            service.events.sent(route.title, letter.id, recipients: sent)
            let now = service.clock()
            service.board.update(route.title) { health in
                health.lastSent = now
                health.sent += sent
            }
        }
        for outcome in outcomes {
            switch outcome.ending {
            case .sent: break
            case .delayed, .notBegun: service.events.delayed(route.title, letter.id, inJournal(outcome))
            case .refused: service.events.refused(route.title, letter.id, inJournal(outcome))
            case .unanswered: service.events.unanswered(route.title, letter.id, inJournal(outcome))
            }
        }
    }

    /// A server likes to repeat the address it refuses: then the codes are all the journal has.
    private func inJournal(_ outcome: SubmissionOutcome) -> String {
        guard let code = outcome.code else { return outcome.words }
        let words = route.namesInLog ? outcome.words : "(mailroom queue show \(letter.id))"
        return [String(code), outcome.status, words].compactMap { $0 }.joined(separator: " ")
    }

    /// After a lost answer, or a goodbye, the next letter is not thrown after this one at once.
    private func checkLine(_ submission: Submission) throws {
        for recipient in submission.recipients {
            switch recipient.outcome {
            case .unknown(let error): throw RouteTrouble("\(error)", .connection)
            case .refused(let reply) where reply.code.rawValue == 421:
                let codes = [reply.code.description, reply.status?.description].compactMap { $0 }
                throw RouteTrouble(
                    route.namesInLog ? "\(reply)" : codes.joined(separator: " "), .askedToWait(seconds: nil))
            case .accepted, .refused: break
            }
        }
    }

    // MARK: - Errors

    private func fail(_ error: SMTPError) async throws {
        switch SubmissionBlame(error) {
        case .route: throw RouteTrouble(error)
        case .line:
            await settle(
                letter.recipients.map {
                    SubmissionOutcome(place: $0.place, .notBegun(until: service.later(60)), words: "\(error)")
                })
            throw RouteTrouble(error)
        case .letter:
            try await refuse(error.words, code: error.code == .tooLarge ? 552 : nil)
        case .nobody: break
        case .ourselves:
            let words = error.underlying.map { "\($0)" } ?? error.words
            let now = service.clock()
            let outcomes = letter.recipients.map { recipient in
                let next = RetryPolicy.nextSubmission(
                    attempts: recipient.attempts + 1, queued: letter.queued, now: now)
                return SubmissionOutcome(
                    place: recipient.place, next.map { .delayed(until: $0) } ?? .refused, words: words)
            }
            await settle(outcomes)
            tell(outcomes)
        }
    }

    private func refuse(_ words: String, code: Int?) async throws {
        let outcomes = letter.recipients.map {
            SubmissionOutcome(place: $0.place, .refused, code: code, words: words)
        }
        await settle(outcomes)
        tell(outcomes)
    }
}

extension RouteService {
    func later(_ seconds: Int64) -> Timestamp {
        Timestamp(milliseconds: clock().milliseconds + seconds * 1000)
    }
}

extension Vault {
    /// The octets of a letter, as they were made at queueing.
    func stream(_ letter: DueLetter, into sink: (Span<UInt8>) -> Void) throws {
        try pass(letter.place, letter.sha256, to: sink)
    }
}
