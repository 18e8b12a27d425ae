/// Six digits that change every thirty seconds: what an authenticator app and we know alone. RFC 6238.
///
/// SHA-1 and not its successors because most apps ignore what the key's
/// address says about the hash; HMAC with SHA-1 is not broken.
package struct TOTP: Sendable {
    /// 20 octets, as long as the hash. RFC 4226 section 4.
    package let key: [UInt8]

    package static let period: Int64 = 30
    package static let keyLength = 20

    package init(key: [UInt8]) {
        precondition(!key.isEmpty, "digits of no key prove nothing")
        self.key = key
    }

    /// The number of thirty seconds since 1970.
    package static func step(at seconds: Int64) -> Int64 { seconds / period }

    package func code(step: Int64, digits: Int = 6) -> String {
        let counter = (0..<8).reversed().map { UInt8(truncatingIfNeeded: step >> ($0 * 8)) }
        let mac = HMAC.sha1(of: counter, key: key)
        let offset = Int(mac[19] & 15)
        let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let modulus = (0..<digits).reduce(UInt32(1)) { power, _ in power * 10 }
        let text = String(number % modulus)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The step whose code this is, one step of a slow clock or a slow hand away at most; nil: it is wrong.
    ///
    /// - Parameters:
    ///   - code: as typed: blanks are passed over.
    ///   - last: the step that was taken last: neither it nor one before it is taken again. RFC 6238 section 5.2.
    package func step(of code: String, at seconds: Int64, after last: Int64?) -> Int64? {
        let typed = Array(code.utf8.filter { $0 != 0x20 })
        let now = Self.step(at: seconds)
        var found: Int64?
        // Every one is compared, so that the time does not tell which it was.
        for step in now - 1...now + 1
        where ConstantTime.equal(Array(self.code(step: step).utf8), typed) {
            found = step
        }
        guard let found, found > last ?? Int64.min else { return nil }
        return found
    }

    /// The key as people type it, in groups of four.
    package var words: String {
        let text = Base32.encode(key).uppercased()
        var words = ""
        for (place, character) in text.enumerated() {
            if place > 0, place.isMultiple(of: 4) { words.append(" ") }
            words.append(character)
        }
        return words
    }

    /// What an app reads of the picture: `otpauth://totp/ISSUER:ACCOUNT?secret=…`.
    package func address(issuer: String, account: String) -> String {
        let (issuer, account) = (Self.escaped(issuer), Self.escaped(account))
        return "otpauth://totp/\(issuer):\(account)?secret=\(Base32.encode(key).uppercased())"
            + "&issuer=\(issuer)&algorithm=SHA1&digits=6&period=30"
    }

    /// RFC 3986 section 2.1, everything but the unreserved.
    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let octets = text.utf8.flatMap { octet -> [UInt8] in
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                [octet]
            default: [UInt8(ascii: "%"), digits[Int(octet >> 4)], digits[Int(octet & 15)]]
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }
}
