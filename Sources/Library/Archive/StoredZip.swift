/// A zip as it is sent: member after member, stored, and nothing of it kept but the directory at its end.
///
/// The same members give the same octets. Names are UTF-8, and said to be
/// (bit 11). Sizes and checksums stand before each member, not after it:
/// some programs read no stored member without them, and so the length of
/// the whole is known before its first octet. What does not fit into 32 bits
/// is written as Zip64. PKWARE APPNOTE 6.3.10, sections 4.3 and 4.5.3.
package struct StoredZip: Sendable {
    /// A member before it is written.
    package struct Member: Sendable, Hashable {
        /// With `/` between folders; no `/` at its beginning.
        package let name: String
        package let octets: UInt64
        /// Of all its octets: ``ZipChecksum``.
        package let checksum: UInt32
        package let modified: ZipTime

        package init(name: String, octets: UInt64, checksum: UInt32, modified: ZipTime) {
            precondition(name.utf8.count <= Int(UInt16.max), "a name of a zip has at most 65,535 octets")
            self.name = name
            self.octets = octets
            self.checksum = checksum
            self.modified = modified
        }
    }

    private var members: [(member: Member, offset: UInt64)] = []
    private var position: UInt64 = 0

    package init() {}

    private static let most32 = UInt64(UInt32.max)

    /// What stands before a member's octets; exactly so many as were announced have to follow.
    package mutating func begin(_ member: Member) -> [UInt8] {
        let isLarge = member.octets >= Self.most32
        var header: [UInt8] = [0x50, 0x4B, 3, 4]
        Self.common(&header, member, isLarge: isLarge)
        Self.append(&header, UInt16(member.name.utf8.count))
        Self.append(&header, UInt16(isLarge ? 20 : 0))
        header += member.name.utf8
        if isLarge {
            Self.append(&header, UInt16(1))
            Self.append(&header, UInt16(16))
            Self.append(&header, member.octets)
            Self.append(&header, member.octets)
        }
        members.append((member, position))
        position += UInt64(header.count) + member.octets
        return header
    }

    /// The directory, with which the archive ends.
    package func end() -> [UInt8] {
        var directory: [UInt8] = []
        for (member, offset) in members { Self.entry(&directory, member, offset) }
        let size = UInt64(directory.count)
        let isLarge = members.count >= Int(UInt16.max) || size >= Self.most32 || position >= Self.most32
        if isLarge {
            let end = position + size
            directory += [0x50, 0x4B, 6, 6]
            Self.append(&directory, UInt64(44))
            Self.append(&directory, UInt16(45))
            Self.append(&directory, UInt16(45))
            Self.append(&directory, UInt32(0))
            Self.append(&directory, UInt32(0))
            Self.append(&directory, UInt64(members.count))
            Self.append(&directory, UInt64(members.count))
            Self.append(&directory, size)
            Self.append(&directory, position)
            directory += [0x50, 0x4B, 6, 7]
            Self.append(&directory, UInt32(0))
            Self.append(&directory, end)
            Self.append(&directory, UInt32(1))
        }
        directory += [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
        let count = UInt16(clamping: members.count)
        Self.append(&directory, isLarge ? UInt16.max : count)
        Self.append(&directory, isLarge ? UInt16.max : count)
        Self.append(&directory, isLarge ? UInt32.max : UInt32(size))
        Self.append(&directory, isLarge ? UInt32.max : UInt32(position))
        Self.append(&directory, UInt16(0))
        return directory
    }

    /// Octets of the whole archive of such members; their checksums may be any.
    package static func length(of members: [Member]) -> UInt64 {
        var writer = StoredZip()
        for member in members { _ = writer.begin(member) }
        return writer.position + UInt64(writer.end().count)
    }

    private static func entry(_ directory: inout [UInt8], _ member: Member, _ offset: UInt64) {
        let isLarge = member.octets >= most32
        let isFar = offset >= most32
        let extra = (isLarge ? 16 : 0) + (isFar ? 8 : 0)
        // Made by Unix, so that the mode below means something.
        directory += [0x50, 0x4B, 1, 2, 45, 3]
        common(&directory, member, isLarge: isLarge || isFar)
        append(&directory, UInt16(member.name.utf8.count))
        append(&directory, UInt16(extra > 0 ? extra + 4 : 0))
        append(&directory, UInt16(0))
        append(&directory, UInt16(0))
        append(&directory, UInt16(0))
        append(&directory, UInt32(0o100644) << 16)
        append(&directory, isFar ? UInt32.max : UInt32(offset))
        directory += member.name.utf8
        guard extra > 0 else { return }
        append(&directory, UInt16(1))
        append(&directory, UInt16(extra))
        if isLarge {
            append(&directory, member.octets)
            append(&directory, member.octets)
        }
        if isFar { append(&directory, offset) }
    }

    /// From the version needed to the sizes: the same at both places.
    private static func common(_ header: inout [UInt8], _ member: Member, isLarge: Bool) {
        append(&header, UInt16(isLarge ? 45 : 20))
        append(&header, UInt16(1 << 11))
        append(&header, UInt16(0))
        append(&header, member.modified.time)
        append(&header, member.modified.day)
        append(&header, member.checksum)
        let size = member.octets >= most32 ? UInt32.max : UInt32(member.octets)
        append(&header, size)
        append(&header, size)
    }

    private static func append(_ octets: inout [UInt8], _ number: some FixedWidthInteger) {
        for shift in stride(from: 0, to: number.bitWidth, by: 8) {
            octets.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}

/// A moment as MS-DOS counted: local time, two seconds apart, from 1980 on.
package struct ZipTime: Sendable, Hashable {
    let day: UInt16
    let time: UInt16

    /// What is before 1980 or after 2107 is the nearest it knows.
    package init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        let years = min(max(year - 1980, 0), 127)
        self.day = UInt16(years << 9 | (month & 15) << 5 | (day & 31))
        time = UInt16((hour & 31) << 11 | (minute & 63) << 5 | (second / 2 & 31))
    }
}

/// The checksum that zip and gzip prove their octets with. ITU-T V.42, section 8.1.1.6.2.
package struct ZipChecksum: Sendable {
    private var state: UInt32 = .max

    package init() {}

    package var value: UInt32 { ~state }

    package mutating func update(_ octets: Span<UInt8>) {
        var state = state
        for index in octets.indices {
            state = Self.table[Int(UInt8(truncatingIfNeeded: state) ^ octets[index])] ^ (state >> 8)
        }
        self.state = state
    }

    private static let table: [UInt32] = (0..<256).map { octet in
        (0..<8).reduce(UInt32(octet)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }
}
