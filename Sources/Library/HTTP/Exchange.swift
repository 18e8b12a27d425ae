internal import CMicroHTTPD
internal import Synchronization

/// One request and its reply: where the connection's thread and the handler's task meet.
///
/// libmicrohttpd must be told under the same lock that decides: whoever wakes
/// a connection that does not sleep, or one that is gone, has lost.
final class Exchange: Sendable {
    private struct State: Sendable {
        /// `MHD_Connection *`, as a number: a pointer is not Sendable, and this one is used under the lock only.
        var connection: UInt = 0
        var isBegun = false
        var isAsleep = false
        var isOver = false
        var reply: Reply?
        var isReplied = false
        var task: Task<Void, Never>?
        var producer: Task<Void, Never>?
        var flow: Flow?
        var discarded = 0
        var answerBy: Int64?
    }

    /// What goes on flowing after the reply has begun.
    enum Flow: Sendable {
        case stream(Outflow)
        case events(EventStream)

        var outflow: Outflow {
            switch self {
            case .stream(let outflow): outflow
            case .events(let events): events.outflow
            }
        }

        func close() {
            switch self {
            case .stream(let outflow): outflow.close()
            case .events(let events): events.close()
            }
        }
    }

    struct Reply: Sendable {
        let response: Response
        let flow: Flow?
    }

    let target: RawTarget?
    private let state = Mutex(State())
    private let content = Mutex<Inflow?>(nil)

    /// What a handler has not read when it answers is read for it, up to this: then the peer reads the answer.
    static let mostDiscarded = 1 << 20

    private let bell: LoopBell

    init(target: RawTarget?, _ bell: LoopBell) {
        self.target = target
        self.bell = bell
    }

    /// True the first time.
    func begin(_ connection: UInt) -> Bool {
        state.withLock { state in
            state.connection = connection
            defer { state.isBegun = true }
            return !state.isBegun
        }
    }

    /// Where the content goes, if the handler is to have it.
    func takeContent() -> Inflow {
        let inflow = Inflow(drained: { [weak self] in self?.wake() })
        content.withLock { $0 = inflow }
        return inflow
    }

    func run(_ work: @escaping @Sendable () async -> Response, for request: Request) {
        let task = Task { [self] in
            let response = await work()
            answer(response, request)
        }
        let isOver = state.withLock { state in
            state.task = task
            return state.isOver
        }
        if isOver { task.cancel() }
    }

    private func answer(_ response: Response, _ request: Request) {
        var response = response.answering(request)
        let hasContent = !request.wantsNoContent && !response.status.hasNoContent
        var flow: Flow?
        var producer: (@Sendable (StreamContent.Writer) async throws -> Void)?
        switch response.content {
        case .none, .untold: break
        case .octets(let octets): if !hasContent { response.content = .untold(Int64(octets.count)) }
        case .file(let file): if !hasContent { response.content = .untold(file.length) }
        case .stream(let stream) where hasContent:
            flow = .stream(Outflow())
            producer = stream.produce
        case .stream(let stream): response.content = .untold(stream.length)
        case .events(let events) where hasContent: flow = .events(events)
        case .events(let events):
            events.close()
            response.content = .untold(nil)
        }
        let reply = Reply(response: response, flow: flow)
        flow?.outflow.connect { [weak self] in self?.wake() }
        let isWanted = state.withLock { state in
            guard !state.isOver, state.reply == nil, !state.isReplied else { return false }
            state.reply = reply
            state.flow = flow
            state.answerBy = nil
            if let producer, let outflow = flow?.outflow {
                state.producer = Task {
                    do {
                        try await producer(StreamContent.Writer(outflow: outflow))
                        outflow.finish()
                    } catch {
                        outflow.fail()
                    }
                }
            }
            return true
        }
        if isWanted { wake() } else { flow?.close() }
    }

    // MARK: - The connection's thread

    /// What came of the content. False: there was too much for nobody, and the connection should end.
    func receive(_ octets: [UInt8]) -> Bool {
        let inflow = content.withLock { $0 }
        let isTaken = state.withLock { state in
            state.answerBy = nil
            guard inflow != nil, state.reply == nil, !state.isOver else {
                state.discarded += octets.count
                return false
            }
            return true
        }
        if isTaken { inflow?.accept(octets) }
        return isTaken || state.withLock { $0.discarded <= Self.mostDiscarded && !$0.isOver }
    }

    /// Whether the connection sleeps now, until there is room for more content.
    ///
    /// - Parameter answerBy: when we give up on a handler that takes none.
    func sleepWhileFull(answerBy: Int64) -> Bool {
        guard let inflow = content.withLock({ $0 }) else { return false }
        return sleep { state in
            guard state.reply == nil, inflow.isFull else { return false }
            state.answerBy = answerBy
            return true
        }
    }

    func contentIsComplete() { content.withLock { $0 }?.finish() }

    /// The reply, once; else the connection sleeps until there is one.
    ///
    /// - Parameter answerBy: when we give up on the handler.
    func takeReply(answerBy: Int64) -> Reply? {
        if let reply = state.withLock({ state -> Reply? in
            defer { state.reply = nil }
            if state.reply != nil { state.isReplied = true }
            return state.reply
        }) {
            return reply
        }
        _ = sleep { state in
            if state.answerBy == nil { state.answerBy = answerBy }
            return state.reply == nil
        }
        return nil
    }

    /// What the reply's content flows from; nil once nobody wants it.
    var outflow: Outflow? { state.withLock { $0.flow?.outflow } }

    /// Between two pieces of a reply that flows.
    func sleepForMore() {
        state.withLock { state in
            guard !state.isOver else { return }
            state.isAsleep = true
            Self.suspend(state.connection)
        }
    }

    private func sleep(while mustWait: (inout State) -> Bool) -> Bool {
        state.withLock { state in
            guard !state.isOver, mustWait(&state) else { return false }
            state.isAsleep = true
            Self.suspend(state.connection)
            return true
        }
    }

    /// Lets the connection go on; nothing where it does not sleep.
    func wake() {
        state.withLock { state in
            guard state.isAsleep else { return }
            state.isAsleep = false
            resume(state.connection)
        }
    }

    /// A handler that takes too long gets no more time; an event stream says that it lives.
    func tick(now: Int64, isBeat: Bool) {
        let (isLate, flow) = state.withLock { ($0.answerBy.map { $0 < now } ?? false, $0.flow) }
        if isBeat, case .events(let events) = flow {
            _ = events.outflow.offer(EventStream.beat, limit: EventStream.room)
        }
        guard isLate else { return }
        let task = state.withLock { state -> Task<Void, Never>? in
            guard state.reply == nil, !state.isReplied else { return nil }
            state.reply = Reply(response: Router.plain(.serviceUnavailable).answering(nil), flow: nil)
            state.answerBy = nil
            return state.task
        }
        task?.cancel()
        wake()
    }

    /// The server stops: pages that listen come again later.
    func finishEvents() {
        if case .events(let events) = state.withLock({ $0.flow }) { events.end() }
    }

    /// Nothing waits for this any more: it never sleeps again.
    var isAborted: Bool { state.withLock { $0.isOver } }

    /// The request is over, or is to be: whoever works for it stops.
    func end() {
        let (task, producer, flow) = state.withLock { state in
            state.isOver = true
            state.reply = nil
            if state.isAsleep {
                state.isAsleep = false
                resume(state.connection)
            }
            defer { state.flow = nil }
            return (state.task, state.producer, state.flow)
        }
        content.withLock { $0 }?.fail(HTTPError(.disconnected, "reading the content of a request"))
        flow?.close()
        task?.cancel()
        producer?.cancel()
    }

    private static func suspend(_ connection: UInt) {
        unsafe MHD_suspend_connection(OpaquePointer(bitPattern: connection))
    }

    private func resume(_ connection: UInt) {
        unsafe MHD_resume_connection(OpaquePointer(bitPattern: connection))
        bell.ring()
    }
}
