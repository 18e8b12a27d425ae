/// The generation of a mailbox: UIDs mean something only together with it.
///
/// A server that has none for the moment sends zero or nothing at all; that
/// is no value of this type, and no reason to read the mailbox anew.
/// RFC 9051 section 2.3.1.1.
package struct UIDValidity: Hashable, Sendable, CustomStringConvertible {
    package let rawValue: UInt32

    package init?(_ rawValue: UInt32) {
        guard rawValue > 0 else { return nil }
        self.rawValue = rawValue
    }

    package var description: String { String(rawValue) }
}
