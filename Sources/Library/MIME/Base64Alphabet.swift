/// The sixty-four characters of base64 and how to read four of them at once. RFC 2045 section 6.8.
enum Base64Alphabet {
    static let characters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, character) in characters.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    /// For each of the four places of a group 256 values, already shifted to it; the top bit says none.
    private static let shifted: [UInt32] = [18, 12, 6, 0].flatMap { shift in
        values.map { $0 < 64 ? UInt32($0) << UInt32(shift) : 0x8000_0000 }
    }

    /// 255 where the octet is none of the alphabet.
    static func value(_ octet: UInt8) -> UInt8 { values[Int(octet)] }

    /// RFC 4648 section 4, without line ends: for the few octets of a header field.
    static func text(_ octets: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: octets.count, by: 3) {
            let group = octets[start..<min(start + 3, octets.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                text.append(
                    place <= group.count
                        ? characters[Int(bits >> UInt32(18 - 6 * place)) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Decodes whole groups of four into three octets each; false where a character is none of the alphabet.
    ///
    /// Writes one octet more than it decodes: `target` must have room for it.
    @unsafe static func decode(
        _ source: UnsafePointer<UInt8>, _ groups: Int, _ target: UnsafeMutablePointer<UInt8>
    ) -> Bool {
        unsafe shifted.withUnsafeBufferPointer { buffer in
            guard let table = buffer.baseAddress else { return false }
            let second = unsafe table + 256
            let third = unsafe table + 512
            let fourth = unsafe table + 768
            let out = UnsafeMutableRawPointer(target)
            var seen: UInt32 = 0
            for group in 0..<groups {
                let four = unsafe source + group * 4
                let bits =
                    unsafe table[Int(four[0])] | second[Int(four[1])] | third[Int(four[2])]
                    | fourth[Int(four[3])]
                seen |= bits
                unsafe out.storeBytes(of: (bits << 8).bigEndian, toByteOffset: group * 3, as: UInt32.self)
            }
            return seen & 0x8000_0000 == 0
        }
    }
}
