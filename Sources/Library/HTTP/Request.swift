/// What a peer wants, checked: a handler sees no request that two programs could read in two ways.
package struct Request: Sendable {
    package let method: Method
    package let path: RequestPath
    package let query: FormItems
    package let headers: Headers
    package let cookies: Cookies
    /// The other end of the connection; perhaps a proxy.
    package let peer: Peer
    /// Who asks, by the word of trusted proxies; nil on a Unix socket without one.
    package let client: IPAddress?
    /// Whether the client came over TLS, by the word of trusted proxies.
    package let isSecure: Bool
    /// The name we were called by: one that we answer to.
    package let host: AuthorityHost
    package let body: RequestBody
    /// What stands in the route's place holders.
    package internal(set) var parameters: [String: String] = [:]

    init(
        method: Method, path: RequestPath, query: FormItems, headers: Headers, peer: Peer,
        origin: TrustedProxies.Origin, host: AuthorityHost, body: RequestBody
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        cookies = Cookies(headers)
        self.peer = peer
        client = origin.client
        isSecure = origin.isSecure
        self.host = host
        self.body = body
    }

    /// One that no peer sent: to call handlers as functions.
    package init(
        _ method: Method, _ target: String, headers: Headers = Headers(), body: [UInt8] = [],
        client: IPAddress? = nil, isSecure: Bool = false
    ) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let rest = parts.count > 1 ? Array(parts[1].utf8) : []
        guard let path = RequestPath(parts[0]), let host = AuthorityHost(headers["host"] ?? "localhost"),
            let query = FormItems(urlEncoded: rest)
        else { preconditionFailure("\(target) is no target of a request") }
        self.init(
            method: method, path: path, query: query, headers: headers,
            peer: client.map { .address($0, port: 0) } ?? .unix(user: 0),
            origin: TrustedProxies.Origin(client: client, isSecure: isSecure), host: host,
            body: RequestBody(body))
    }

    /// The value of a place holder of the route's.
    package subscript(parameter name: String) -> String {
        guard let value = parameters[name] else { preconditionFailure("the route has no :\(name)") }
        return value
    }

    /// What the reply's content is for: without it, HEAD is GET.
    package var wantsNoContent: Bool { method == .head }

    /// The content as a form without files: `application/x-www-form-urlencoded`.
    package func form(upTo limit: Int = 1 << 20) async throws(HTTPError) -> FormItems {
        guard contentType?.type == "application/x-www-form-urlencoded" else {
            throw HTTPError(.unsupported, "reading a form", "it is not application/x-www-form-urlencoded")
        }
        guard let items = FormItems(urlEncoded: try await body.collect(upTo: limit)) else {
            throw HTTPError(.malformed, "reading a form", "it is no application/x-www-form-urlencoded")
        }
        return items
    }

    /// The content as a form with files, part after part: `multipart/form-data`. RFC 7578.
    package func multipart(_ limits: MultipartLimits = MultipartLimits()) throws(HTTPError) -> MultipartReader
    {
        guard let type = contentType, type.type == "multipart/form-data" else {
            throw HTTPError(.unsupported, "reading a form", "it is not multipart/form-data")
        }
        guard let boundary = type.parameters["boundary"], (1...70).contains(boundary.utf8.count),
            boundary.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { throw HTTPError(.malformed, "reading a form", "its boundary is missing") }
        return MultipartReader(body, boundary: boundary, limits)
    }

    /// The media type and its parameters, both in lower case but for values.
    package var contentType: (type: String, parameters: [String: String])? {
        headers["content-type"].map(Self.mediaType)
    }

    static func mediaType(_ value: String) -> (type: String, parameters: [String: String]) {
        let parts = FieldText.split(value, at: UInt8(ascii: ";"))
        let parameters = parts.dropFirst().compactMap(FieldText.parameter)
        return (
            (parts.first ?? "").lowercased(),
            Dictionary(parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        )
    }
}
