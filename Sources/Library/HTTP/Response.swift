/// A reply: its status, its fields and its content.
package struct Response: Sendable {
    package enum Content: Sendable {
        case none
        case octets([UInt8])
        /// Sent by the kernel, from the disk to the network.
        case file(FileContent)
        /// Made while it is sent.
        case stream(StreamContent)
        /// Never ends of itself: server-sent events.
        case events(EventStream)
        /// Not sent, for HEAD and 304; nil where nobody knows its length.
        case untold(Int64?)
    }

    package var status: Status
    package var headers: Headers
    package var content: Content
    /// With one, the conditions and the range of the request are obeyed.
    package var validator: Validator?

    package init(_ status: Status, headers: Headers = Headers(), content: Content = .none) {
        self.status = status
        self.headers = headers
        self.content = content
    }

    /// - Parameter type: with its charset where it has one: `text/html; charset=utf-8`.
    package init(_ status: Status = .ok, type: HeaderValue, _ octets: [UInt8]) {
        self.init(status, headers: Headers(["content-type": type]), content: .octets(octets))
    }

    package static func text(_ text: String, _ status: Status = .ok) -> Response {
        Response(status, type: "text/plain; charset=utf-8", Array(text.utf8))
    }

    package static func html(_ text: String, _ status: Status = .ok) -> Response {
        Response(status, type: "text/html; charset=utf-8", Array(text.utf8))
    }

    package static func json(_ text: String, _ status: Status = .ok) -> Response {
        Response(status, type: "application/json", Array(text.utf8))
    }

    /// To another page of ours, with GET: what follows a form that was taken. RFC 9110 section 15.4.4.
    ///
    /// - Parameter path: begins with one `/`: a redirection never leads away from here.
    package static func seeOther(_ path: String) -> Response {
        let isOurs = path.hasPrefix("/") && !path.hasPrefix("//") && !path.hasPrefix("/\\")
        guard isOurs, let value = HeaderValue(path) else { return Response(.badRequest) }
        return Response(.seeOther, headers: Headers(["location": value]))
    }

    package static func file(_ file: FileContent, type: HeaderValue, _ validator: Validator) -> Response {
        var response = Response(.ok, headers: Headers(["content-type": type]), content: .file(file))
        response.validator = validator
        return response
    }

    package static func stream(_ stream: StreamContent, type: HeaderValue) -> Response {
        Response(.ok, headers: Headers(["content-type": type]), content: .stream(stream))
    }

    /// For an `EventSource`. No proxy may keep it or wait for more of it.
    package static func events(_ events: EventStream) -> Response {
        let headers = Headers([
            "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no",
        ])
        return Response(.ok, headers: headers, content: .events(events))
    }

    package mutating func set(_ cookie: SetCookie) { headers.add("set-cookie", cookie.headerValue) }

    package func with(_ name: HeaderName, _ value: HeaderValue) -> Response {
        var response = self
        response.headers.set(name, value)
        return response
    }

    /// Keeps the status; the content and what describes it go.
    mutating func dropContent() {
        content = .none
        headers.set("content-type", nil)
        headers.set("content-disposition", nil)
    }

    /// The reply as this request gets it: conditions and ranges obeyed, defaults filled in.
    func answering(_ request: Request?) -> Response {
        var response = self
        if let request, let validator, status == .ok { response.select(request, validator) }
        response.headers.setDefault("x-content-type-options", "nosniff")
        response.headers.setDefault("cache-control", "no-store")
        return response
    }

    private mutating func select(_ request: Request, _ validator: Validator) {
        if let tag = validator.tag, let value = HeaderValue(tag.description) { headers.set("etag", value) }
        if let modified = validator.modified, let value = HeaderValue(HTTPDate.text(modified)) {
            headers.set("last-modified", value)
        }
        let length: Int64? =
            switch content {
            case .file(let file): file.length
            case .octets(let octets): Int64(octets.count)
            case .none, .stream, .events, .untold: nil
            }
        if length != nil { headers.set("accept-ranges", "bytes") }
        switch Selection(request, validator, length: length) {
        case .whole: break
        case .notModified:
            status = .notModified
            // A length that is told must be the right one. RFC 9110 section 8.6.
            if let length { content = .untold(length) }
        case .preconditionFailed:
            status = .preconditionFailed
            dropContent()
        case .unsatisfiable:
            status = .rangeNotSatisfiable
            headers.set("content-range", HeaderValue("bytes */\(length ?? 0)"))
            dropContent()
        case .range(let range):
            status = .partialContent
            headers.set(
                "content-range", HeaderValue("bytes \(range.lowerBound)-\(range.upperBound)/\(length ?? 0)"))
            switch content {
            case .file(let file): content = .file(file.part(range))
            case .octets(let octets):
                content = .octets(Array(octets[Int(range.lowerBound)...Int(range.upperBound)]))
            case .none, .stream, .events, .untold: break
            }
        }
    }
}

/// What a browser may do with a reply's content, and under which name it keeps it.
package enum ContentDisposition {
    /// - Parameter name: in any script. RFC 6266 section 4.3, RFC 8187.
    package static func attachment(_ name: String) -> HeaderValue { value("attachment", name) }
    package static func inline(_ name: String) -> HeaderValue { value("inline", name) }

    private static func value(_ type: String, _ name: String) -> HeaderValue {
        // A % in the plain form is decoded by some browsers and not by others. RFC 6266 appendix D.
        let plain = String(
            String.UnicodeScalarView(
                name.unicodeScalars.map {
                    (0x20...0x7E).contains($0.value) && !"\"\\%".unicodeScalars.contains($0) ? $0 : "_"
                }))
        let text = "\(type); filename=\"\(plain)\"; filename*=UTF-8''\(PercentCoding.encode(name))"
        guard let value = HeaderValue(text) else { preconditionFailure("what is encoded is ASCII") }
        return value
    }
}
