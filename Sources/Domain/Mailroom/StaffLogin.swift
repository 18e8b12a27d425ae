/// What a member of staff signs in with: `jana`.
///
/// It stands in the audit, in `@mentions` and on the command line: one word
/// of small letters, digits, `.`, `-` and `_` that begins with a letter, so that
/// no two look alike and none passes for an option. An address will do as
/// well, for proxies that name people by it.
package struct StaffLogin: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init?(_ text: some StringProtocol) {
        let text = text.lowercased()
        guard let first = text.utf8.first, (0x61...0x7A).contains(first), text.utf8.count <= 64,
            text.utf8.allSatisfy({
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || ".-_@".utf8.contains($0)
            }), text.utf8.count(where: { $0 == UInt8(ascii: "@") }) <= 1, !text.hasSuffix("@")
        else { return nil }
        self.text = text
    }

    package var description: String { text }
}
