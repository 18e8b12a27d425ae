package import Markup

/// The one colour of a firm on its pages and letters.
///
/// White text must be readable on it: WCAG 2.2 asks for a contrast of 4.5. On
/// dark paper a lighter kind of it is used, with dark text.
package struct AccentColor: Hashable, Sendable, CustomStringConvertible {
    private let red: Int
    private let green: Int
    private let blue: Int

    package static let ledgerGreen = AccentColor(0x14, 0x62, 0x4C)
    private static let white = AccentColor(255, 255, 255)
    private static let darkSheet = AccentColor(0x1A, 0x1D, 0x1B)
    /// WCAG 2.2, success criterion 1.4.3.
    package static let leastContrast = 4.5

    private init(_ red: Int, _ green: Int, _ blue: Int) {
        (self.red, self.green, self.blue) = (red, green, blue)
    }

    /// Reads `#14624c`; nil for anything else.
    package init?(_ text: String) {
        let digits = text.dropFirst()
        guard text.first == "#", digits.count == 6, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
            let value = Int(digits, radix: 16)
        else { return nil }
        self.init(value >> 16, value >> 8 & 255, value & 255)
    }

    /// `#14624c`
    package var description: String {
        "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    package var style: CSS {
        CSS(red: UInt8(clamping: red), green: UInt8(clamping: green), blue: UInt8(clamping: blue))
    }

    package var contrastOnWhite: Double { contrast(with: .white) }
    package var isReadable: Bool { contrastOnWhite >= Self.leastContrast }

    /// Of the same hue, and light enough to be read on a dark sheet.
    package var onDark: AccentColor {
        for lightness in stride(from: 0.6, through: 0.95, by: 0.05) {
            let lighter = lightened(to: lightness)
            if lighter.contrast(with: Self.darkSheet) >= 8 { return lighter }
        }
        return .white
    }

    /// Of writing on its own ``tint``.
    package var strong: AccentColor { mixed(with: AccentColor(0, 0, 0), 0.25) }
    /// Of paper that it marks.
    package var tint: AccentColor { mixed(with: .white, 0.88) }
    /// The same on a dark sheet.
    package var strongOnDark: AccentColor { onDark.mixed(with: .white, 0.3) }
    package var tintOnDark: AccentColor { onDark.mixed(with: .darkSheet, 0.84) }
    /// Of writing on it: white by day, the sheet's dark by night.
    package static let onAccent = white
    package static let onDarkAccent = darkSheet

    private func mixed(with other: AccentColor, _ share: Double) -> AccentColor {
        func channel(_ one: Int, _ two: Int) -> Int {
            Int((Double(one) * (1 - share) + Double(two) * share).rounded())
        }
        return AccentColor(
            channel(red, other.red), channel(green, other.green), channel(blue, other.blue))
    }

    /// By hue, saturation and lightness; a saturation that glows is toned down.
    private func lightened(to lightness: Double) -> AccentColor {
        let channels = [red, green, blue].map { Double($0) / 255 }
        let (low, high) = (channels.min() ?? 0, channels.max() ?? 0)
        guard high > low else { return AccentColor(grey: lightness) }
        let saturation = min(0.5, (high - low) / (1 - abs(high + low - 1)))
        let reach = saturation * (1 - abs(2 * lightness - 1))
        let lighter = channels.map { channel in
            Int(((lightness - reach / 2 + reach * (channel - low) / (high - low)) * 255).rounded())
        }
        return AccentColor(lighter[0], lighter[1], lighter[2])
    }

    private init(grey: Double) {
        let channel = Int((grey * 255).rounded())
        self.init(channel, channel, channel)
    }

    package func contrast(with other: AccentColor) -> Double {
        let (one, two) = (luminance + 0.05, other.luminance + 0.05)
        return max(one, two) / min(one, two)
    }

    /// WCAG 2.2, "relative luminance".
    private var luminance: Double {
        0.2126 * Self.linear(red) + 0.7152 * Self.linear(green) + 0.0722 * Self.linear(blue)
    }

    /// `((c + 0.055) / 1.055) ^ 2.4`, the fifth root of the twelfth power by Newton's way.
    private static func linear(_ channel: Int) -> Double {
        let value = Double(channel) / 255
        guard value > 0.04045 else { return value / 12.92 }
        let base = (value + 0.055) / 1.055
        let square = base * base
        let fourth = square * square
        let twelfth = fourth * fourth * fourth
        var root = 1.0
        for _ in 0..<24 {
            root -= (root * root * root * root * root - twelfth) / (5 * root * root * root * root)
        }
        return root
    }
}
