internal import CEtPan
internal import Glibc
internal import Transport

/// What lies between libetpan and the network: our ``Transport``, and the scanner beside it.
///
/// The first failure is kept and returned for ever after, whatever libetpan
/// makes of it: that is the error the caller gets to see.
final class Wire {
    let transport: Transport
    var scanner = ResponseScanner()
    private(set) var failure: IMAPError?
    /// For errors: the command under way.
    var doing = "greeting"
    private var isLoggingOut = false

    init(_ transport: Transport) { self.transport = transport }

    /// Keeps the error if it is the first, and lets no octet pass any more.
    func fail(_ error: IMAPError) {
        if failure == nil { failure = error }
    }

    /// BYE is the expected answer now.
    func expectBye() { isLoggingOut = true }

    /// As `recv`, but for the end of the stream, which is a failure: -1, never 0.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard failure == nil, buffer.count > 0 else { return -1 }
        do throws(TransportError) {
            var span = unsafe buffer.mutableBytes
            let count = try transport.read(into: &span)
            let octets = unsafe UnsafeBufferPointer(
                start: buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), count: count)
            try unsafe scan(octets.span)
            return failure == nil ? count : -1
        } catch {
            // A server that hangs up after BYE has told us why.
            fail(scanner.bye.map(byeError) ?? IMAPError(error, doing: doing))
            return -1
        }
    }

    func write(_ line: String) throws(IMAPError) { try write(line.utf8.span) }

    func write(_ octets: Span<UInt8>) throws(IMAPError) {
        if let failure { throw failure }
        do {
            try transport.write(octets)
        } catch {
            fail(IMAPError(error, doing: doing))
            throw failure ?? IMAPError(error, doing: doing)
        }
    }

    private func scan(_ octets: Span<UInt8>) throws(TransportError) {
        do {
            try scanner.scan(octets)
        } catch {
            fail(IMAPError(error.code, doing: doing, words: error.words, alert: scanner.alert))
        }
        if let bye = scanner.bye, !isLoggingOut { fail(byeError(bye)) }
    }

    private func byeError(_ bye: Status) -> IMAPError {
        IMAPError(.bye, doing: doing, words: bye.text.description, text: bye.text, alert: scanner.alert)
    }

    func close() {
        fail(IMAPError(.closed, doing: doing, words: "we closed the connection"))
        transport.close()
    }
}

/// The driver that libetpan reads through. Each function is handed the ``Wire`` as its stream's data.
enum Driver {
    /// A stream over the wire, which has to outlive it; nil without memory.
    static func stream(_ wire: Wire) -> UnsafeMutablePointer<mailstream>? {
        guard
            let low = unsafe mailstream_low_new(Unmanaged.passUnretained(wire).toOpaque(), driver)
        else { return nil }
        // Larger would be slower: libetpan moves the rest of its buffer at each line.
        guard let stream = unsafe mailstream_new(low, 8192) else {
            unsafe free(low)
            return nil
        }
        return unsafe stream
    }

    // `nonisolated(unsafe)` because it is filled once and only read afterwards; libetpan wants its address.
    private nonisolated(unsafe) static let driver: UnsafeMutablePointer<mailstream_low_driver> = {
        let driver = UnsafeMutablePointer<mailstream_low_driver>.allocate(capacity: 1)
        unsafe driver.initialize(to: mailstream_low_driver())
        unsafe driver.pointee.mailstream_read = { low, buffer, count in
            guard let wire = unsafe wire(low) else { return -1 }
            return unsafe wire.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: count))
        }
        // Commands go out through the wire itself; what libetpan would send is the LOGOUT of `mailimap_free`.
        unsafe driver.pointee.mailstream_write = { _, _, _ in -1 }
        unsafe driver.pointee.mailstream_close = { _ in 0 }
        unsafe driver.pointee.mailstream_get_fd = { low in
            guard let wire = unsafe wire(low) else { return -1 }
            return wire.transport.descriptor
        }
        unsafe driver.pointee.mailstream_free = { low in unsafe free(low) }
        unsafe driver.pointee.mailstream_cancel = { _ in }
        unsafe driver.pointee.mailstream_get_cancel = { _ in nil }
        unsafe driver.pointee.mailstream_get_certificate_chain = { _ in nil }
        return unsafe driver
    }()

    private static func wire(_ low: UnsafeMutablePointer<mailstream_low>?) -> Wire? {
        guard let low = unsafe low, let data = unsafe low.pointee.data else { return nil }
        return unsafe Unmanaged<Wire>.fromOpaque(data).takeUnretainedValue()
    }
}
