/// Filters what stands in a `style` element: rules whose selectors reach no further than the mail.
///
/// Each selector is put below the mail's own box, and names of classes and
/// ids get the prefix that they have in the mail's elements; `@media` alone is
/// known of the rules that begin with `@`.
struct StyleSheet {
    let filter: StyleFilter

    private static let mostRules = 3000
    private var out = ""
    private var rules = 0

    init(filter: StyleFilter) { self.filter = filter }

    mutating func filtered(_ text: String) -> String {
        out = ""
        take(CSSTokenizer.tokens(of: text)[...], isInMedia: false)
        return out
    }

    private mutating func take(_ tokens: ArraySlice<CSSToken>, isInMedia: Bool) {
        var rest = tokens
        while let first = rest.first, rules < Self.mostRules {
            switch first {
            case .whitespace, .commentMark, .semicolon: rest.removeFirst()
            case .atKeyword(let name):
                let (prelude, block, after) = Self.rule(rest.dropFirst(), endsAtSemicolon: true)
                rest = after
                guard name.lowercased() == "media", !isInMedia, let block, let query = Self.media(prelude)
                else { continue }
                rules += 1
                out += "@media \(query){"
                take(block, isInMedia: true)
                out += "}"
            case .ident, .function, .hash, .string, .url, .bad, .number, .percentage, .dimension, .delim,
                .colon, .comma, .open, .close:
                let (prelude, block, after) = Self.rule(rest, endsAtSemicolon: false)
                rest = after
                guard let block else { continue }
                let selectors = Self.selectors(prelude)
                let declarations = filter.declarations(block)
                guard !selectors.isEmpty, !declarations.isEmpty else { continue }
                rules += 1
                out += "\(selectors.joined(separator: ",")){\(declarations)}"
            }
        }
    }

    /// Up to the end of the next block: what stands before it, and in it.
    private static func rule(_ tokens: ArraySlice<CSSToken>, endsAtSemicolon: Bool) -> (
        prelude: ArraySlice<CSSToken>, block: ArraySlice<CSSToken>?, after: ArraySlice<CSSToken>
    ) {
        var depth = 0
        var start: Int?
        for index in tokens.indices {
            switch tokens[index] {
            case .semicolon where endsAtSemicolon && depth == 0:
                return (tokens[..<index], nil, tokens[(index + 1)...])
            case .open(let bracket):
                if bracket == "{", depth == 0 { start = index }
                depth += 1
            case .function: depth += 1
            case .close(let bracket):
                depth = max(0, depth - 1)
                if bracket == "}", depth == 0, let start {
                    return (tokens[..<start], tokens[(start + 1)..<index], tokens[(index + 1)...])
                }
            case .ident, .atKeyword, .hash, .string, .url, .bad, .number, .percentage, .dimension, .delim,
                .whitespace, .colon, .semicolon, .comma, .commentMark:
                break
            }
        }
        guard let start else { return (tokens, nil, []) }
        return (tokens[..<start], tokens[(start + 1)...], [])
    }

    private static func media(_ tokens: ArraySlice<CSSToken>) -> String? {
        var out = ""
        var depth = 0
        for token in tokens.drop(while: { $0 == .whitespace }) {
            switch token {
            case .ident(let name):
                let word = name.lowercased()
                guard StyleWords.mediaFeatures.contains(word) else { return nil }
                out += word
            case .function(let name) where name.lowercased() == "and":
                // Without a blank it is no `and`: browsers drop such a rule, Outlook doesn't.
                return nil
            case .dimension(let number, let unit) where StyleWords.units.contains(unit.lowercased()):
                out += number + unit.lowercased()
            case .number(let number): out += number
            case .open("("):
                out += "("
                depth += 1
            case .close(")"):
                guard depth > 0 else { return nil }
                out += ")"
                depth -= 1
            case .colon: out += ":"
            case .comma: out += ","
            case .whitespace: out += " "
            case .function, .atKeyword, .hash, .string, .url, .bad, .percentage, .dimension, .delim,
                .semicolon,
                .open, .close, .commentMark:
                return nil
            }
        }
        return depth == 0 && out.contains { $0 != " " } ? out : nil
    }

    private static func selectors(_ tokens: ArraySlice<CSSToken>) -> [String] {
        tokens.split(separator: .comma).prefix(100).compactMap(selector)
    }

    private static func selector(_ tokens: ArraySlice<CSSToken>) -> String? {
        var out = ""
        var rest = tokens.drop { $0 == .whitespace }
        while rest.last == .whitespace { rest.removeLast() }
        guard !rest.isEmpty, rest.count <= 40 else { return nil }
        var isRoot = false
        while let token = rest.popFirst() {
            switch token {
            case .ident(let name):
                let element = name.lowercased()
                if element == "body" || element == "html" {
                    // The mail's own box stands for both.
                    guard out.isEmpty || isRoot else { return nil }
                    (out, isRoot) = ("", true)
                } else {
                    guard MarkupWords.elements.contains(element) else { return nil }
                    out += element
                }
            case .delim("*"): out += "*"
            case .delim("."):
                guard case .ident(let name)? = rest.popFirst(), let known = MarkupWords.ownName(name) else {
                    return nil
                }
                out += "." + known
            case .hash(let name):
                guard let known = MarkupWords.ownName(name) else { return nil }
                out += "#" + known
            case .delim(">"): out += ">"
            case .delim(let sign) where sign == "+" || sign == "~":
                // A neighbour of the box is not the mail's.
                guard !isRoot, out.contains(where: { $0 != " " && $0 != ">" }) else { return nil }
                out.unicodeScalars.append(sign)
            case .colon:
                guard case .ident(let name)? = rest.popFirst(),
                    StyleWords.pseudoClasses.contains(name.lowercased())
                else { return nil }
                out += ":" + name.lowercased()
            case .whitespace: out += " "
            case .delim, .function, .atKeyword, .string, .url, .bad, .number, .percentage, .dimension,
                .semicolon, .comma, .open, .close, .commentMark:
                return nil
            }
        }
        return ".\(MarkupWords.box)\(isRoot ? "" : " ")\(out)"
    }
}
