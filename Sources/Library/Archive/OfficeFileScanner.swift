/// Tells an encrypted or macro-bearing Microsoft Office file by the names of its streams, as it passes by.
///
/// A docx with a password is no zip but a compound file with a stream
/// `EncryptedPackage` ([MS-OFFCRYPTO] section 2.3.4); a doc or xls with
/// macros has a storage `_VBA_PROJECT` ([MS-OVBA] section 2.2.1). The names
/// are UTF-16 in the directory ([MS-CFB] section 2.6.1), which is never
/// compressed. Fed in the same pass that hashes the file.
package struct OfficeFileScanner: Sendable {
    private var firstOctets: [UInt8] = []
    private var encrypted = OctetPattern(utf16: "EncryptedPackage")
    private var project = OctetPattern(utf16: "_VBA_PROJECT")

    package init() {}

    package mutating func feed(_ octets: Span<UInt8>) {
        if firstOctets.count < Self.signature.count {
            for index in 0..<min(Self.signature.count - firstOctets.count, octets.count) {
                firstOctets.append(octets[index])
            }
        }
        guard Self.signature.starts(with: firstOctets) else { return }
        encrypted.feed(octets)
        project.feed(octets)
    }

    /// [MS-CFB] section 2.2.
    package var isCompoundFile: Bool { firstOctets == Self.signature }
    package var isEncrypted: Bool { isCompoundFile && encrypted.isFound }
    package var hasMacros: Bool { isCompoundFile && project.isFound }

    private static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
}
