internal import Mail

/// An address as it goes to the wire: `<kate@smith.example>`. RFC 5321 section 4.1.2.
///
/// libcurl 7.88 sends what it is given, a line break included, which would
/// begin a command of the address's own; it splits at the first `@` and takes
/// the last `>` away. So no address gets there with a character that could
/// mean anything, not even in quotes: nobody is called so, and parsers differ.
/// Dots in odd places are let through, for Japanese phones have them.
enum Path {
    static func wire(_ address: EmailAddress) throws(SMTPError) -> String {
        func refused(_ why: String) -> SMTPError {
            SMTPError(.argument, doing: "MAIL and RCPT", words: "the address \(why)")
        }
        let (local, domain) = (address.localPart, address.domain)
        guard local.unicodeScalars.allSatisfy(isAtomText) else {
            throw refused("holds a character before the @ that no mail server has to take")
        }
        guard isDomain(domain) else { throw refused("has no domain that can be one") }
        guard local.utf8.count + domain.utf8.count <= 253 else { throw refused("is too long") }
        return "<\(local)@\(domain)>"
    }

    /// Whether SMTPUTF8 is needed to say it. RFC 6531 section 3.
    static func isInternational(_ address: EmailAddress) -> Bool {
        (address.localPart + address.domain).utf8.contains { $0 > 127 }
    }

    /// Whether we may call ourselves so: a domain, or an address literal.
    static func isDomain(_ text: String) -> Bool {
        if text.hasPrefix("["), text.hasSuffix("]") {
            return text.count > 2
                && text.dropFirst().dropLast().unicodeScalars.allSatisfy { scalar in
                    switch scalar {
                    case "0"..."9", "a"..."z", "A"..."Z", ".", ":", "-": true
                    default: false
                    }
                }
        }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.allSatisfy { label in
            !label.isEmpty && !label.hasPrefix("-")
                && label.unicodeScalars.allSatisfy { scalar in
                    switch scalar {
                    case "0"..."9", "a"..."z", "A"..."Z", "-", "_": true
                    default: scalar.value > 127 && isVisible(scalar)
                    }
                }
        }
    }

    /// RFC 5322 section 3.2.3 atext, the dot, and RFC 6532's UTF8-non-ascii as far as it can be seen.
    private static func isAtomText(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", "a"..."z", "A"..."Z": true
        case "!", "#", "$", "%", "&", "'", "*", "+", "-", "/", "=", "?", "^", "_", "`", "{", "|", "}", "~":
            true
        case ".": true
        default: scalar.value > 127 && isVisible(scalar)
        }
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate, .privateUse,
            .unassigned:
            false
        default: true
        }
    }
}
