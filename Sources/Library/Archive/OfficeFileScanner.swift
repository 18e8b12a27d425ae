/// Tells an encrypted or macro-bearing Microsoft Office file, as it passes by.
///
/// A docx with a password is no zip but a compound file with a stream
/// `EncryptedPackage` ([MS-OFFCRYPTO] section 2.3.4), an older one often has
/// `EncryptedSummary` (2.3.5.4); a doc or xls with macros has a storage
/// `_VBA_PROJECT` ([MS-OVBA] section 2.2.1). The names are UTF-16 in the
/// directory ([MS-CFB] section 2.6.1), which is never compressed. Fed in the
/// same pass that hashes the file.
package struct OfficeFileScanner: Sendable {
    /// The header and the beginning of the first sector.
    private var start: [UInt8] = []
    private var encryptedNames = [
        OctetPattern(utf16: "EncryptedPackage"), OctetPattern(utf16: "EncryptedSummary"),
    ]
    private var project = OctetPattern(utf16: "_VBA_PROJECT")

    private static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    private static let sector = 512
    private static let startOctets = sector + 64

    package init() {}

    package mutating func feed(_ octets: Span<UInt8>) {
        for index in 0..<min(Self.startOctets - start.count, octets.count) { start.append(octets[index]) }
        guard Self.signature.starts(with: start.prefix(Self.signature.count)) else { return }
        for index in encryptedNames.indices { encryptedNames[index].feed(octets) }
        project.feed(octets)
    }

    /// [MS-CFB] section 2.2.
    package var isCompoundFile: Bool { start.starts(with: Self.signature) }
    package var hasMacros: Bool { isCompoundFile && project.isFound }

    package var isEncrypted: Bool {
        isCompoundFile
            && (encryptedNames.contains(where: \.isFound) || isOldWordEncrypted || isOldExcelEncrypted)
    }

    /// `fEncrypted` of the FIB, which Word puts into the first sector. [MS-DOC] section 2.5.2.
    private var isOldWordEncrypted: Bool {
        number(Self.sector) == 0xA5EC && number(Self.sector + 10).map { $0 & 0x100 != 0 } == true
    }

    /// A record FilePass right after the BOF, or after a WriteProtect. [MS-XLS] sections 2.1.7.20 and
    /// 2.4.117.
    private var isOldExcelEncrypted: Bool {
        guard number(Self.sector) == 0x0809, let length = number(Self.sector + 2) else { return false }
        var next = Self.sector + 4 + Int(length)
        if number(next) == 0x0086, number(next + 2) == 0 { next += 4 }
        return number(next) == 0x002F
    }

    /// Two octets, little-endian; nil beyond the start.
    private func number(_ position: Int) -> UInt16? {
        guard position + 1 < start.count else { return nil }
        return UInt16(start[position]) | UInt16(start[position + 1]) << 8
    }
}
