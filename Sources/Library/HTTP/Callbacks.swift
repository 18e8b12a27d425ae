internal import CMicroHTTPD
internal import Glibc

// What libmicrohttpd calls, on the thread of the loop. Each is a function of
// its own: a closure could be inferred to belong to an actor, and dies here.

private func loop(_ context: UnsafeMutableRawPointer?) -> ServerLoop {
    guard let context = unsafe context else { preconditionFailure("the loop is handed to every callback") }
    return unsafe Unmanaged<ServerLoop>.fromOpaque(context).takeUnretainedValue()
}

private func connectionObject(_ connection: OpaquePointer) -> Connection? {
    guard let context = unsafe mr_http_context(connection) else { return nil }
    return unsafe Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue()
}

func admitPeer(
    _ context: UnsafeMutableRawPointer?, _ name: UnsafePointer<sockaddr>?, _ size: socklen_t
) -> MHD_Result {
    let peer: Peer? =
        if let name = unsafe name, size >= socklen_t(MemoryLayout<sa_family_t>.size) {
            unsafe Peer.named(name)
        } else { nil }
    return unsafe loop(context).admits(peer) ? .YES : .NO
}

func connectionChanged(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ kept: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ change: MHD_ConnectionNotificationCode
) {
    guard let connection = unsafe connection, let kept = unsafe kept else { return }
    let loop = unsafe loop(context)
    switch change {
    case .CONNECTION_NOTIFY_STARTED:
        unsafe kept.pointee = Unmanaged.passRetained(loop.connected(connection)).toOpaque()
    case .CONNECTION_NOTIFY_CLOSED:
        guard let object = unsafe kept.pointee else { return }
        unsafe kept.pointee = nil
        loop.disconnected(unsafe Unmanaged<Connection>.fromOpaque(object).takeRetainedValue())
    @unknown default: break
    }
}

/// The request line is there: what it returns is kept with the request.
func requestBegins(
    _ context: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?, _ connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    let exchange = Exchange(target: unsafe RawTarget(target), unsafe loop(context).bell)
    if let connection = unsafe connection, let object = unsafe connectionObject(connection) {
        object.headerBegins()
        object.exchange = exchange
    }
    return unsafe Unmanaged.passRetained(exchange).toOpaque()
}

func requestEnds(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ kept: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ reason: MHD_RequestTerminationCode
) {
    guard let kept = unsafe kept, let object = unsafe kept.pointee, let connection = unsafe connection else {
        return
    }
    unsafe kept.pointee = nil
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(object).takeRetainedValue()
    unsafe loop(context).completed(exchange, on: connectionObject(connection))
}

/// Paths are decoded by us, once.
func unescapeNothing(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ text: UnsafeMutablePointer<CChar>?
) -> Int {
    guard let text = unsafe text else { return 0 }
    return unsafe strlen(text)
}

private func copy(_ data: UnsafePointer<CChar>?, _ count: Int) -> [UInt8] {
    guard let data = unsafe data else { return [] }
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { room, filled in
        guard let start = room.baseAddress else { return }
        unsafe memcpy(start, data, count)
        filled = count
    }
}

/// Called when the header is there, for each piece of content, and when all is there; and again after each sleep.
func requestProceeds(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ url: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ data: UnsafePointer<CChar>?,
    _ size: UnsafeMutablePointer<Int>?, _ kept: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let connection = unsafe connection, let method = unsafe method, let version = unsafe version,
        let size = unsafe size, let object = unsafe kept?.pointee,
        let state = unsafe connectionObject(connection)
    else { return .NO }
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(object).takeUnretainedValue()
    let loop = unsafe loop(context)
    if exchange.begin(UInt(bitPattern: connection)) {
        let verdict = unsafe loop.admission.judge(
            connection, method: method, version: version, exchange.target, state.peer,
            body: exchange.takeContent)
        return unsafe loop.begin(exchange, verdict, on: state, connection)
    }
    if unsafe size.pointee > 0 {
        let piece = unsafe copy(data, size.pointee)
        unsafe size.pointee = 0
        state.received(piece.count)
        guard exchange.receive(piece) else { return .NO }
        if exchange.sleepWhileFull(answerBy: loop.answerBy) { state.pause() }
        return .YES
    }
    exchange.contentIsComplete()
    state.answerBegins()
    guard !exchange.isAborted else { return .NO }
    guard let reply = exchange.takeReply(answerBy: loop.answerBy) else { return .YES }
    return unsafe ReplyMaker.send(reply, exchange, on: state, connection)
}

extension ServerLoop {
    /// A refusal is said in the first call, which closes the connection after it; an answer in a later one,
    /// which keeps it.
    fileprivate func begin(
        _ exchange: Exchange, _ verdict: Admission.Verdict, on state: Connection, _ connection: OpaquePointer
    ) -> MHD_Result {
        switch verdict {
        case .refused(let status):
            let response = Router.plain(status).answering(nil)
            return unsafe ReplyMaker.send(
                Exchange.Reply(response: response, flow: nil), exchange, on: state, connection)
        case .request(let request, let length):
            if length > 0 { state.contentBegins() } else { state.answerBegins() }
            let router = admission.router
            let isTooLarge = length > 0 && request.body.length == 0 && router.takes(request)
            exchange.run(
                {
                    isTooLarge
                        ? await router.refuse(.contentTooLarge, request) : await router.answer(request)
                }, for: request)
            return .YES
        }
    }
}
