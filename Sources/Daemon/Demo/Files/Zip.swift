/// An archive of stored members, with a password if there is one. PKWARE APPNOTE 6.3.
///
/// Stored, not deflated: what is in it can be found with a hex dump, and the demo needs no compressor.
struct Zip {
    var members: [(name: String, octets: [UInt8])]

    func file(_ name: String, mediaType: String = "application/zip", password: String? = nil) -> DemoFile {
        DemoFile(name: name, mediaType: mediaType, octets: octets(password: password))
    }

    func octets(password: String? = nil) -> [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for (name, content) in members {
            let checksum = CRC32.of(content)
            let stored =
                password.map { ZipCipher.encrypt(content, password: $0, checksum: checksum) } ?? content
            // Bit 0: encrypted. Bit 11: the name is UTF-8.
            let flags: UInt16 = (password == nil ? 0 : 1) | (HeaderText.isASCII(name) ? 0 : 1 << 11)
            var common: [UInt8] = []
            common.append(little: UInt16(20))
            common.append(little: flags)
            common.append(little: UInt16(0))
            // 12:00 on 1 November 2025 in MS-DOS's bits: the same in each run.
            common.append(little: UInt16(12 << 11))
            common.append(little: UInt16((2025 - 1980) << 9 | 11 << 5 | 1))
            common.append(little: checksum)
            common.append(little: UInt32(stored.count))
            common.append(little: UInt32(content.count))
            common.append(little: UInt16(name.utf8.count))
            common.append(little: UInt16(0))

            let offset = UInt32(archive.count)
            archive += [0x50, 0x4b, 3, 4] + common + Array(name.utf8) + stored
            directory += [0x50, 0x4b, 1, 2, 20, 3] + common
            directory += [UInt8](repeating: 0, count: 6)
            directory.append(little: UInt32(0o100644) << 16)
            directory.append(little: offset)
            directory += Array(name.utf8)
        }
        let start = UInt32(archive.count)
        archive += directory
        archive += [0x50, 0x4b, 5, 6, 0, 0, 0, 0]
        archive.append(little: UInt16(members.count))
        archive.append(little: UInt16(members.count))
        archive.append(little: UInt32(directory.count))
        archive.append(little: start)
        archive.append(little: UInt16(0))
        return archive
    }
}

/// The old cipher of zip, which Japan's offices still send. PKWARE APPNOTE section 6.1.
private struct ZipCipher {
    private var keys: (UInt32, UInt32, UInt32) = (0x1234_5678, 0x2345_6789, 0x3456_7890)

    static func encrypt(_ octets: [UInt8], password: String, checksum: UInt32) -> [UInt8] {
        var cipher = ZipCipher()
        for octet in password.utf8 { cipher.take(octet) }
        var dice = Dice(seed: UInt64(checksum))
        // Twelve octets before the content; the last lets a reader know a wrong password.
        let head = dice.octets(11) + [UInt8(checksum >> 24)]
        return (head + octets).map { octet in
            let temporary = UInt16(truncatingIfNeeded: cipher.keys.2) | 2
            let mask = UInt8(truncatingIfNeeded: (UInt32(temporary) &* UInt32(temporary ^ 1)) >> 8)
            cipher.take(octet)
            return octet ^ mask
        }
    }

    private mutating func take(_ octet: UInt8) {
        keys.0 = CRC32.step(keys.0, octet)
        keys.1 = (keys.1 &+ (keys.0 & 0xff)) &* 134_775_813 &+ 1
        keys.2 = CRC32.step(keys.2, UInt8(truncatingIfNeeded: keys.1 >> 24))
    }
}
