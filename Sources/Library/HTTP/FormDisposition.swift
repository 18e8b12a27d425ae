internal import Glibc

/// Content-Disposition as browsers write it above the part of a form. RFC 7578 section 4.2, the URL Standard.
///
/// A quote within a name comes as `%22`, a line end as `%0D%0A`; a backslash
/// is a backslash, but for `\"`, which other programs write.
enum FormDisposition {
    static func read(_ value: String) -> (type: String, parameters: [String: String]) {
        var rest = Array(value.utf8)[...]
        let type = FieldText.trimmed(rest.prefix { $0 != UInt8(ascii: ";") }).lowercased()
        rest = rest.drop { $0 != UInt8(ascii: ";") }
        var parameters: [String: String] = [:]
        while let separator = rest.first, separator == UInt8(ascii: ";") {
            rest = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
            let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") }
            rest = rest.dropFirst(name.count)
            guard rest.first == UInt8(ascii: "=") else { continue }
            rest = rest.dropFirst()
            let text: String
            if rest.first == UInt8(ascii: "\"") {
                (text, rest) = quoted(rest.dropFirst())
            } else {
                let token = rest.prefix { $0 != UInt8(ascii: ";") }
                rest = rest.dropFirst(token.count)
                text = FieldText.trimmed(token)
            }
            let key = FieldText.trimmed(name).lowercased()
            // The first of a name counts.
            if parameters[key] == nil { parameters[key] = unescaped(text) }
        }
        return (type, parameters)
    }

    private static func quoted(_ octets: ArraySlice<UInt8>) -> (String, ArraySlice<UInt8>) {
        var text: [UInt8] = []
        var rest = octets
        while let octet = rest.popFirst() {
            if octet == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "\"") {
                text.append(UInt8(ascii: "\""))
                rest = rest.dropFirst()
            } else if octet == UInt8(ascii: "\"") {
                break
            } else {
                text.append(octet)
            }
        }
        return (String(decoding: text, as: UTF8.self), rest.drop { $0 != UInt8(ascii: ";") })
    }

    private static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var plain = ""
        var rest = text[...]
        while let percent = rest.firstIndex(of: "%") {
            plain += rest[..<percent]
            rest = rest[percent...]
            switch rest.prefix(3).uppercased() {
            case "%22": plain += "\""
            case "%0D": plain += "\r"
            case "%0A": plain += "\n"
            default:
                plain += "%"
                rest = rest.dropFirst()
                continue
            }
            rest = rest.dropFirst(3)
        }
        return plain + rest
    }
}

/// Where octets stand in others.
enum OctetSearch {
    /// Linear but for needles that begin alike; ours begin with a CR, which is rare.
    static func first(_ needle: [UInt8], in octets: [UInt8]) -> Int? {
        guard let lead = needle.first, octets.count >= needle.count else { return nil }
        return unsafe octets.withUnsafeBytes { hay -> Int? in
            guard let start = hay.baseAddress else { return nil }
            var from = 0
            let last = hay.count - needle.count
            while from <= last {
                guard let found = unsafe memchr(start + from, Int32(lead), last - from + 1) else {
                    return nil
                }
                let at = unsafe UnsafeRawPointer(found) - start
                if unsafe memcmp(start + at, needle, needle.count) == 0 { return at }
                from = at + 1
            }
            return nil
        }
    }
}
