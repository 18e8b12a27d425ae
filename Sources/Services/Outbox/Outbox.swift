package import Mail
package import Store
internal import Synchronization
internal import Workers

/// Everything that leaves: letters by their routes, and their copies into Sent.
///
/// One service for each server, so that one of them is nobody else's trouble.
/// What is to be sent is in the store alone: whoever queues a letter there
/// need not know this.
package final class Outbox: Sendable {
    package let board = RouteBoard()
    private let vault: Vault
    private let store: Store
    private let events: OutboxEvents
    private let times: OutboxTimes
    private let clock: @Sendable () -> Timestamp
    private let state = Mutex(State())

    private struct State {
        var routes: [String: (settings: RouteSettings, task: Task<Void, Never>, bell: Bell)] = [:]
        var sents: [String: (settings: SentSettings, task: Task<Void, Never>, bell: Bell)] = [:]
    }

    package init(
        vault: Vault, store: Store, events: OutboxEvents, times: OutboxTimes = OutboxTimes(),
        clock: @escaping @Sendable () -> Timestamp
    ) {
        self.vault = vault
        self.store = store
        self.events = events
        self.times = times
        self.clock = clock
    }

    /// Puts a configuration into force: what is the same goes on, what changed begins anew.
    package func apply(_ routes: [RouteSettings], _ sents: [SentSettings]) async throws {
        let names = Set(routes.compactMap(\.name))
        try await store.write { try $0.rerouteLetters(keeping: names) }
        await store.onOutgoing { [weak self] in self?.wake() }
        state.withLock { state in
            for (key, old) in state.routes where !routes.contains(where: { $0.title == key }) {
                old.task.cancel()
                state.routes[key] = nil
            }
            for route in routes {
                let old = state.routes[route.title]
                if let old, old.settings.isSame(as: route) { continue }
                old?.task.cancel()
                let bell = Bell()
                let service = RouteService(
                    route: route, vault: vault, store: store, board: board, events: events, bell: bell,
                    times: times, clock: clock)
                let task = Task {
                    await old?.task.value
                    await service.run()
                }
                state.routes[route.title] = (route, task, bell)
            }
            for (key, old) in state.sents where !sents.contains(where: { $0.source == key }) {
                old.task.cancel()
                state.sents[key] = nil
            }
            for sent in sents {
                let old = state.sents[sent.source]
                if let old, old.settings.isSame(as: sent) { continue }
                old?.task.cancel()
                let bell = Bell()
                let service = SentService(
                    sent: sent, vault: vault, store: store, board: board, events: events, bell: bell,
                    times: times, clock: clock)
                let task = Task {
                    await old?.task.value
                    await service.run()
                }
                state.sents[sent.source] = (sent, task, bell)
            }
        }
    }

    /// Has every route look at once for what is due.
    package func wake() {
        let bells = state.withLock { state in
            state.routes.values.map(\.bell) + state.sents.values.map(\.bell)
        }
        for bell in bells { bell.ring() }
    }

    /// Ends all of it, within two seconds.
    package func stop() async {
        let tasks = state.withLock { state in
            defer { state = State() }
            return state.routes.values.map(\.task) + state.sents.values.map(\.task)
        }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }
}
