/// What a server says after OK, NO, BAD or BYE: perhaps a code in brackets, then words. RFC 9051 section 7.1.
package struct ResponseText: Hashable, Sendable, CustomStringConvertible {
    /// In capitals, without arguments: `OVERQUOTA`.
    package let code: String?
    /// The code's arguments.
    package let arguments: String?
    /// For people.
    package let text: String

    init(_ line: String) {
        let line = line.drop { $0 == " " }
        guard line.first == "[", let end = line.firstIndex(of: "]") else {
            code = nil
            arguments = nil
            text = String(line)
            return
        }
        let inside = line[line.index(after: line.startIndex)..<end]
        let pieces = inside.split(separator: " ", maxSplits: 1)
        code = pieces.first.map { $0.uppercased() }
        arguments = pieces.count > 1 ? String(pieces[1]) : nil
        text = String(line[line.index(after: end)...].drop { $0 == " " })
    }

    /// Both parts, as they were sent.
    package var description: String {
        guard let code else { return text }
        let bracket = arguments.map { "[\(code) \($0)]" } ?? "[\(code)]"
        return text.isEmpty ? bracket : "\(bracket) \(text)"
    }

    /// Exchange Online says `Suggested Backoff Time: 293415 milliseconds` when it throttles.
    var suggestedBackoff: Int? {
        let words = text.lowercased()
        guard let found = words.firstRange(of: "suggested backoff time") else { return nil }
        let rest = words[found.upperBound...].drop { !$0.isASCII || !$0.isNumber }
        guard let number = Int(rest.prefix { $0.isASCII && $0.isNumber }), number > 0 else { return nil }
        let unit = rest.drop { $0.isNumber || $0 == " " }
        let seconds = unit.hasPrefix("m") && !unit.hasPrefix("min") ? (number - 1) / 1000 + 1 : number
        return min(
            unit.hasPrefix("min") ? number.multipliedReportingOverflow(by: 60).partialValue : seconds, 86_400)
    }
}

extension String {
    /// The first occurrence of `needle`; the standard library's lives in another module.
    fileprivate func firstRange(of needle: String) -> Range<Index>? {
        let (text, wanted) = (Array(utf8), Array(needle.utf8))
        guard !wanted.isEmpty, text.count >= wanted.count else { return nil }
        for start in 0...(text.count - wanted.count)
        where Array(text[start..<(start + wanted.count)]) == wanted {
            let lower = utf8.index(startIndex, offsetBy: start)
            return lower..<utf8.index(lower, offsetBy: wanted.count)
        }
        return nil
    }
}

/// One line in which the server says how things stand.
struct Status: Hashable, Sendable {
    enum Condition: String, Sendable {
        case ok = "OK"
        case no = "NO"
        case bad = "BAD"
        case bye = "BYE"
        case preauth = "PREAUTH"
    }

    /// Nil for an untagged one.
    let tag: String?
    let condition: Condition
    let text: ResponseText
}
