/// What one Authentication-Results field says. RFC 8601 section 2.2.
///
/// Whether to believe it is for others to decide: anyone can write such a
/// field. Values are what a server copied from a stranger's envelope, so the
/// reader is bounded, and what it cannot read says nothing at all. Deviations
/// it takes: a semicolon too many at the end, values that should have been
/// quoted, and Microsoft's form, which names no server.
package struct AuthenticationResults: Hashable, Sendable {
    /// Who checked; as written, compare without case. Nil in Microsoft's form.
    package let authservID: String?
    package let results: [Result]

    /// One method's result: `spf=pass (sender IP is …) smtp.mailfrom=example.com`.
    package struct Result: Hashable, Sendable {
        /// Lower case.
        package let method: String
        /// Lower case.
        package let result: String
        package let reason: String?
        package let properties: [Property]
        /// The text of the comments in it: some servers say the policy only there.
        package let comments: [String]

        /// The first property of that name, `header.from`.
        package subscript(_ name: String) -> String? {
            properties.first { $0.name == name }?.value
        }
    }

    package struct Property: Hashable, Sendable {
        /// `smtp.mailfrom`; lower case. Microsoft's `action` has no type before it.
        package let name: String
        package let value: String
    }

    package enum Limit {
        package static let octets = 64 << 10
        package static let results = 100
        package static let properties = 100
        package static let nesting = 50
    }

    /// Reads the body of the field, folded or not; nil when it is none we can read.
    package init?(_ text: String) {
        guard text.utf8.count <= Limit.octets else { return nil }
        var reader = AuthenticationResultsReader(text)
        guard let parsed = reader.read() else { return nil }
        (authservID, results) = parsed
    }
}

/// The reader of one field's body.
///
/// Comments nest; they are counted, not recursed into.
struct AuthenticationResultsReader {
    private let octets: [UInt8]
    private var position = 0
    /// Of the result being read.
    private var comments: [String] = []

    init(_ text: String) { octets = Array(text.utf8) }

    mutating func read() -> (String?, [AuthenticationResults.Result])? {
        guard skip(), let first = word(), skip() else { return nil }
        guard peek != UInt8(ascii: "=") else {
            // Microsoft's form begins with the first method.
            position = 0
            comments = []
            return results(isMicrosofts: true).map { (nil, $0) }
        }
        if let byte = peek, byte != UInt8(ascii: ";") {
            // The only version there is. RFC 8601 section 2.2, `authres-version`.
            guard word() == "1", skip() else { return nil }
        }
        guard peek == UInt8(ascii: ";") else { return nil }
        return results(isMicrosofts: false).map { (first, $0) }
    }

    private mutating func results(isMicrosofts: Bool) -> [AuthenticationResults.Result]? {
        var results: [AuthenticationResults.Result] = []
        while position < octets.count {
            if peek == UInt8(ascii: ";") {
                position += 1
                continue
            }
            comments = []
            guard skip() else { return nil }
            if peek == nil || peek == UInt8(ascii: ";") { continue }
            switch result() {
            case .some(let result): results.append(result)
            case nil where isNoResult(after: results) || isMicrosofts && skipBareWord(): break
            case nil: return nil
            }
            guard results.count <= AuthenticationResults.Limit.results else { return nil }
        }
        return results
    }

    /// `method [/ version] = result [reason = value] *(ptype.property = value)`, up to a semicolon.
    private mutating func result() -> AuthenticationResults.Result? {
        let start = position
        guard let method = keyword(), skip() else { return back(to: start) }
        if peek == UInt8(ascii: "/") {
            position += 1
            guard skip(), word() == "1", skip() else { return back(to: start) }
        }
        guard take(UInt8(ascii: "=")), skip(), let result = keyword(), skip() else { return back(to: start) }
        var reason: String?
        var properties: [AuthenticationResults.Property] = []
        while let byte = peek, byte != UInt8(ascii: ";") {
            guard let name = propertyName(), skip(), take(UInt8(ascii: "=")), skip(), let value = value(),
                skip()
            else { return back(to: start) }
            if name == "reason", reason == nil, properties.isEmpty {
                reason = value
            } else {
                properties.append(AuthenticationResults.Property(name: name, value: value))
            }
            guard properties.count <= AuthenticationResults.Limit.properties else { return back(to: start) }
        }
        return AuthenticationResults.Result(
            method: method, result: result, reason: reason, properties: properties, comments: comments)
    }

    private mutating func back(to start: Int) -> AuthenticationResults.Result? {
        position = start
        return nil
    }

    /// `; none`: the server looked, and there was nothing. RFC 8601 section 2.2, `no-result`.
    private mutating func isNoResult(after results: [AuthenticationResults.Result]) -> Bool {
        let start = position
        if results.isEmpty, keyword() == "none", skip(), peek == nil || peek == UInt8(ascii: ";") {
            return true
        }
        position = start
        return false
    }

    /// A receiver's domain between semicolons, as Microsoft wrote it until 2021.
    private mutating func skipBareWord() -> Bool {
        word() != nil && skip() && (peek == nil || peek == UInt8(ascii: ";"))
    }

    // MARK: - Words

    private var peek: UInt8? { position < octets.count ? octets[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    /// Skips white space and comments, keeping the comments' text; false when one has no end.
    private mutating func skip() -> Bool {
        while let byte = peek {
            switch byte {
            case 9, 10, 13, 32: position += 1
            case UInt8(ascii: "("):
                guard let comment = comment() else { return false }
                comments.append(comment)
            default: return true
            }
        }
        return true
    }

    private mutating func comment() -> String? {
        var text: [UInt8] = []
        var depth = 0
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "("):
                depth += 1
                guard depth <= AuthenticationResults.Limit.nesting else { return nil }
                if depth > 1 { text.append(byte) }
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { return String(decoding: text, as: UTF8.self) }
                text.append(byte)
            case UInt8(ascii: "\\"):
                guard let quoted = peek else { return nil }
                position += 1
                text.append(quoted)
            default: text.append(byte)
            }
        }
        return nil
    }

    private mutating func take(while isWanted: (UInt8) -> Bool) -> String? {
        let start = position
        while let byte = peek, isWanted(byte) { position += 1 }
        return position > start ? String(decoding: octets[start..<position], as: UTF8.self) : nil
    }

    /// A method, result: letters, digits, hyphens. RFC 5321's `Keyword`, plus the underscore some write.
    private mutating func keyword() -> String? {
        take(while: { Self.isKeyword($0) })?.lowercased()
    }

    /// `smtp.mailfrom`; RFC 8601 allows space and comments about the dot.
    private mutating func propertyName() -> String? {
        guard var name = keyword() else { return nil }
        let afterType = position
        let commentsSoFar = comments
        guard skip() else { return nil }
        while take(UInt8(ascii: ".")) {
            guard skip(), let property = keyword() else { return nil }
            name += "." + property
        }
        if !name.utf8.contains(UInt8(ascii: ".")) {
            position = afterType
            comments = commentsSoFar
        }
        return name
    }

    /// The first word: a server's name, or a method.
    private mutating func word() -> String? {
        peek == UInt8(ascii: "\"") ? quoted() : take(while: { Self.isValue($0) && $0 != UInt8(ascii: "=") })
    }

    /// A quoted string, quoted local part and domain, or anything up to a space, comment or semicolon.
    private mutating func value() -> String? {
        var value = ""
        if peek == UInt8(ascii: "\"") {
            guard let quoted = quoted() else { return nil }
            value = quoted
            guard peek == UInt8(ascii: "@") else { return value }
        }
        guard let rest = take(while: Self.isValue) else {
            // `header.d=;`: nothing is a value too, of servers that have none to tell.
            return value
        }
        return value + rest
    }

    private mutating func quoted() -> String? {
        var text: [UInt8] = []
        position += 1
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = peek else { return nil }
                position += 1
                text.append(escaped)
            case 10, 13: continue
            default: text.append(byte)
            }
        }
        return nil
    }

    private static func isKeyword(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func isValue(_ byte: UInt8) -> Bool {
        byte > 32 && byte != 127 && byte != UInt8(ascii: ";") && byte != UInt8(ascii: "(")
            && byte != UInt8(ascii: ")") && byte != UInt8(ascii: "\"")
    }
}
