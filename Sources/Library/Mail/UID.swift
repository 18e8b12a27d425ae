/// The number an IMAP server gives a message in one mailbox.
///
/// UIDs only grow, and are never reused while ``UIDValidity`` holds; when it
/// changes, every UID we remember for the mailbox is worthless.
/// RFC 9051 section 2.3.1.1.
package struct UID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: UInt32

    /// Zero is not a UID, so it is no value of this type.
    package init?(_ rawValue: UInt32) {
        guard rawValue > 0 else { return nil }
        self.rawValue = rawValue
    }

    private init(known rawValue: UInt32) { self.rawValue = rawValue }

    package static let first = UID(known: 1)

    /// The UID after this one; nil after the last that 32 bits can hold.
    package var next: UID? { rawValue == .max ? nil : UID(rawValue + 1) }

    package var description: String { String(rawValue) }

    package static func < (left: UID, right: UID) -> Bool { left.rawValue < right.rawValue }
}
