/// The header fields of a request or a reply, in their order.
package struct Headers: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package let name: HeaderName
        package let value: String
    }

    package private(set) var fields: [Field] = []

    package init() {}

    package init(_ fields: KeyValuePairs<HeaderName, HeaderValue>) {
        for (name, value) in fields { add(name, value) }
    }

    /// As a peer sent it: it may hold what is not ASCII.
    mutating func receive(_ name: HeaderName, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    package mutating func add(_ name: HeaderName, _ value: HeaderValue) {
        fields.append(Field(name: name, value: value.text))
    }

    package mutating func set(_ name: HeaderName, _ value: HeaderValue?) {
        fields.removeAll { $0.name == name }
        if let value { add(name, value) }
    }

    /// Unless it is there.
    package mutating func setDefault(_ name: HeaderName, _ value: HeaderValue) {
        if self[name] == nil { add(name, value) }
    }

    /// The first of the name.
    package subscript(name: HeaderName) -> String? { fields.first { $0.name == name }?.value }

    /// Every one of the name.
    package func all(_ name: HeaderName) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// The elements of a list that may be spread over fields; nil where there is no such field.
    ///
    /// Commas in quotes separate nothing. RFC 9110 section 5.6.1.
    package func list(_ name: HeaderName) -> [String]? {
        let values = all(name)
        return values.isEmpty ? nil : values.flatMap { FieldText.split($0, at: UInt8(ascii: ",")) }
    }
}

/// Field values taken apart.
enum FieldText {
    /// The parts between separators outside of quotes, trimmed; empty ones are left out.
    static func split(_ value: some StringProtocol, at separator: UInt8) -> [String] {
        var parts: [String] = []
        var part: [UInt8] = []
        var isQuoted = false
        var isEscaped = false
        for octet in value.utf8 {
            if octet == separator, !isQuoted {
                parts.append(trimmed(part))
                part = []
                continue
            }
            if isEscaped {
                isEscaped = false
            } else if octet == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if octet == UInt8(ascii: "\\"), isQuoted {
                isEscaped = true
            }
            part.append(octet)
        }
        parts.append(trimmed(part))
        return parts.filter { !$0.isEmpty }
    }

    /// `name=value`, the value without its quotes; nil where there is no `=`.
    static func parameter(_ part: some StringProtocol) -> (name: String, value: String)? {
        guard let equals = part.firstIndex(of: "=") else { return nil }
        let name = trimmed(Array(part[..<equals].utf8)).lowercased()
        let value = trimmed(Array(part[part.index(after: equals)...].utf8))
        return (name, unquoted(value))
    }

    /// The text of a `quoted-string`; a token as it is. RFC 9110 section 5.6.4.
    static func unquoted(_ text: String) -> String {
        guard text.utf8.count >= 2, text.utf8.first == UInt8(ascii: "\""),
            text.utf8.last == UInt8(ascii: "\"")
        else { return text }
        var plain: [UInt8] = []
        var isEscaped = false
        for octet in text.utf8.dropFirst().dropLast() {
            if octet == UInt8(ascii: "\\"), !isEscaped {
                isEscaped = true
            } else {
                plain.append(octet)
                isEscaped = false
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    static func trimmed(_ octets: some BidirectionalCollection<UInt8>) -> String {
        func isBlank(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 }
        let start = octets.firstIndex { !isBlank($0) } ?? octets.endIndex
        let end = octets.lastIndex { !isBlank($0) }.map { octets.index(after: $0) } ?? start
        return String(decoding: octets[start..<end], as: UTF8.self)
    }
}
