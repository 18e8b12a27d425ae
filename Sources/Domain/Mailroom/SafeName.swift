package import Mail
internal import Text

/// Makes a name as sent into one path component that any file system and any shell can hold.
///
/// Names come from strangers: `../../etc/passwd`, `CON`, `-rf`, a right-to-left
/// override that makes `exe` look like `pdf`, three hundred characters. What
/// people are shown stays as sent; this is the name on disk.
package enum SafeName {
    /// In octets of UTF-8, the extension included.
    package static let longest = 200

    /// The name of a file; without one, `attachment.pdf` by its media type.
    package static func file(_ name: String?, _ mediaType: MediaType) -> String {
        let cleaned = cleaned(name ?? "")
        return cleaned.isEmpty
            ? "attachment.\(mediaType.fileExtension)" : shortened(cleaned, to: longest)
    }

    /// The name of a directory; what has nothing left is `_`.
    package static func directory(_ name: String) -> String {
        let cleaned = cleaned(name)
        return cleaned.isEmpty ? "_" : truncated(cleaned, to: longest)
    }

    /// An account's directory: `10482 Bergmann GmbH`.
    package static func account(_ number: AccountNumber, _ name: String) -> String {
        directory("\(number) \(cleaned(name))")
    }

    /// The same name, or with ` (2)` before its extension, ` (3)`, whatever is free.
    ///
    /// `taken` is asked with ``key(_:)`` of each candidate. The number found is
    /// one whose predecessor is taken: not always the lowest, so that the ten
    /// thousandth `scan.pdf` of a folder needs few questions.
    package static func unique(_ name: String, taken: (String) -> Bool) -> String {
        func candidate(_ number: Int) -> String {
            guard number > 1 else { return name }
            let suffix = " (\(number))"
            let (stem, fileExtension) = split(name)
            let room = longest - suffix.utf8.count - fileExtension.utf8.count
            return truncated(stem, to: room) + suffix + fileExtension
        }
        var occupied = 0
        var free = 1
        while taken(key(candidate(free))) {
            occupied = free
            free = free < 16 ? free + 1 : free * 2
        }
        while free - occupied > 1 {
            let middle = occupied + (free - occupied) / 2
            if taken(key(candidate(middle))) { occupied = middle } else { free = middle }
        }
        return candidate(free)
    }

    /// What two names must not have in common in one folder: they differ in case or Unicode form alone.
    package static func key(_ name: String) -> String { name.nameKey }

    private static func cleaned(_ name: String) -> String {
        var scalars = String.UnicodeScalarView()
        // A megabyte of name is cut before anything else looks at it.
        for scalar in name.unicodeScalars.prefix(4096) {
            switch scalar {
            case "\t", "\n", "\r", "\u{2028}", "\u{2029}", "\u{85}": scalars.append(" ")
            case "/", "\\", ":", "*", "?", "\"", "<", ">", "|": scalars.append("_")
            case _ where isInvisible(scalar): continue
            default: scalars.append(scalar)
            }
        }
        var text = Substring(String(scalars).nfc)
        while let last = text.unicodeScalars.last, last == "." || last.properties.isWhitespace {
            text.unicodeScalars.removeLast()
        }
        while let first = text.unicodeScalars.first, first.properties.isWhitespace {
            text.unicodeScalars.removeFirst()
        }
        guard !text.isEmpty else { return "" }
        if text.hasPrefix(".") || text.hasPrefix("-") || text.hasPrefix("~") {
            return "_" + (text.hasPrefix(".") ? text.dropFirst() : text)
        }
        return isReserved(text) ? "_" + text : String(text)
    }

    /// Controls, marks that turn the direction of writing, and what has no width but makes names differ.
    ///
    /// The joiners U+200C and U+200D stay: Persian and emoji need them.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "\u{200C}" || scalar == "\u{200D}" { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate: return true
        default:
            return scalar.properties.isNoncharacterCodePoint
                || scalar.properties.isDefaultIgnorableCodePoint
                    && !scalar.properties.isVariationSelector
        }
    }

    /// Names that mean a device to Windows, with any extension.
    private static func isReserved(_ name: Substring) -> Bool {
        var stem = name.prefix { $0 != "." }
        while stem.last?.isWhitespace == true { stem.removeLast() }
        let upper = stem.uppercased()
        if ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"].contains(upper) { return true }
        guard upper.count == 4, upper.hasPrefix("COM") || upper.hasPrefix("LPT"), let last = upper.last else {
            return false
        }
        return "0123456789¹²³".contains(last)
    }

    private static func shortened(_ name: String, to room: Int) -> String {
        guard name.utf8.count > room else { return name }
        let (stem, fileExtension) = split(name)
        return truncated(stem, to: room - fileExtension.utf8.count) + fileExtension
    }

    /// Stem and extension with its dot; a long "extension" is part of the name.
    private static func split(_ name: String) -> (stem: String, fileExtension: String) {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return (name, "") }
        let fileExtension = name[dot...]
        guard (2...17).contains(fileExtension.utf8.count), !fileExtension.contains(where: \.isWhitespace)
        else {
            return (name, "")
        }
        return (String(name[..<dot]), String(fileExtension))
    }

    /// As many whole characters as fit; at least one scalar's worth of something.
    private static func truncated(_ text: String, to room: Int) -> String {
        guard text.utf8.count > room else { return text }
        var kept = ""
        var size = 0
        for scalar in text.unicodeScalars {
            size += UTF8.width(scalar)
            guard size <= room else { break }
            kept.unicodeScalars.append(scalar)
        }
        while kept.last?.isWhitespace == true || kept.last == "." { kept.removeLast() }
        return kept.isEmpty ? "_" : kept
    }
}
