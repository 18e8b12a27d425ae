package import Markup

/// A drawing of the sprite `icons.svg`, by its name there.
///
/// Said beside it or not at all: it is hidden from screen readers.
package struct Icon: Hashable, Sendable, ExpressibleByStringLiteral {
    private let name: String

    package init(stringLiteral name: StaticString) { self.name = name.description }

    package var svg: HTML {
        HTML(
            trusted:
                "<svg class=\"i\" aria-hidden=\"true\"><use href=\"\(Assets.icons.path)#\(name)\"></use></svg>"
        )
    }

    /// Drawn with words beside it that only a screen reader says.
    package func svg(_ words: String) -> HTML { "\(svg)<span class=\"sr\">\(words)</span>" }
}
