/// The checksum of zip and PNG. ISO 3309; PNG specification, annex D.
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { octet in
        (0..<8).reduce(UInt32(octet)) { value, _ in value & 1 == 1 ? 0xedb8_8320 ^ value >> 1 : value >> 1 }
    }

    static func of(_ octets: [UInt8]) -> UInt32 {
        ~octets.reduce(0xffff_ffff) { step($0, $1) }
    }

    /// One octet further, without the inversions at both ends: zip's cipher uses it so.
    static func step(_ value: UInt32, _ octet: UInt8) -> UInt32 {
        table[Int(UInt8(truncatingIfNeeded: value) ^ octet)] ^ value >> 8
    }
}
