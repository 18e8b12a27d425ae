/// How the text of a mail becomes octets.
///
/// The three that a German firm with Japanese clients really gets. A letter a
/// charset lacks is a mistake in the demo's own texts, so it traps.
enum Charset: String {
    case utf8 = "utf-8"
    case windows1252 = "windows-1252"
    case iso2022JP = "iso-2022-jp"

    func encode(_ text: String) -> [UInt8] {
        switch self {
        case .utf8: Array(text.utf8)
        case .windows1252: text.unicodeScalars.map(Self.windows1252Octet)
        case .iso2022JP: Self.japanese(text)
        }
    }

    private static let windowsOnly: [Unicode.Scalar: UInt8] = [
        "€": 0x80, "„": 0x84, "…": 0x85, "‘": 0x91, "’": 0x92, "“": 0x93, "”": 0x94, "–": 0x96, "—": 0x97,
    ]

    static func windows1252Octet(_ scalar: Unicode.Scalar) -> UInt8 {
        if let octet = windowsOnly[scalar] { return octet }
        precondition(
            scalar.value < 0x80 || (0xa0...0xff).contains(scalar.value), "windows-1252 has no \(scalar)")
        return UInt8(scalar.value)
    }

    /// Escape sequences switch between ASCII and JIS X 0208, and each line ends in ASCII. RFC 1468.
    private static func japanese(_ text: String) -> [UInt8] {
        var octets: [UInt8] = []
        var wide = false
        for scalar in text.unicodeScalars {
            let isWide = scalar.value >= 0x80
            if isWide != wide { octets += isWide ? [0x1b, 0x24, 0x42] : [0x1b, 0x28, 0x42] }
            wide = isWide
            if isWide {
                octets.append(big: JISX0208.code(of: scalar))
            } else {
                octets.append(UInt8(scalar.value))
            }
        }
        if wide { octets += [0x1b, 0x28, 0x42] }
        return octets
    }
}
