/// Markup in which every text from outside is escaped by construction.
///
/// Only what stands in our own sources as a literal is markup; whatever is
/// put into one as a `String` becomes text, in content and in attributes alike.
package struct HTML: Hashable, Sendable, ExpressibleByStringInterpolation {
    package private(set) var markup: String

    package init(stringLiteral value: StaticString) { markup = value.description }
    package init(stringInterpolation: StringInterpolation) { markup = stringInterpolation.markup }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var markup = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            markup.reserveCapacity(literalCapacity)
        }

        package mutating func appendLiteral(_ literal: StaticString) { markup += literal.description }
        package mutating func appendInterpolation(_ html: HTML) { markup += html.markup }
        package mutating func appendInterpolation(_ text: String) { markup += Self.escaped(text) }

        private static func escaped(_ text: String) -> String {
            var escaped = ""
            for scalar in text.unicodeScalars {
                switch scalar {
                case "&": escaped += "&amp;"
                case "<": escaped += "&lt;"
                case ">": escaped += "&gt;"
                case "\"": escaped += "&quot;"
                case "'": escaped += "&#39;"
                case "\n", "\t": escaped.unicodeScalars.append(scalar)
                default:
                    // HTML forbids them, and some programs trip over them.
                    let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                    if !isControl { escaped.unicodeScalars.append(scalar) }
                }
            }
            return escaped
        }
    }

    static func + (left: HTML, right: HTML) -> HTML {
        var sum = left
        sum.markup += right.markup
        return sum
    }

    static func += (left: inout HTML, right: HTML) { left.markup += right.markup }
}

extension Sequence<HTML> {
    func joined(_ separator: HTML = "") -> HTML {
        var whole: HTML = ""
        for (index, part) in enumerated() { whole += index == 0 ? part : separator + part }
        return whole
    }
}
