internal import Mail
internal import Mailroom
internal import SMTP
internal import Store
internal import Workers

/// Sends the letters of one route, one after the other, until it is cancelled.
///
/// What breaks here stays here: a server that never answers holds its own
/// letters and no others.
struct RouteService: Sendable {
    let route: RouteSettings
    let vault: Vault
    let store: Store
    let board: RouteBoard
    let events: OutboxEvents
    /// Rings when something is queued, or changed by staff.
    let bell: Bell
    let times: OutboxTimes
    let clock: @Sendable () -> Timestamp

    /// Letters looked up at a time.
    private static let batch = 20
    /// Seconds after which a connection that nobody uses is closed.
    private static let linger = 30
    /// Nothing is due: looked again all the same.
    private static let longestWait = 3600

    func run() async {
        let submitter = Submitter(route.endpoint)
        var failures = 0
        while !Task.isCancelled {
            do {
                let next = try await sendDue(submitter) { failures = 0 }
                board.update(route.title) { health in
                    if health.state == .sending { health.state = .idle }
                }
                await wait(until: next, submitter)
            } catch {
                if Task.isCancelled { break }
                failures += 1
                await submitter.close()
                await bell.wait(seconds: report(error, failures: failures))
            }
        }
        await submitter.close()
        board.remove(route.title)
    }

    /// Sends what is due; returns when to look again, nil: when the bell rings.
    private func sendDue(_ submitter: Submitter, _ worked: () -> Void) async throws -> Timestamp? {
        while !Task.isCancelled {
            let now = clock()
            let hourAgo = Timestamp(milliseconds: now.milliseconds - 3_600_000)
            let (next, count, oldest) = try await store.read { [route, times] transaction in
                (
                    try transaction.nextLetterDue(route: route.name, patience: times.patience),
                    try transaction.sentCount(route: route.name, since: hourAgo, now: now),
                    try transaction.oldestSent(route: route.name, since: hourAgo, now: now)
                )
            }
            guard let next, next <= now else { return next }
            if count >= route.perHour, let oldest {
                let free = Timestamp(milliseconds: oldest.milliseconds + 3_600_001)
                board.update(route.title) { health in
                    health.state = .waiting
                    health.nextTry = free
                    health.error = nil
                }
                return free
            }
            let letters = try await dueLetters(now: now, limit: min(Self.batch, route.perHour - count))
            // Staff may have held back what was due a moment ago.
            if letters.isEmpty { return later(1) }
            board.update(route.title) { $0.state = .sending }
            for letter in letters {
                if Task.isCancelled { return nil }
                try await Submitting(service: self, letter: letter).run(submitter)
                worked()
                board.update(route.title) { health in
                    health.error = nil
                    health.nextTry = nil
                }
            }
        }
        return nil
    }

    private func dueLetters(now: Timestamp, limit: Int) async throws -> [DueLetter] {
        let (name, patience) = (route.name, times.patience)
        return try await store.write { transaction in
            _ = try transaction.releaseUnanswered(route: name, patience: patience, now: now)
            return try transaction.dueLetters(route: name, now: now, limit: limit)
        }
    }

    private func wait(until next: Timestamp?, _ submitter: Submitter) async {
        let now = clock()
        let left = next.map { Int(($0.milliseconds - now.milliseconds + 999) / 1000) } ?? Self.longestWait
        let seconds = max(1, min(left, Self.longestWait))
        guard seconds > Self.linger else {
            await bell.wait(seconds: seconds)
            return
        }
        if await bell.wait(seconds: Self.linger) || Task.isCancelled { return }
        await submitter.close()
        await bell.wait(seconds: seconds - Self.linger)
    }

    /// Says what is wrong; returns the seconds until the next try.
    private func report(_ error: any Error, failures: Int) -> Int {
        let trouble = error as? RouteTrouble ?? RouteTrouble("\(error)", .connection)
        let wait = RetryPolicy.delay(
            after: trouble.failure, failures: failures, jitter: Double.random(in: 0..<1))
        board.update(route.title) { health in
            health.state = trouble.needsPerson ? .failed : .waiting
            health.error = trouble.description
            health.nextTry = Timestamp(milliseconds: clock().milliseconds + Int64(wait) * 1000)
        }
        events.trouble(route.title, trouble.description, nextTry: wait)
        return wait
    }
}
