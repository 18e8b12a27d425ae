/// Octets a composer puts together: ASCII by name, numbers in either order.
extension [UInt8] {
    init(ascii text: String) { self = Array(text.utf8) }

    mutating func append(ascii text: String) { append(contentsOf: text.utf8) }

    mutating func append<Number: FixedWidthInteger>(little number: Number) {
        for shift in stride(from: 0, to: Number.bitWidth, by: 8) {
            append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    mutating func append<Number: FixedWidthInteger>(big number: Number) {
        for shift in stride(from: 0, to: Number.bitWidth, by: 8).reversed() {
            append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    /// FNV-1a, 64 bits: a name for a content where nobody is fooling anybody.
    var fingerprint: UInt64 {
        reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    var hex: String {
        map { octet in (octet < 16 ? "0" : "") + String(octet, radix: 16) }.joined()
    }
}
