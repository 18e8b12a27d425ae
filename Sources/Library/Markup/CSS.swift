/// Declarations of style: written by us, or made of numbers, never of anybody's text.
///
/// No escaping would make a stranger's words harmless in a style: there is no
/// way to put a text into one.
package struct CSS: Hashable, Sendable, ExpressibleByStringInterpolation {
    package let text: String

    package init(stringLiteral text: StaticString) { self.text = text.description }
    package init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    /// A colour: `#14624c`.
    package init(red: UInt8, green: UInt8, blue: UInt8) {
        func two(_ octet: UInt8) -> String { (octet < 16 ? "0" : "") + String(octet, radix: 16) }
        text = "#" + two(red) + two(green) + two(blue)
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: StaticString) { text += literal.description }
        package mutating func appendInterpolation(_ style: CSS) { text += style.text }
        package mutating func appendInterpolation(_ number: some BinaryInteger) { text += String(number) }
    }

    package static func + (left: CSS, right: CSS) -> CSS { "\(left)\(right)" }
}
