/// What a sender calls a message, without the angle brackets.
///
/// Meant to be unique in the world and often isn't: scanners reuse one for
/// years. Equal ids alone never make two messages the same.
/// RFC 5322 section 3.6.4.
package struct MessageID: Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String

    /// Takes `<a@b>` or `a@b`; nil when nothing is left or a control character is in it.
    package init?(_ text: some StringProtocol) {
        var trimmed = Substring(text)
        while let last = trimmed.unicodeScalars.last, last.value <= 32 { trimmed.unicodeScalars.removeLast() }
        while let first = trimmed.unicodeScalars.first, first.value <= 32 {
            trimmed.unicodeScalars.removeFirst()
        }
        if trimmed.hasPrefix("<") { trimmed.removeFirst() }
        if trimmed.hasSuffix(">") { trimmed.removeLast() }
        guard !trimmed.isEmpty, !trimmed.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 })
        else {
            return nil
        }
        rawValue = String(trimmed)
    }

    package var description: String { rawValue }
}
