/// What a page says, as plain text: enough to quote a message that has no other text.
///
/// No parser of HTML: tags are left out, some begin a line, what stands in
/// `script` and `style` is no text. Linear, whatever it is given.
package enum HTMLText {
    private static let breaks: Set<String> = [
        "br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "ul", "ol",
        "hr",
    ]
    private static let silent: Set<String> = ["script", "style", "head", "title"]

    package static func plain(_ html: String) -> String {
        var out = ""
        var rest = html.unicodeScalars[...]
        var skipping: String?
        while let scalar = rest.first {
            if scalar == "<" {
                if rest.starts(with: "<!--".unicodeScalars) {
                    rest = after("-->", in: rest)
                    continue
                }
                let inside = rest.dropFirst().prefix { $0 != ">" }
                rest = rest[inside.endIndex...].dropFirst()
                let isEnd = inside.first == "/"
                let name = String(
                    String.UnicodeScalarView(
                        inside.drop { $0 == "/" }.prefix {
                            $0.properties.isAlphabetic || ("0"..."9").contains($0)
                        })
                ).lowercased()
                if let tag = skipping {
                    if isEnd, name == tag { skipping = nil }
                } else if silent.contains(name), !isEnd {
                    skipping = name
                } else if breaks.contains(name), !out.hasSuffix("\n\n"), !out.isEmpty {
                    out.append("\n")
                }
                continue
            }
            rest = rest.dropFirst()
            guard skipping == nil else { continue }
            switch scalar {
            case "&":
                let name = rest.prefix(10).prefix { $0 != ";" && $0 != " " && $0 != "&" && $0 != "<" }
                if rest[name.endIndex...].first == ";", let text = entity(String(name)) {
                    out.append(text)
                    rest = rest[name.endIndex...].dropFirst()
                } else {
                    out.append("&")
                }
            case " ", "\t", "\n", "\r", "\u{c}":
                if let last = out.unicodeScalars.last, last != " ", last != "\n" { out.append(" ") }
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in String(line.reversed().drop { $0 == " " }.reversed()) }.joined(separator: "\n")
    }

    private static func after(
        _ end: String, in text: Substring.UnicodeScalarView
    ) -> Substring.UnicodeScalarView {
        var rest = text
        while !rest.isEmpty {
            if rest.first == end.unicodeScalars.first, rest.starts(with: end.unicodeScalars) {
                return rest.dropFirst(end.unicodeScalars.count)
            }
            rest = rest.dropFirst()
        }
        return rest
    }

    private static func entity(_ name: String) -> String? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        case "nbsp": return " "
        case "auml": return "ä"
        case "ouml": return "ö"
        case "uuml": return "ü"
        case "Auml": return "Ä"
        case "Ouml": return "Ö"
        case "Uuml": return "Ü"
        case "szlig": return "ß"
        case "euro": return "€"
        default:
            guard name.hasPrefix("#") else { return nil }
            let digits = name.dropFirst()
            let value =
                digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            guard let value, let scalar = Unicode.Scalar(value), value >= 32 else { return nil }
            return String(Character(scalar))
        }
    }
}
