package import Mail
package import Mailroom
package import Store
internal import Synchronization
internal import Text
internal import Workers

/// What reminding needs of the configuration in force.
package struct ReminderSettings: Sendable {
    package let plan: ReminderPlan
    /// Nil: the firm sends nothing; requests expire all the same.
    package let stationery: Stationery?
    package let links: RequestLinks

    package init(plan: ReminderPlan, stationery: Stationery?, links: RequestLinks) {
        self.plan = plan
        self.stationery = stationery
        self.links = links
    }
}

/// Reminds whom it is time to remind, and ends requests whose time is over, until it is stopped.
///
/// It sleeps until the next moment that its plan names; whatever changes a
/// request wakes it. What it sends it only queues: the outbox does the rest.
package final class Reminders: Sendable {
    private let store: Store
    private let letters: LetterKeeper
    private let events: OutboxEvents
    private let clock: @Sendable () -> Timestamp
    private let bell = Bell()
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// Nothing is due: looked again all the same, for clocks are set.
    private static let longestWait = 3600
    private static let afterTrouble = 60

    package init(
        store: Store, letters: LetterKeeper, events: OutboxEvents,
        clock: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.letters = letters
        self.events = events
        self.clock = clock
    }

    /// Begins to work; where it does, it looks again, for the settings may be others.
    package func start(_ settings: @escaping @Sendable () throws -> ReminderSettings?) async {
        await store.onRequests { [bell] in bell.ring() }
        task.withLock { task in
            guard task == nil else { return }
            task = Task { await self.run(settings) }
        }
        bell.ring()
    }

    package func stop() async {
        let running = task.withLock { task in
            defer { task = nil }
            return task
        }
        running?.cancel()
        await running?.value
    }

    private func run(_ settings: @Sendable () throws -> ReminderSettings?) async {
        while !Task.isCancelled {
            do {
                guard let settings = try settings() else { return }
                let next = try await work(settings)
                let left = next.map { ($0.milliseconds - clock().milliseconds + 999) / 1000 }
                await bell.wait(seconds: Int(max(1, min(left ?? .max, Int64(Self.longestWait)))))
            } catch {
                if Task.isCancelled { return }
                events.trouble("reminders", "\(error)", nextTry: Self.afterTrouble)
                await bell.wait(seconds: Self.afterTrouble)
            }
        }
    }

    /// Does all that is due; returns the moment to look again, nil: when something changes.
    package func work(_ settings: ReminderSettings) async throws -> Timestamp? {
        let now = clock()
        let (over, subjects) = try await store.read { transaction in
            (try transaction.nextExpiry(), try transaction.reminderSubjects())
        }
        var next: Timestamp?
        func wake(at moment: Timestamp) { next = min(next ?? moment, moment) }
        if let over, over <= now { _ = try await store.write { try $0.expireRequests(now: now) } }
        if let over = try await store.read({ try $0.nextExpiry() }) { wake(at: over) }
        for subject in subjects {
            if Task.isCancelled { return next }
            switch settings.plan.step(subject.subject, now: now) {
            case .never: continue
            case .wait(let until): wake(at: until)
            case .passOver(let numbers):
                try await store.write { transaction in
                    for number in numbers {
                        try transaction.recordReminder(number, to: subject.recipient, letter: nil, now: now)
                    }
                }
                wake(at: now)
            case .send:
                guard let stationery = settings.stationery else { continue }
                let reminder = Reminding(
                    subject: subject, plan: settings.plan, stationery: stationery, links: settings.links,
                    now: now)
                if let letter = try await reminder.queue(store: store, letters: letters) {
                    events.reminded(subject.request, letter)
                }
                wake(at: now)
            }
        }
        return next
    }
}
