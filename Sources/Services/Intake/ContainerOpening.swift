internal import Store
internal import Workers

/// Opens the containers of one batch on a worker of its own.
///
/// A child may take two minutes over one mail. Only the source that the mail
/// came from waits for it: the recorder goes on with the batches of the others.
actor ContainerOpening: WorkerActor {
    nonisolated let worker = Worker(pool: ContainerOpening.pool)
    private let opener: ContainerOpener

    private static let pool = WorkerPool(name: "mailroom-open", limit: 8)

    init(_ opener: ContainerOpener) { self.opener = opener }

    func open(
        _ messages: [ReceivedMessage], rules: DecisionRules, _ attempt: Attempt?
    ) throws -> [ReceivedMessage] {
        attempt?.works()
        defer { attempt?.rests() }
        return try messages.map { try opener.open($0, rules: rules) }
    }
}
