/// The counter a server with CONDSTORE raises at every change of a message's flags.
///
/// 63 bits, so that it fits a signed column. RFC 7162 section 3.1.
package struct ModSeq: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: UInt64

    package init?(_ rawValue: UInt64) {
        guard rawValue > 0, rawValue <= UInt64(Int64.max) else { return nil }
        self.rawValue = rawValue
    }

    package var description: String { String(rawValue) }

    package static func < (left: ModSeq, right: ModSeq) -> Bool { left.rawValue < right.rawValue }
}
