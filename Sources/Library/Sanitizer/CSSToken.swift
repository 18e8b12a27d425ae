/// A token of CSS, its escapes decoded. CSS Syntax Level 3, section 4.
enum CSSToken: Hashable, Sendable {
    case ident(String)
    /// With its opening parenthesis.
    case function(String)
    case atKeyword(String)
    case hash(String)
    case string(String)
    case url(String)
    /// A string or an address that is not ended as it should be.
    case bad
    /// As written: a sign, digits, a point, an exponent.
    case number(String)
    case percentage(String)
    case dimension(String, unit: String)
    case delim(Unicode.Scalar)
    case whitespace
    case colon
    case semicolon
    case comma
    /// `(`, `[` or `{`.
    case open(Unicode.Scalar)
    case close(Unicode.Scalar)
    /// `<!--` or `-->`.
    case commentMark
}
