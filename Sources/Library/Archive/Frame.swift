/// What passes from the child to the parent: one octet of kind, four of length, the payload.
///
/// All numbers are little-endian. An unwrapping is `member (octets* end)`
/// for each member, then one `summary`; facts are one `facts`. Anything
/// else is a child that has lost its mind.
enum Frame {
    enum Kind: UInt8 {
        case member = 0x4D
        case octets = 0x44
        case end = 0x45
        case summary = 0x53
        case facts = 0x46
    }

    static let headerOctets = 5
    /// The payload of `octets` at most.
    static let dataOctets = 1 << 16
    /// The payload of any other at most: a name of 4 KB and some words.
    static let otherOctets = 1 << 14
    static let nameOctets = 4096
}

/// Reads the numbers and texts of a payload in their order; nil where it is too short.
struct FrameFields {
    private let octets: [UInt8]
    private var position = 0

    init(_ octets: [UInt8]) { self.octets = octets }

    var isAtEnd: Bool { position == octets.count }

    mutating func number<T: FixedWidthInteger>(_ type: T.Type) -> T? {
        let size = T.bitWidth / 8
        guard octets.count - position >= size else { return nil }
        defer { position += size }
        var value: T = 0
        for index in (0..<size).reversed() {
            value = value << 8 | T(truncatingIfNeeded: octets[position + index])
        }
        return value
    }

    /// Octets after a count of two octets.
    mutating func text() -> [UInt8]? {
        guard let count = number(UInt16.self), octets.count - position >= Int(count) else { return nil }
        defer { position += Int(count) }
        return Array(octets[position..<position + Int(count)])
    }
}
