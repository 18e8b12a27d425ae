/// The standard security handler of PDF 1.4, revision 2: RC4 with 40 bits. ISO 32000-1 section 7.6.3.
///
/// Long broken, still what payroll programs write; every viewer asks for the password.
struct PDFLock {
    private let key: [UInt8]
    private let owner: [UInt8]
    private let permissions: Int32 = -4

    /// Appended to a password to make 32 octets; ISO 32000-1 section 7.6.3.3, step a.
    private static let padding: [UInt8] = [
        0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08,
        0x2e, 0x2e, 0x00, 0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
    ]

    init(password: String, identity: [UInt8]) {
        let padded = Array((Array(password.utf8) + Self.padding).prefix(32))
        owner = RC4.apply(key: Array(padded.md5.prefix(5)), to: padded)
        var material = padded + owner
        material.append(little: permissions)
        key = Array((material + identity).md5.prefix(5))
    }

    var dictionary: [UInt8] {
        let user = RC4.apply(key: key, to: Self.padding)
        let entries = "/V 1 /R 2 /Length 40 /P \(permissions) /O <\(owner.hex)> /U <\(user.hex)>"
        return [UInt8](ascii: "<< /Filter /Standard \(entries) >>")
    }

    /// Each object has a key of its own. Section 7.6.2, algorithm 1.
    func encrypt(_ octets: [UInt8], object: UInt32) -> [UInt8] {
        let number = [0, 8, 16].map { UInt8(truncatingIfNeeded: object >> $0) }
        return RC4.apply(key: Array((key + number + [0, 0]).md5.prefix(10)), to: octets)
    }
}
