internal import IMAP
package import Mail
internal import Mailroom
package import Store
package import Workers

/// Keeps one source up to date until it is cancelled: connect, sync, wait for news, again.
///
/// What breaks here stays here: the other sources go on, and this one says
/// by name what is wrong, in the server's own words, and when it tries next.
package struct SourceService: Sendable {
    private let source: SourceSettings
    private let recorder: Recorder
    private let store: Store
    private let health: HealthBoard
    private let events: Events
    private let clock: @Sendable () -> Timestamp
    /// Rings when somebody wants this source looked at now.
    private let bell: Bell
    /// Mailboxes that the server lists and will not open: left out for an hour, so that the others have their
    /// turn.
    private let refused = RefusedMailboxes()

    package init(
        source: SourceSettings, recorder: Recorder, store: Store, health: HealthBoard, events: Events,
        bell: Bell,
        clock: @escaping @Sendable () -> Timestamp
    ) {
        self.source = source
        self.recorder = recorder
        self.store = store
        self.health = health
        self.bell = bell
        self.events = events
        self.clock = clock
    }

    /// Runs until cancelled.
    package func run() async {
        var failures = 0
        var refusals = 0
        while !Task.isCancelled {
            let before = health.health(of: source.name)?.fetched ?? 0
            do {
                try await connected { pass, session in
                    try await pass.syncAll()
                    failures = 0
                    refusals = 0
                    try await stay(pass, session)
                }
            } catch {
                if Task.isCancelled { return }
                refusals += 1
                if isRefusal(error, times: refusals) { continue }
                // Whoever gets on is not failing, however often the line breaks.
                let isGettingOn = health.health(of: source.name)?.fetched ?? 0 > before
                failures = isGettingOn ? 1 : failures + 1
                await bell.wait(seconds: report(error, failures: failures))
            }
        }
    }

    /// One pass over all mailboxes; throws what went wrong.
    package func syncOnce() async throws {
        var refusals = 0
        while true {
            do {
                try await connected { pass, session in
                    try await pass.syncAll()
                    await session.logout()
                }
                health.update(source.name) { $0.state = .idle }
                return
            } catch {
                refusals += 1
                if isRefusal(error, times: refusals) { continue }
                _ = report(error, failures: 1)
                throw error
            }
        }
    }

    /// Whether the server refused one mailbox or one message, so that the others can be gone on with at once.
    private func isRefusal(_ error: any Error, times: Int) -> Bool {
        (error is MailboxRefused || error is FetchRefused) && times <= Self.refusalsAtOnce
    }

    /// New connections for as many refusals before the server is given time.
    private static let refusalsAtOnce = 10

    /// Connects, and runs `body` until it ends or the task is cancelled: then the line is cut within
    /// milliseconds.
    private func connected(_ body: (SourcePass, IMAPSession) async throws -> Void) async throws {
        health.update(source.name) { $0.state = .syncing }
        let session = try await open()
        defer { session.cancel() }
        try await withTaskCancellationHandler {
            do {
                let pass = try await SourcePass.begin(
                    source: source, session: session, recorder: recorder, store: store, health: health,
                    events: events, leavingOut: refused.names(now: clock()), clock: clock)
                try await body(pass, session)
            } catch let refusal as MailboxRefused {
                refused.add(refusal.mailbox, now: clock())
                let words = refusal.description
                health.update(source.name) { if !$0.alarms.contains(words) { $0.alarms.append(words) } }
                events.alarm(source.name, words)
                throw refusal
            }
        } onCancel: {
            session.cancel()
        }
    }

    private func open() async throws -> IMAPSession {
        let session = try await source.open()
        events.connected(source.name, source.endpoint.description)
        health.update(source.name) { health in
            health.lastContact = clock()
            health.error = nil
            health.nextTry = nil
        }
        return session
    }

    /// Waits for news and fetches it, until the line breaks.
    private func stay(_ pass: SourcePass, _ session: IMAPSession) async throws {
        var lastLook = clock()
        while true {
            try Task.checkCancellation()
            health.update(source.name) { $0.state = .idle }
            let left = max(1, source.poll - Int(clock().seconds - lastLook.seconds))
            let news = try await waitForNews(session, pass: pass, seconds: left)
            health.update(source.name) { health in
                health.state = .syncing
                health.lastContact = clock()
            }
            if news != .changed || clock().seconds - lastLook.seconds >= source.poll {
                lastLook = clock()
                try await pass.syncAll()
            } else {
                try await pass.syncPushed()
            }
        }
    }

    private enum News {
        case changed
        /// In another mailbox than the one that is open.
        case changedElsewhere
        case timeIsUp
    }

    /// IDLE is begun anew within nine minutes: some routers forget a quiet line after ten.
    private static let longestIdle = 9 * 60

    private func waitForNews(_ session: IMAPSession, pass: SourcePass, seconds: Int) async throws -> News {
        guard source.idle, session.has("IDLE"), try await pass.openPushed() else {
            await bell.wait(seconds: seconds)
            return .timeIsUp
        }
        try await pass.notifyOfOthers()
        let listener = Task {
            let rang = await bell.wait(seconds: seconds + Self.longestIdle)
            if rang { await session.interruptIdle() }
            return rang
        }
        defer { listener.cancel() }
        let outcome = try await session.idle(seconds: min(seconds, Self.longestIdle))
        listener.cancel()
        if await listener.value { return .timeIsUp }
        switch outcome {
        case .changed(let changes): return changes.hasOthers ? .changedElsewhere : .changed
        case .timeout: return seconds <= Self.longestIdle ? .timeIsUp : .changed
        }
    }

    /// Says what is wrong; returns the seconds until the next try.
    private func report(_ error: any Error, failures: Int) -> Int {
        let trouble = Trouble(error)
        let wait =
            (error as? BudgetUsedUp)?.secondsLeft
            ?? RetryPolicy.delay(
                after: trouble.failure, failures: failures, jitter: Double.random(in: 0..<1))
        health.update(source.name) { health in
            health.state = trouble.needsPerson ? .failed : .waiting
            health.error = "\(error)"
            health.nextTry = Timestamp(milliseconds: clock().milliseconds + Int64(wait) * 1000)
        }
        events.sourceFailed(source.name, "\(error)", nextTry: wait)
        if trouble.isOfDisk { events.storageFull("\(error)") }
        return wait
    }
}

/// The octets a source may read in a day are read.
struct BudgetUsedUp: Error, CustomStringConvertible {
    let octets: Int64
    let secondsLeft: Int
    var description: String { "the daily budget of \(octets) octets is used up; it goes on tomorrow (UTC)" }
}
