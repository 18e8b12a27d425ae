internal import IMAP
package import Mail
internal import Mailroom
package import Store
internal import Workers

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
        while !Task.isCancelled {
            do {
                try await connectAndStay { failures = 0 }
            } catch is CancellationError {
                return
            } catch {
                if Task.isCancelled { return }
                failures += 1
                let delay = report(error, failures: failures)
                await bell.wait(seconds: delay)
            }
        }
    }

    /// One pass over all mailboxes; throws what went wrong.
    package func syncOnce() async throws {
        health.update(source.name) { $0.state = .syncing }
        do {
            let session = try await open()
            defer { session.cancel() }
            let pass = try await SourcePass.begin(
                source: source, session: session, recorder: recorder, store: store, health: health,
                events: events,
                clock: clock)
            try await pass.syncAll()
            await session.logout()
            health.update(source.name) { $0.state = .idle }
        } catch {
            _ = report(error, failures: 1)
            throw error
        }
    }

    private func open() async throws -> IMAPSession {
        let login = try source.login()
        let session = try await IMAPSession.open(source.endpoint, login)
        events.connected(source.name, source.endpoint.description)
        health.update(source.name) { health in
            health.lastContact = clock()
            health.error = nil
            health.nextTry = nil
        }
        return session
    }

    private func connectAndStay(connected: () -> Void) async throws {
        health.update(source.name) { $0.state = .syncing }
        let session = try await open()
        defer { session.cancel() }
        let pass = try await SourcePass.begin(
            source: source, session: session, recorder: recorder, store: store, health: health,
            events: events,
            clock: clock)
        try await pass.syncAll()
        connected()
        try await withTaskCancellationHandler {
            try await stay(pass, session)
        } onCancel: {
            session.cancel()
        }
    }

    /// Waits for news and fetches it, until the line breaks.
    private func stay(_ pass: SourcePass, _ session: IMAPSession) async throws {
        var lastLook = clock()
        while true {
            try Task.checkCancellation()
            health.update(source.name) { $0.state = .idle }
            let left = max(1, source.poll - Int(clock().seconds - lastLook.seconds))
            let rang = try await waitForNews(session, pass: pass, seconds: left)
            health.update(source.name) { health in
                health.state = .syncing
                health.lastContact = clock()
            }
            if rang == .timeIsUp || clock().seconds - lastLook.seconds >= source.poll {
                lastLook = clock()
                try await pass.syncAll()
            } else {
                try await pass.syncPushed()
            }
        }
    }

    private enum News {
        case changed
        case timeIsUp
    }

    /// IDLE is begun anew within nine minutes: some routers forget a quiet line after ten.
    private static let longestIdle = 9 * 60

    private func waitForNews(_ session: IMAPSession, pass: SourcePass, seconds: Int) async throws -> News {
        guard source.idle, session.has("IDLE"), pass.pushed != nil else {
            await bell.wait(seconds: seconds)
            return .timeIsUp
        }
        try await pass.openPushed()
        switch try await session.idle(seconds: min(seconds, Self.longestIdle)) {
        case .changed: return .changed
        case .timeout: return seconds <= Self.longestIdle ? .timeIsUp : .changed
        }
    }

    /// Response codes of a server that wants to be left alone for a while. RFC 5530, and Gmail's.
    private static let busy: Set<String> = ["UNAVAILABLE", "OVERQUOTA", "LIMIT", "INUSE", "THROTTLED"]

    /// Says what is wrong; returns the seconds until the next try.
    private func report(_ error: any Error, failures: Int) -> Int {
        let imap = error as? IMAPError
        let failure: RetryPolicy.Failure =
            switch imap {
            case let error? where error.code == .authenticationFailed: .login
            case let error?
            where error.suggestedBackoff != nil || Self.busy.contains(error.responseCode ?? ""):
                .askedToWait(seconds: error.suggestedBackoff)
            default: .connection
            }
        let delay = RetryPolicy.delay(after: failure, failures: failures, jitter: Double.random(in: 0..<1))
        let needsPerson = imap.map { !$0.isTransient && $0.code != .receiver } ?? !(error is BudgetUsedUp)
        let wait = (error as? BudgetUsedUp)?.secondsLeft ?? delay
        health.update(source.name) { health in
            health.state = needsPerson ? .failed : .waiting
            health.error = "\(error)"
            health.nextTry = Timestamp(milliseconds: clock().milliseconds + Int64(wait) * 1000)
        }
        events.sourceFailed(source.name, "\(error)", nextTry: wait)
        return wait
    }
}

/// The octets a source may read in a day are read.
struct BudgetUsedUp: Error, CustomStringConvertible {
    let octets: Int64
    let secondsLeft: Int
    var description: String { "the daily budget of \(octets) octets is used up; it goes on tomorrow (UTC)" }
}
