/// Lets those declarations through that only change how a mail looks in its own place.
///
/// Every value is written anew from its tokens, so that nothing stands in
/// it that was not understood. No `<`, no quotes but around strings, and no
/// backslash but in them ever come out.
struct StyleFilter: Sendable {
    /// The address of a picture for `cid:` and `data:`; nil where there is none to show.
    let picture: @Sendable (String) -> String?

    private static let most = 2000
    private static let deepest = 8

    /// As many as were let through, in their order: `color:red;margin:0`.
    func declarations(_ text: String) -> String { declarations(CSSTokenizer.tokens(of: text)[...]) }

    func declarations(_ tokens: ArraySlice<CSSToken>) -> String {
        var kept: [String] = []
        for part in Self.split(tokens) where kept.count < Self.most {
            if let declaration = declaration(part) { kept.append(declaration) }
        }
        return kept.joined(separator: ";")
    }

    /// At each semicolon that stands in no bracket.
    private static func split(_ tokens: ArraySlice<CSSToken>) -> [ArraySlice<CSSToken>] {
        var parts: [ArraySlice<CSSToken>] = []
        var depth = 0
        var start = tokens.startIndex
        for index in tokens.indices {
            switch tokens[index] {
            case .open, .function: depth += 1
            case .close: depth = max(0, depth - 1)
            case .semicolon where depth == 0:
                parts.append(tokens[start..<index])
                start = index + 1
            case .ident, .atKeyword, .hash, .string, .url, .bad, .number, .percentage, .dimension, .delim,
                .whitespace, .colon, .semicolon, .comma, .commentMark:
                break
            }
        }
        parts.append(tokens[start...])
        return parts
    }

    private func declaration(_ tokens: ArraySlice<CSSToken>) -> String? {
        var rest = tokens.drop { $0 == .whitespace }
        guard case .ident(let written)? = rest.popFirst() else { return nil }
        let property = written.lowercased()
        guard StyleWords.properties.contains(property) else { return nil }
        rest = rest.drop { $0 == .whitespace }
        guard rest.popFirst() == .colon else { return nil }
        rest = rest.drop { $0 == .whitespace }
        while rest.last == .whitespace { rest.removeLast() }
        guard !rest.isEmpty, let value = value(rest, of: property) else { return nil }
        return "\(property):\(value)"
    }

    private func value(_ tokens: ArraySlice<CSSToken>, of property: String) -> String? {
        var out = ""
        var depth = 0
        var rest = tokens
        while let token = rest.popFirst() {
            switch token {
            case .ident(let name):
                guard let text = Self.ident(name, of: property) else { return nil }
                out += text
            case .hash(let name):
                guard [3, 4, 6, 8].contains(name.utf8.count), name.utf8.allSatisfy(Self.isHex) else {
                    return nil
                }
                out += "#" + name
            case .string(let text):
                guard property == "font-family" || property == "font" else { return nil }
                out += Self.quoted(text)
            case .number(let number):
                guard Self.isFit(number, property) else { return nil }
                out += number
            case .percentage(let number):
                guard Self.isFit(number, property) else { return nil }
                out += number + "%"
            case .dimension(let number, let unit):
                guard Self.isFit(number, property), StyleWords.units.contains(unit.lowercased()) else {
                    return nil
                }
                out += number + unit.lowercased()
            case .url(let address):
                guard let text = picture(at: address, property) else { return nil }
                out += text
            case .function(let name):
                let function = name.lowercased()
                guard StyleWords.functions.contains(function), depth < Self.deepest else { return nil }
                if function == "url" {
                    rest = rest.drop { $0 == .whitespace }
                    guard case .string(let address)? = rest.popFirst(),
                        let text = picture(at: address, property)
                    else { return nil }
                    rest = rest.drop { $0 == .whitespace }
                    if let end = rest.popFirst(), end != .close(")") { return nil }
                    out += text
                } else {
                    out += function + "("
                    depth += 1
                }
            case .open("(") where depth > 0 && depth < Self.deepest:
                out += "("
                depth += 1
            case .close(")"):
                guard depth > 0 else { return nil }
                out += ")"
                depth -= 1
            case .whitespace: out += " "
            case .comma: out += ","
            case .delim("!"):
                let word = rest.drop { $0 == .whitespace }
                guard depth == 0, word.count == 1, case .ident(let name)? = word.first,
                    name.lowercased() == "important"
                else { return nil }
                return out.trimmingEnd + "!important"
            case .delim(let sign):
                guard sign == "/" || depth > 0 && "+-*".unicodeScalars.contains(sign) else { return nil }
                out.unicodeScalars.append(sign)
            case .atKeyword, .bad, .colon, .semicolon, .open, .close, .commentMark: return nil
            }
        }
        return out + String(repeating: ")", count: depth)
    }

    private func picture(at address: String, _ property: String) -> String? {
        guard StyleWords.withPicture.contains(property), let shown = picture(address) else { return nil }
        return "url(\(Self.quoted(shown)))"
    }

    /// Words of CSS are ASCII; names of fonts may be in any script.
    private static func ident(_ name: String, of property: String) -> String? {
        let isPlain = name.unicodeScalars.allSatisfy { scalar in
            ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
                || scalar == "-" || scalar == "_"
        }
        if isPlain, let first = name.utf8.first, !(48...57).contains(first), !name.hasPrefix("--") {
            return name
        }
        return property == "font-family" || property == "font" ? quoted(name) : nil
    }

    /// Strings are written so that no octet of them means anything in a style or in a page.
    static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            if scalar.value < 0x20 || scalar.value == 0x7F || "\"'\\<>&".unicodeScalars.contains(scalar) {
                out += "\\" + String(scalar.value, radix: 16) + " "
            } else {
                out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }

    private static func isFit(_ number: String, _ property: String) -> Bool {
        number.utf8.count <= 16 && (!number.hasPrefix("-") || StyleWords.maybeNegative.contains(property))
    }

    private static func isHex(_ octet: UInt8) -> Bool {
        (48...57).contains(octet) || (65...70).contains(octet) || (97...102).contains(octet)
    }
}

extension String {
    fileprivate var trimmingEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
