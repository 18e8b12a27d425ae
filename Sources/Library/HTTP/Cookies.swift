/// The cookies of a request. RFC 6265 section 5.4.
package struct Cookies: Hashable, Sendable {
    private let pairs: [FormItems.Item]

    init(_ headers: Headers) {
        pairs = headers.all("cookie").flatMap { $0.split(separator: ";") }.prefix(200).compactMap { pair in
            guard let equals = pair.firstIndex(of: "=") else { return nil }
            let name = FieldText.trimmed(Array(pair[..<equals].utf8))
            let value = FieldText.trimmed(Array(pair[pair.index(after: equals)...].utf8))
            return Token.isToken(name) ? FormItems.Item(name, FieldText.unquoted(value)) : nil
        }
    }

    /// Nil also where there are two of the name: one of them was planted by a neighbouring site.
    package subscript(name: String) -> String? {
        let values = pairs.filter { $0.name == name }
        return values.count == 1 ? values[0].value : nil
    }
}

/// A cookie as a reply sets it: for this site alone, hidden from scripts, over TLS unless one insists.
///
/// Over TLS its name begins with `__Host-`, which no other host and no
/// plain-text reply can overwrite; one for a part of the site alone with
/// `__Secure-`, because `__Host-` is for all of it. RFC 6265 section 4.1, and
/// RFC 6265bis for SameSite and prefixes.
package struct SetCookie: Hashable, Sendable {
    package enum SameSite: String, Hashable, Sendable {
        case strict = "Strict"
        case lax = "Lax"
    }

    package let name: String
    private let value: HeaderValue

    /// - Parameters:
    ///   - value: letters, digits and what else a cookie may hold.
    ///   - isSecure: whether the page came over TLS; without it there is no prefix.
    ///   - maxAge: in seconds; nil until the browser is closed, 0 to take it away.
    ///   - path: what it is for, and all below; nil: the whole site.
    package init(
        _ name: String, value: String, isSecure: Bool, sameSite: SameSite = .lax, maxAge: Int? = nil,
        path: String? = nil
    ) {
        precondition(Token.isToken(name), "a cookie's name is a token")
        let isValue = value.utf8.allSatisfy {
            (0x21...0x7E).contains($0) && !"\",;\\".utf8.contains($0)
        }
        precondition(isValue, "a cookie's value is made by us, of letters that need no quotes")
        let isPath = (path ?? "/").utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ";") }
        precondition(isPath && (path ?? "/").hasPrefix("/"), "a cookie's path is an address of ours")
        self.name = Self.name(name, isSecure: isSecure, hasPath: path != nil)
        var text = "\(self.name)=\(value); Path=\(path ?? "/"); HttpOnly; SameSite=\(sameSite.rawValue)"
        if isSecure { text += "; Secure" }
        if let maxAge { text += "; Max-Age=\(maxAge)" }
        guard let value = HeaderValue(text) else { preconditionFailure("a cookie is ASCII") }
        self.value = value
    }

    /// As a request brings it back.
    package static func name(_ name: String, isSecure: Bool, hasPath: Bool = false) -> String {
        isSecure ? (hasPath ? "__Secure-" : "__Host-") + name : name
    }

    package var headerValue: HeaderValue { value }
}
