internal import CMicroHTTPD
internal import Glibc

/// Hands replies to libmicrohttpd.
enum ReplyMaker {
    /// On the connection's thread. `.NO` closes the connection.
    static func send(
        _ reply: Exchange.Reply, _ exchange: Exchange, on state: Connection, _ connection: OpaquePointer
    ) -> MHD_Result {
        guard let (made, length) = unsafe make(reply, exchange) else { return .NO }
        defer { unsafe MHD_destroy_response(made) }
        for field in reply.response.headers.fields {
            guard unsafe MHD_add_response_header(made, field.name.text, field.value) == .YES else {
                return .NO
            }
        }
        state.replyBegins(length: length)
        return unsafe MHD_queue_response(connection, reply.response.status.code, made)
    }

    private static func make(
        _ reply: Exchange.Reply, _ exchange: Exchange
    ) -> (response: OpaquePointer, length: Int64?)? {
        switch reply.response.content {
        case .none: return unsafe buffer([])
        case .octets(let octets): return unsafe buffer(octets)
        case .file(let file):
            guard file.length > 0 else { return unsafe buffer([]) }
            let descriptor = file.take()
            guard descriptor >= 0 else { return nil }
            guard
                let response = unsafe MHD_create_response_from_fd_at_offset64(
                    UInt64(file.length), descriptor, UInt64(file.offset))
            else {
                close(descriptor)
                return nil
            }
            return unsafe (response, file.length)
        case .stream(let stream): return unsafe flowing(exchange, stream.length)
        case .events: return unsafe flowing(exchange, nil)
        case .untold(let length):
            guard let reply = unsafe flowing(exchange, length) else { return nil }
            // libmicrohttpd 0.9.75 ends even those chunks that it was not to send: no chunks, and a connection
            // that is closed.
            let flag = MHD_ResponseFlags.RF_HTTP_1_0_COMPATIBLE_STRICT
            if length == nil { unsafe mr_http_set_flags(reply.response, flag) }
            return unsafe reply
        }
    }

    private static func buffer(_ octets: [UInt8]) -> (response: OpaquePointer, length: Int64?)? {
        var octets = octets
        let response = unsafe octets.withUnsafeMutableBytes { bytes in
            unsafe MHD_create_response_from_buffer(bytes.count, bytes.baseAddress, .RESPMEM_MUST_COPY)
        }
        return unsafe response.map { unsafe ($0, Int64(octets.count)) }
    }

    private static func flowing(
        _ exchange: Exchange, _ length: Int64?
    ) -> (response: OpaquePointer, length: Int64?)? {
        let context = unsafe Unmanaged.passRetained(exchange).toOpaque()
        // MHD_SIZE_UNKNOWN, where nobody knows.
        let size = length.map { UInt64($0) } ?? UInt64.max
        guard
            let response = unsafe MHD_create_response_from_callback(
                size, 32 << 10, readContent, context, releaseContent)
        else {
            unsafe Unmanaged<Exchange>.fromOpaque(context).release()
            return nil
        }
        return unsafe (response, length)
    }
}

private func readContent(
    _ context: UnsafeMutableRawPointer?, _ position: UInt64, _ room: UnsafeMutablePointer<CChar>?,
    _ count: Int
) -> Int {
    // MHD_CONTENT_READER_END_OF_STREAM and MHD_CONTENT_READER_END_WITH_ERROR, which are casts.
    let (end, failure) = (-1, -2)
    guard let context = unsafe context, let room = unsafe room else { return failure }
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
    guard let outflow = exchange.outflow else { return failure }
    let buffer = unsafe UnsafeMutableRawBufferPointer(start: room, count: count)
    switch unsafe outflow.pull(into: buffer, sleep: exchange.sleepForMore) {
    case .octets(let count): return count
    case .later: return 0
    case .end: return end
    case .failure: return failure
    }
}

private func releaseContent(_ context: UnsafeMutableRawPointer?) {
    guard let context = unsafe context else { return }
    unsafe Unmanaged<Exchange>.fromOpaque(context).release()
}
