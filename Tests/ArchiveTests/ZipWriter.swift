/// Writes zips as a test wants them, sound or not. APPNOTE.TXT sections 4.3.7, 4.3.12 and 4.3.16.
struct ZipWriter {
    private var members: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// A stored member. `declared` is what the headers say of its size.
    mutating func add(_ name: String, _ content: [UInt8], declared: UInt32? = nil) {
        let name = Array(name.utf8)
        let size = declared ?? UInt32(content.count)
        let offset = UInt32(members.count)
        // Version 1.0, names in UTF-8, stored, 2026-11-21 08:00:00.
        let common: [UInt8] =
            Self.two(10) + Self.two(0x800) + Self.two(0) + Self.two(0x4000) + Self.two(0x5B75)
            + Self.four(CRC32.of(content)) + Self.four(size) + Self.four(size) + Self.two(UInt16(name.count))
            + Self.two(0)
        members += Self.four(0x0403_4B50) + common + name + content
        directory += Self.four(0x0201_4B50) + Self.two(20) + common + Self.two(0) + Self.two(0) + Self.two(0)
        directory += Self.four(0) + Self.four(offset) + name
        count += 1
    }

    var octets: [UInt8] {
        let number = Self.two(UInt16(truncatingIfNeeded: count))
        let end =
            Self.four(0x0605_4B50) + Self.two(0) + Self.two(0) + number + number
            + Self.four(UInt32(directory.count))
            + Self.four(UInt32(members.count)) + Self.two(0)
        return members + directory + end
    }

    private static func two(_ value: UInt16) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value), UInt8(value >> 8)]
    }

    private static func four(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }
}

/// The checksum of zip. ISO 3309.
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { (index: UInt32) in
        (0..<8).reduce(index) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }

    static func of(_ octets: [UInt8]) -> UInt32 {
        ~octets.reduce(~0) { crc, octet in table[Int(UInt8(truncatingIfNeeded: crc) ^ octet)] ^ (crc >> 8) }
    }
}
