/// A place where a text is no TOML, and what its writer probably meant.
package struct Mistake: Hashable, Sendable {
    package let span: Span
    /// A sentence without a full stop; no password is ever in it.
    package let message: String
    /// What to write instead.
    package let hint: String?

    package init(_ message: String, at span: Span, hint: String? = nil) {
        self.span = span
        self.message = message
        self.hint = hint
    }
}
