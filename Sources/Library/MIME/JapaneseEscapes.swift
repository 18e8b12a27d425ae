/// Decodes ISO-2022-JP as it is really sent. RFC 1468, and what Windows makes of it.
///
/// glibc's own converter refuses ㈱ and ① (NEC's row 13, IBM's extensions)
/// and reads half-width kana wrongly without a word. So the escapes are read
/// here, and each character set goes where glibc knows it: the two-octet ones
/// as EUC-JP-MS, but rows 89 to 92 (IBM's 髙, as NEC placed it) as CP932, for
/// in EUC-JP-MS those rows are anyone's own.
enum JapaneseEscapes {
    private enum Charset { case ascii, kana, kanji, supplementary, chinese, korean }

    static func decode(_ octets: [UInt8]) -> (text: String, isClean: Bool) {
        var text = ""
        var isClean = true
        var run: [UInt8] = []
        var runCharset = "EUC-JP-MS"
        func flush() {
            guard !run.isEmpty else { return }
            if let converted = CharsetConversion.decode(run, from: runCharset) {
                text += converted.text
                if !converted.isClean { isClean = false }
            } else {
                isClean = false
            }
            run = []
        }
        func use(_ charset: String) {
            guard charset != runCharset else { return }
            flush()
            runCharset = charset
        }
        var current = Charset.ascii
        var beforeShift: Charset?
        var rest = octets[...]
        while let octet = rest.popFirst() {
            if octet == 27, let (charset, length) = escape(rest) {
                current = charset
                beforeShift = nil
                rest = rest.dropFirst(length)
            } else if octet == 14 {
                beforeShift = current
                current = .kana
            } else if octet == 15 {
                current = beforeShift ?? .ascii
                beforeShift = nil
            } else if octet == 10 || octet == 13 {
                // A line begins in ASCII, whatever the one before forgot. RFC 1468.
                current = .ascii
                run.append(octet)
            } else if (0xa1...0xdf).contains(octet), current == .ascii || current == .kana {
                use("EUC-JP-MS")
                run += [0x8e, octet]
            } else if octet <= 32 || octet >= 127 || current == .ascii {
                if octet >= 127 { isClean = false }
                run.append(octet < 128 ? octet : UInt8(ascii: "?"))
            } else if current == .kana {
                use("EUC-JP-MS")
                run += [0x8e, octet | 0x80]
            } else {
                guard let second = rest.first, (33...126).contains(second) else {
                    isClean = false
                    continue
                }
                rest = rest.dropFirst()
                switch current {
                case .kanji where (0x79...0x7c).contains(octet):
                    use("CP932")
                    run += shiftJIS(octet, second)
                case .kanji, .ascii, .kana:
                    use("EUC-JP-MS")
                    run += [octet | 0x80, second | 0x80]
                case .supplementary:
                    use("EUC-JP-MS")
                    run += [0x8f, octet | 0x80, second | 0x80]
                case .chinese:
                    use("GB18030")
                    run += [octet | 0x80, second | 0x80]
                case .korean:
                    use("CP949")
                    run += [octet | 0x80, second | 0x80]
                }
            }
        }
        flush()
        return (text, isClean)
    }

    /// What an escape sequence switches to, and how many octets it has after the ESC.
    private static func escape(_ rest: ArraySlice<UInt8>) -> (Charset, Int)? {
        let next = Array(rest.prefix(3))
        guard next.count >= 2 else { return nil }
        switch (next[0], next[1]) {
        case (UInt8(ascii: "("), UInt8(ascii: "B")), (UInt8(ascii: "("), UInt8(ascii: "J")),
            (UInt8(ascii: "("), UInt8(ascii: "H")):
            return (.ascii, 2)
        case (UInt8(ascii: "("), UInt8(ascii: "I")): return (.kana, 2)
        case (UInt8(ascii: "$"), UInt8(ascii: "@")), (UInt8(ascii: "$"), UInt8(ascii: "B")):
            return (.kanji, 2)
        case (UInt8(ascii: "$"), UInt8(ascii: "A")): return (.chinese, 2)
        case (UInt8(ascii: "$"), UInt8(ascii: "(")) where next.count == 3:
            switch next[2] {
            case UInt8(ascii: "B"), UInt8(ascii: "@"), UInt8(ascii: "O"), UInt8(ascii: "Q"):
                return (.kanji, 3)
            case UInt8(ascii: "D"): return (.supplementary, 3)
            case UInt8(ascii: "C"): return (.korean, 3)
            default: return nil
            }
        default: return nil
        }
    }

    /// A pair of JIS X 0208 as Shift_JIS packs it: two rows to a lead octet.
    private static func shiftJIS(_ row: UInt8, _ cell: UInt8) -> [UInt8] {
        let lead = (row - 0x21) / 2 + (row < 0x5f ? 0x81 : 0xc1)
        if row % 2 == 0 { return [lead, cell + 0x7e] }
        return [lead, cell + (cell < 0x60 ? 0x1f : 0x20)]
    }
}
