extension HTML {
    package typealias StringInterpolation = Interpolation

    /// What a literal with values in it is made of.
    package struct Interpolation: StringInterpolationProtocol {
        private(set) var markup = ""
        private(set) var place = MarkupPlace()

        package init(literalCapacity: Int, interpolationCount: Int) {
            markup.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            markup += literal.description
            place.pass(literal)
        }

        /// Text of anybody's: escaped.
        package mutating func appendInterpolation(_ value: some StringProtocol) {
            precondition(place.takesText, "no text may stand in \(place)")
            if place.isAddress {
                preconditionFailure("an address of \(place) is said with link:")
            }
            markup += HTML.escape(value)
            place.passValue()
        }

        /// Nothing where there is none.
        package mutating func appendInterpolation(_ value: (some StringProtocol)?) {
            if let value { appendInterpolation(value) }
        }

        package mutating func appendInterpolation(_ number: some BinaryInteger) {
            precondition(place.takesText, "no number may stand in \(place)")
            markup += String(number)
            place.passValue()
        }

        /// Markup: between tags alone.
        package mutating func appendInterpolation(_ html: HTML) {
            precondition(place.isText, "no markup may stand in \(place)")
            markup += html.markup
        }

        package mutating func appendInterpolation(_ html: HTML?) {
            if let html { appendInterpolation(html) }
        }

        package mutating func appendInterpolation(_ parts: some Sequence<HTML>) {
            for one in parts { appendInterpolation(one) }
        }

        /// Style: in a `style` of either kind, and in what older programs have instead of it.
        package mutating func appendInterpolation(_ style: CSS) {
            precondition(place.takesStyle, "no style may stand in \(place)")
            markup += place.isInValue ? HTML.escape(style.text) : style.text
            place.passValue()
        }

        /// The value of `href`, `src` and the like. An address that could run something is `#`.
        package mutating func appendInterpolation(link address: String) {
            precondition(place.isAddress, "no link may stand in \(place)")
            markup += HTML.escape(MarkupPlace.isHarmless(address) ? address : "#")
            place.passValue()
        }

        /// An attribute without a value, in a tag: `<input\(flag: "checked", isDone)>`.
        package mutating func appendInterpolation(flag name: StaticString, _ isSet: Bool) {
            precondition(place.isBetweenAttributes, "no attribute may stand in \(place)")
            if isSet { markup += " \(name)" }
            place.passAttribute()
        }

        /// An attribute that may be missing, in a tag: `<input\(attribute: "lang", language)>`.
        package mutating func appendInterpolation(attribute name: StaticString, _ value: String?) {
            precondition(place.isBetweenAttributes, "no attribute may stand in \(place)")
            precondition(
                MarkupPlace.isPlain(attribute: name.description), "\(name) takes no text of anybody's")
            if let value { markup += " \(name)=\"\(HTML.escape(value))\"" }
            place.passAttribute()
        }
    }
}
