internal import CLinux
internal import Glibc
internal import Synchronization
internal import Workers

/// A socket address, copied out of the resolver's list.
struct Address: Sendable {
    let family: Int32
    let storage: sockaddr_storage
    let length: socklen_t
    /// As numbers: `2001:db8::1`.
    let text: String
}

/// One question to the resolver, asked on a thread of its own.
///
/// `getaddrinfo` knows neither deadline nor cancellation. Who asked stops
/// waiting when it likes; the thread ends when the resolver gives up, after
/// half a minute with Debian's settings.
final class Lookup: Sendable {
    private let answer = Mutex<Result<[Address], TransportError>?>(nil)
    private let answered: Int32

    private init() { answered = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK)) }

    deinit { close(answered) }

    /// All addresses of the host, families taking turns. RFC 8305 section 4.
    static func addresses(
        of host: String, port: UInt16, until deadline: ContinuousClock.Instant, _ cancellation: Cancellation
    ) throws(TransportError) -> [Address] {
        if case .success(let addresses) = resolve(host, port, flags: AI_NUMERICHOST) { return addresses }
        let doing = "looking up \(host)"
        let lookup = Lookup()
        guard lookup.answered >= 0 else {
            throw TransportError(.dns, doing: doing, words: "no file descriptor is left")
        }
        let started = Threads.start(name: "mailroom-dns") {
            let answer = resolve(host, port, flags: 0)
            lookup.answer.withLock { $0 = answer }
            _ = eventfd_write(lookup.answered, 1)
        }
        guard started else { throw TransportError(.dns, doing: doing, words: "no thread is left") }
        switch cancellation.wait(for: [(lookup.answered, Int32(POLLIN))], until: deadline) {
        case .ready: break
        case .timeout: throw TransportError(.timeout, doing: doing, words: "no answer in time")
        case .cancelled: throw TransportError(.cancelled, doing: doing, words: "cut short")
        }
        guard let answer = lookup.answer.withLock({ $0 }) else {
            preconditionFailure("the thread rings after it has answered")
        }
        return interleaved(try answer.get())
    }

    private static func resolve(_ host: String, _ port: UInt16, flags: Int32)
        -> Result<[Address], TransportError>
    {
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = flags
        var list: UnsafeMutablePointer<addrinfo>?
        let result = unsafe getaddrinfo(host, String(port), &hints, &list)
        defer { unsafe freeaddrinfo(list) }
        guard result == 0 else {
            let words =
                result == EAI_SYSTEM
                ? unsafe String(cString: strerror(errno)) : unsafe String(cString: gai_strerror(result))
            return .failure(TransportError(.dns, doing: "looking up \(host)", words: words))
        }
        var addresses: [Address] = []
        var entry = unsafe list
        while let current = unsafe entry {
            if let address = unsafe address(current.pointee) { addresses.append(address) }
            unsafe entry = current.pointee.ai_next
        }
        return .success(addresses)
    }

    private static func address(_ entry: addrinfo) -> Address? {
        let capacity = MemoryLayout<sockaddr_storage>.size
        guard let source = unsafe entry.ai_addr, unsafe Int(entry.ai_addrlen) <= capacity else { return nil }
        var storage = sockaddr_storage()
        unsafe withUnsafeMutableBytes(of: &storage) { target in
            let octets = unsafe UnsafeRawBufferPointer(start: source, count: Int(entry.ai_addrlen))
            unsafe target.copyMemory(from: octets)
        }
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let named = unsafe getnameinfo(
            source, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
        let octets = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return unsafe Address(
            family: entry.ai_family, storage: storage, length: entry.ai_addrlen,
            text: named == 0 ? String(decoding: octets, as: UTF8.self) : "an address")
    }

    /// The resolver's order (RFC 6724) within each family, and the other family every second time.
    private static func interleaved(_ addresses: [Address]) -> [Address] {
        guard let first = addresses.first else { return [] }
        let preferred = addresses.filter { $0.family == first.family }
        let others = addresses.filter { $0.family != first.family }
        return (0..<max(preferred.count, others.count)).flatMap { index in
            [preferred, others].compactMap { index < $0.count ? $0[index] : nil }
        }
    }
}
