/// The name of a mailbox, as people read it.
///
/// On the wire it is modified UTF-7 (RFC 3501 section 5.1.3); a server that
/// sends what is no valid modified UTF-7 is taken at its octets.
/// RFC 9051 section 5.1.
package struct MailboxName: Hashable, Sendable, CustomStringConvertible {
    /// Decoded. INBOX is always spelled in capitals: its case doesn't count.
    package let decoded: String

    /// Refuses what could end a command line early: CR, LF and NUL.
    package init?(_ decoded: String) {
        guard !decoded.isEmpty, !decoded.utf8.contains(where: { $0 == 13 || $0 == 10 || $0 == 0 }) else {
            return nil
        }
        self.decoded = decoded.lowercased() == "inbox" ? "INBOX" : decoded
    }

    private init(known decoded: String) { self.decoded = decoded }

    package static let inbox = MailboxName(known: "INBOX")

    package var isInbox: Bool { decoded == "INBOX" }
    package var description: String { decoded }

    /// As the server spells it.
    package init?(encoded: String) {
        self.init(ModifiedUTF7.decode(encoded) ?? encoded)
    }

    /// As it is sent: modified UTF-7.
    package var encoded: String { ModifiedUTF7.encode(decoded) }
}

/// Base64 with `,` for `/`, of UTF-16, between `&` and `-`. RFC 3501 section 5.1.3.
enum ModifiedUTF7 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,".utf8)

    static func encode(_ text: String) -> String {
        var out: [UInt8] = []
        var shifted: [UInt16] = []
        func flush() {
            guard !shifted.isEmpty else { return }
            out.append(UInt8(ascii: "&"))
            var bits: UInt32 = 0
            var count = 0
            for unit in shifted {
                bits = bits << 16 | UInt32(unit)
                count += 16
                while count >= 6 {
                    count -= 6
                    out.append(alphabet[Int(bits >> UInt32(count)) & 63])
                }
                bits &= (1 << UInt32(count)) - 1
            }
            if count > 0 { out.append(alphabet[Int(bits << UInt32(6 - count)) & 63]) }
            out.append(UInt8(ascii: "-"))
            shifted = []
        }
        for unit in text.utf16 {
            if (0x20...0x7e).contains(unit) {
                flush()
                out.append(UInt8(unit))
                if unit == 0x26 { out.append(UInt8(ascii: "-")) }
            } else {
                shifted.append(unit)
            }
        }
        flush()
        return String(decoding: out, as: UTF8.self)
    }

    /// Nil where the text is no modified UTF-7.
    static func decode(_ text: String) -> String? {
        var units: [UInt16] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "&") else {
                guard (0x20...0x7e).contains(byte) else { return nil }
                units.append(UInt16(byte))
                continue
            }
            guard let end = rest.firstIndex(of: UInt8(ascii: "-")) else { return nil }
            let shifted = rest[..<end]
            rest = rest[(end + 1)...]
            if shifted.isEmpty {
                units.append(0x26)
                continue
            }
            var bits: UInt32 = 0
            var count = 0
            for byte in shifted {
                guard let value = alphabet.firstIndex(of: byte) else { return nil }
                bits = bits << 6 | UInt32(value)
                count += 6
                if count >= 16 {
                    count -= 16
                    units.append(UInt16(truncatingIfNeeded: bits >> UInt32(count)))
                    bits &= (1 << UInt32(count)) - 1
                }
            }
            guard bits == 0, count < 6 else { return nil }
        }
        return String(validating: units, as: UTF16.self)
    }
}
