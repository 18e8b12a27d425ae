/// What a line looks like at first glance.
struct Line {
    let scalars: [Unicode.Scalar]
    /// How many blanks and tabs stand before its first word.
    let indent: Int

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        indent = scalars.prefix { $0 == " " || $0 == "\t" }.count
    }

    var isBlank: Bool { indent == scalars.count || scalars[indent] == "#" }

    /// What stands between the brackets of a line that begins with one, closed or not.
    var header: (name: String, isList: Bool)? {
        guard !isBlank, scalars[indent] == "[" else { return nil }
        let isList = scalars[indent...].starts(with: ["[", "["])
        let inside = scalars[(indent + (isList ? 2 : 1))...].prefix { $0 != "]" && $0 != "#" }
        return (Self.trimmed(inside), isList)
    }

    /// `[mailbox.office]`: closed, and of bare words, so that it is no element of a list.
    var looksLikeHeader: Bool {
        guard let header, let close = scalars.firstIndex(of: "]") else { return false }
        let tail = scalars[close...].drop { $0 == "]" || $0 == " " || $0 == "\t" }
        return !header.name.isEmpty && header.name.unicodeScalars.allSatisfy { Self.isBare($0) || $0 == "." }
            && header.name.unicodeScalars.contains { $0.properties.isAlphabetic }
            && (tail.isEmpty || tail.first == "#")
    }

    /// `port =`.
    var looksLikeKey: Bool {
        let word = scalars[indent...].prefix { Self.isBare($0) || $0 == "." }
        let after = scalars[(indent + word.count)...].first { $0 != " " && $0 != "\t" }
        return !word.isEmpty && after == "="
    }

    /// The words before the sign, as written; all of the line's first word when there is no sign.
    var key: String {
        let rest = scalars[indent...]
        if let sign = rest.firstIndex(of: "=") { return Self.trimmed(rest[..<sign]) }
        return String(String.UnicodeScalarView(rest.prefix { Self.isBare($0) || $0 == "." }))
    }

    /// Where the value begins and what it is, without a comment; nil without a sign or a value.
    var value: (column: Int, text: String)? {
        guard let sign = scalars.firstIndex(of: "=") else { return nil }
        let start = scalars[(sign + 1)...].firstIndex { $0 != " " && $0 != "\t" }
        guard let start, scalars[start] != "#" else { return nil }
        let isQuoted = "\"'".unicodeScalars.contains(scalars[start])
        let text = scalars[start...].prefix { isQuoted || $0 != "#" }
        return (start + 1, Self.trimmed(text))
    }

    /// `port =`, and nothing behind it.
    var endsInSign: Bool { value == nil && scalars.contains("=") }

    static func isBare(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
        default: false
        }
    }

    private static func trimmed(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        let start = scalars.drop { $0 == " " || $0 == "\t" }
        let tail = start.reversed().prefix { $0 == " " || $0 == "\t" }.count
        return String(String.UnicodeScalarView(start.dropLast(tail)))
    }
}
