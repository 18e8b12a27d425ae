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
        var routes = RunningServices<RouteSettings>()
        var sents = RunningServices<SentSettings>()
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
            state.routes.apply(routes) { route, bell in
                let service = RouteService(
                    route: route, vault: vault, store: store, board: board, events: events, bell: bell,
                    times: times, clock: clock)
                return { await service.run() }
            }
            state.sents.apply(sents) { sent, bell in
                let service = SentService(
                    sent: sent, vault: vault, store: store, board: board, events: events, bell: bell,
                    times: times, clock: clock)
                return { await service.run() }
            }
        }
    }

    /// Has every route look at once for what is due.
    package func wake() {
        let bells = state.withLock { $0.routes.bells + $0.sents.bells }
        for bell in bells { bell.ring() }
    }

    /// Ends all of it, within two seconds.
    package func stop() async {
        let tasks = state.withLock { $0.routes.cancel() + $0.sents.cancel() }
        for task in tasks { await task.value }
    }
}
