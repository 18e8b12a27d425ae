/// Text measured in the columns of a terminal, and made safe to print there.
///
/// Names in mail are written by strangers: a control character could clear the
/// screen, a bidirectional override turn `exe` into `pdf`. Both are spelled out.
enum Columns {
    /// Control and bidirectional characters as `<U+202E>`, everything else as it is.
    static func safe(_ text: String) -> String {
        var safe = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                safe += "<U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)>"
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
                .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber,
                .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
                .initialPunctuation,
                .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol,
                .otherSymbol,
                .spaceSeparator:
                safe.unicodeScalars.append(scalar)
            @unknown default:
                safe += "?"
            }
        }
        return safe
    }

    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    /// Two for what East Asian fonts draw square, none for marks on the letter before. Unicode's annex 11.
    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff,
            0xa000...0xa4cf,
            0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6,
            0x1f300...0x1f64f, 0x1f900...0x1f9ff, 0x20000...0x3fffd:
            return 2
        default: return 1
        }
    }

    /// Cut to at most `width` columns, the end kept where it is a file's extension: `Donation of t….pdf`.
    static func cut(_ text: String, to width: Int) -> String {
        guard self.width(text) > width else { return text }
        var tail = ""
        if let dot = text.lastIndex(of: "."), text.distance(from: dot, to: text.endIndex) <= 6, width > 12 {
            tail = String(text[dot...])
        }
        var head = ""
        var used = 1 + self.width(tail)
        for letter in text {
            let next = self.width(String(letter))
            if used + next > width { break }
            head.append(letter)
            used += next
        }
        return head + "…" + tail
    }

    /// Cut or filled with blanks to exactly `width` columns.
    static func pad(_ text: String, to width: Int) -> String {
        let fitting = cut(text, to: width)
        return fitting + String(repeating: " ", count: max(0, width - self.width(fitting)))
    }
}
