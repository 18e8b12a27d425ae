internal import Store
internal import Workers

/// What a service of the outbox is made of: settings that say which one it is, and whether they changed.
protocol ServiceSettings: Sendable {
    /// Tells it from the others of its kind.
    var title: String { get }
    func isSame(as other: Self) -> Bool
}

/// The services of one kind that run, by their titles.
///
/// One that a changed configuration ends may be in the middle of a letter:
/// whoever takes its place waits for that, and so does whoever ends them all.
struct RunningServices<Settings: ServiceSettings>: Sendable {
    private struct Running {
        let settings: Settings
        let task: Task<Void, Never>
        let bell: Bell
    }

    private var running: [String: Running] = [:]
    /// Ends when all have ended that nobody took the place of.
    private var leaving: Task<Void, Never>?

    var bells: [Bell] { running.values.map(\.bell) }

    /// What is the same goes on, what changed begins anew, what is gone ends.
    mutating func apply(_ wanted: [Settings], make: (Settings, Bell) -> @Sendable () async -> Void) {
        for (title, old) in running where !wanted.contains(where: { $0.title == title }) {
            old.task.cancel()
            running[title] = nil
            let earlier = leaving
            leaving = Task {
                await earlier?.value
                await old.task.value
            }
        }
        for settings in wanted {
            let old = running[settings.title]
            if let old, old.settings.isSame(as: settings) { continue }
            old?.task.cancel()
            let bell = Bell()
            let run = make(settings, bell)
            let task = Task {
                await old?.task.value
                await run()
            }
            running[settings.title] = Running(settings: settings, task: task, bell: bell)
        }
    }

    /// Has all of them end; gives what to wait for.
    mutating func cancel() -> [Task<Void, Never>] {
        defer { self = RunningServices() }
        for service in running.values { service.task.cancel() }
        return running.values.map(\.task) + [leaving].compactMap { $0 }
    }
}
