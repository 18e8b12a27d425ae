internal import Store
internal import Workers

/// Does what one batch needs before it is recorded, on a worker of its own: opens containers, finds facts, decides.
///
/// A child may take two minutes over one mail. Only the source that the mail
/// came from waits for it: the recorder goes on with the batches of the others.
actor Preparation: WorkerActor {
    nonisolated let worker = Worker(pool: Preparation.pool)
    private let opener: ContainerOpener

    private static let pool = WorkerPool(name: "mailroom-open", limit: 8)

    init(_ opener: ContainerOpener) { self.opener = opener }

    func prepare(
        _ messages: [ReceivedMessage], _ decider: Decider, _ context: RecordContext
    ) throws -> [PreparedMessage] {
        context.attempt?.works()
        defer { context.attempt?.rests() }
        return try messages.map { message in
            PreparedMessage(
                try opener.open(message, rules: decider.rules), by: decider, source: context.source.name,
                use: context.use(of: message))
        }
    }
}
