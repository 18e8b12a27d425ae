/// One question to a web server. RFC 9110 section 9.
package struct HTTPRequest: Sendable {
    package enum Method: String, Hashable, Sendable {
        case get = "GET"
        case post = "POST"
    }

    package let method: Method
    /// `https`, or `http` to loopback; ASCII, with everything else percent-encoded.
    package let url: String
    package let headerFields: [HTTPField]
    /// Of a POST.
    package let body: [UInt8]

    package static func get(_ url: String, headerFields: [HTTPField] = []) -> HTTPRequest {
        HTTPRequest(method: .get, url: url, headerFields: headerFields, body: [])
    }

    /// - Parameter contentType: such as `application/x-www-form-urlencoded`.
    package static func post(
        _ url: String, contentType: String, body: [UInt8], headerFields: [HTTPField] = []
    ) -> HTTPRequest {
        let type = HTTPField("Content-Type", contentType)
        return HTTPRequest(method: .post, url: url, headerFields: [type] + headerFields, body: body)
    }
}

/// A line of a header. RFC 9110 section 5.
package struct HTTPField: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What a web server answered, whatever its status.
package struct HTTPResponse: Sendable {
    package let status: Int
    package let headerFields: [HTTPField]
    package let body: [UInt8]

    /// The first field of that name; case doesn't count.
    package func value(of name: String) -> String? {
        headerFields.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
