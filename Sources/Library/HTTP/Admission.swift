internal import CMicroHTTPD
internal import Glibc

/// A request line's target as it came, and where in libmicrohttpd's memory it stands.
struct RawTarget: Sendable {
    let text: String
    let start: UInt
    let count: Int

    init?(_ pointer: UnsafePointer<CChar>?) {
        guard let pointer = unsafe pointer else { return nil }
        start = UInt(bitPattern: pointer)
        count = unsafe strlen(pointer)
        text = unsafe String(cString: pointer)
    }
}

/// What a request must be before a handler sees it.
///
/// libmicrohttpd 0.9.75 reads what other programs read differently: two
/// lengths, a length and chunks, folded lines, bare line feeds, a NUL that
/// ends a name or even the header. Between a proxy and us each of them is a
/// second request that nobody has checked. RFC 9112 sections 3.2, 5.2 and 6.3.
struct Admission {
    enum Verdict {
        case request(Request, length: Int)
        /// With a sentence for the peer, and the connection is closed.
        case refused(Status)
    }

    let settings: ServerSettings
    let router: Router

    /// The header's fields in their order; nil where an octet of the header is not accounted for.
    ///
    /// libmicrohttpd cuts the header up in place, with a NUL where a name, a
    /// value or a line ends. What it took for the end of a line without there
    /// being a CR LF, what it joined or skipped, leaves a gap.
    static func fields(
        _ connection: OpaquePointer, method: UnsafePointer<CChar>, version: UnsafePointer<CChar>,
        _ target: RawTarget
    ) -> Headers? {
        let start = UInt(bitPattern: method)
        let versionStart = UInt(bitPattern: version)
        guard target.start == start + UInt(unsafe strlen(method)) + 1,
            versionStart == target.start + UInt(target.count) + 1
        else { return nil }
        let reader = FieldReader(at: versionStart + UInt(unsafe strlen(version)) + 2)
        let context = unsafe Unmanaged.passUnretained(reader).toOpaque()
        unsafe MHD_get_connection_values_n(
            connection, MHD_ValueKind.HEADER_KIND,
            { context, _, name, nameCount, value, valueCount in
                guard let context = unsafe context else { return .NO }
                let reader = unsafe Unmanaged<FieldReader>.fromOpaque(context).takeUnretainedValue()
                let isGood = unsafe reader.read(name, nameCount, value, valueCount)
                return isGood ? .YES : .NO
            }, context)
        let end = start + UInt(unsafe mr_http_head_size(connection))
        return reader.isGood && reader.cursor + 2 == end ? reader.headers : nil
    }

    /// Decides about a request whose header is complete.
    func judge(
        _ connection: OpaquePointer, method: UnsafePointer<CChar>, version: UnsafePointer<CChar>,
        _ target: RawTarget?, _ peer: Peer, body: () -> Inflow
    ) -> Verdict {
        guard let target, let name = unsafe Method(String(cString: method)),
            let headers = unsafe Self.fields(connection, method: method, version: version, target)
        else { return .refused(.badRequest) }
        return judge(name, target.text, headers, peer, body: body)
    }

    func judge(
        _ method: Method, _ target: String, _ headers: Headers, _ peer: Peer, body: () -> Inflow
    ) -> Verdict {
        guard let host = Self.onlyHost(headers), let length = Self.length(headers) else {
            return .refused(.badRequest)
        }
        // Browsers and proxies know the length; libmicrohttpd's reading of chunks is too generous.
        guard headers["transfer-encoding"] == nil else { return .refused(.lengthRequired) }
        guard settings.hosts.allows(host) else { return .refused(.misdirectedRequest) }
        guard let (path, query) = Self.parts(target, host) else { return .refused(.badRequest) }
        let origin = settings.proxies.origin(of: peer, headers)
        var asked = host
        if let name = origin.host {
            guard let outer = AuthorityHost(name), settings.hosts.allows(outer) else {
                return .refused(.misdirectedRequest)
            }
            asked = outer
        }
        let limit = router.bodyLimit(method, path) ?? 0
        guard length <= max(limit, Exchange.mostDiscarded) else { return .refused(.contentTooLarge) }
        let content = length > 0 && length <= limit ? RequestBody(body(), length: length) : RequestBody()
        return .request(
            Request(
                method: method, path: path, query: query, headers: headers, peer: peer, origin: origin,
                host: asked, body: content),
            length: length)
    }

    /// Exactly one. RFC 9112 section 3.2.
    private static func onlyHost(_ headers: Headers) -> AuthorityHost? {
        let hosts = headers.all("host")
        return hosts.count == 1 ? AuthorityHost(hosts[0]) : nil
    }

    /// Digits, once, and nothing beside them; zero without. RFC 9112 section 6.3.
    private static func length(_ headers: Headers) -> Int? {
        let lengths = headers.all("content-length")
        if lengths.isEmpty { return 0 }
        guard lengths.count == 1, headers["transfer-encoding"] == nil,
            (1...18).contains(lengths[0].utf8.count),
            lengths[0].utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(lengths[0])
    }

    /// `/path?query`, or the same as a whole URI for the same host. RFC 9112 section 3.2.
    private static func parts(_ target: String, _ host: AuthorityHost) -> (RequestPath, FormItems)? {
        var target = target[...]
        for scheme in ["http://", "https://"] where target.lowercased().hasPrefix(scheme) {
            target = target.dropFirst(scheme.count)
            let authority = target.prefix { $0 != "/" && $0 != "?" }
            guard AuthorityHost(authority) == host else { return nil }
            target = target.dropFirst(authority.count)
        }
        guard target.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let path = RequestPath(first),
            let query = FormItems(urlEncoded: Array(parts.count > 1 ? parts[1].utf8 : Substring().utf8))
        else { return nil }
        return (path, query)
    }
}

/// Follows the fields through the header, octet for octet.
private final class FieldReader {
    var headers = Headers()
    var cursor: UInt
    var isGood = true

    init(at cursor: UInt) { self.cursor = cursor }

    func read(
        _ name: UnsafePointer<CChar>?, _ nameCount: Int, _ value: UnsafePointer<CChar>?, _ valueCount: Int
    ) -> Bool {
        isGood = false
        guard let name = unsafe name, let value = unsafe value, UInt(bitPattern: name) == cursor,
            headers.fields.count < 200
        else { return false }
        let nameOctets = unsafe UnsafeRawBufferPointer(start: name, count: nameCount)
        // From the colon, which is a NUL now, to the value there are blanks alone.
        let gapStart = cursor + UInt(nameCount) + 1
        guard UInt(bitPattern: value) >= gapStart else { return false }
        let gap = unsafe UnsafeRawBufferPointer(
            start: UnsafeRawPointer(bitPattern: gapStart), count: Int(UInt(bitPattern: value) - gapStart))
        let valueOctets = unsafe UnsafeRawBufferPointer(start: value, count: valueCount)
        guard unsafe gap.allSatisfy({ $0 == 0x20 || $0 == 0x09 }),
            unsafe valueOctets.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }),
            let headerName = unsafe HeaderName(String(decoding: nameOctets, as: UTF8.self))
        else { return false }
        headers.receive(headerName, unsafe FieldText.trimmed(Array(valueOctets)))
        // The CR LF.
        cursor = UInt(bitPattern: value) + UInt(valueCount) + 2
        isGood = true
        return true
    }
}
