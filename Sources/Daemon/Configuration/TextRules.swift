internal import HTTP
internal import Mail
internal import Mailroom

/// What makes a text a server's name, a domain, a pattern.
enum TextRules {
    struct Refusal {
        let message: String
        var hint: String?
    }

    static func refusal(of text: String, as kind: Kind, isTimeZone: (String) -> Bool) -> Refusal? {
        switch kind {
        case .path where !isPath(text):
            return Refusal(message: "“\(text)” is no whole path", hint: "it begins with /")
        case .host: return hostRefusal(of: text)
        case .listener: return listenerRefusal(of: text)
        case .headerName where HeaderName(text) == nil:
            return Refusal(message: "“\(text)” names no header field", hint: "such as \"X-Remote-User\"")
        case .page: return pageRefusal(of: text)
        case .color: return colorRefusal(of: text)
        case .url: return addressRefusal(of: text)
        case .timeZone where !isTimeZone(text):
            let near = Suggestion.nearest(to: text, among: zones)
            return Refusal(
                message: "there is no time zone “\(text)”",
                hint: near.map { "did you mean \"\($0)\"?" } ?? "such as \"Europe/Berlin\" or \"Asia/Tokyo\"")
        case .sender where Configuration.Sender(text) == nil:
            return Refusal(
                message: "“\(text)” is no address", hint: "such as \"Office <office@example.com>\"")
        case .hours where OfficeHours(text) == nil:
            return Refusal(
                message: "“\(text)” is not from one time to a later one", hint: "write \"08:00-18:00\"")
        case .webAddress: return webAddressRefusal(of: text)
        case .dates, .days, .time, .hours: return nil
        // Whether there is such a source is told when all sections are known.
        case .headerName, .line, .flag, .number, .size, .duration, .date, .choice, .path, .timeZone, .list,
            .senderChecks,
            .secret, .template, .names, .sender, .source, .table:
            return nil
        }
    }

    /// What goes to a web server may be a secret: it is protected, unless that server is this machine.
    private static func addressRefusal(of text: String) -> Refusal? {
        let like = "such as \"https://login.example.net/token\""
        guard !text.contains(where: { $0.isWhitespace || !$0.isASCII }), !text.contains("#") else {
            return Refusal(message: "“\(text)” is no address of a web server", hint: like)
        }
        let rest = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        let authority = rest.count == 2 ? rest[1].prefix { $0 != "/" && $0 != "?" } : ""
        guard !authority.isEmpty, !authority.contains("@") else {
            return Refusal(message: "“\(text)” is no address of a web server", hint: like)
        }
        let host =
            authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        switch rest[0] {
        case "https": return nil
        case "http" where Relations.isLoopback(String(host)): return nil
        case "http": return Refusal(message: "“\(text)” is not protected", hint: "begin with https://")
        default: return Refusal(message: "“\(text)” is no address of a web server", hint: like)
        }
    }

    /// Links begin with it: nothing may stand behind the host, and nobody may read them on their way.
    private static func webAddressRefusal(of text: String) -> Refusal? {
        let isPlain = text.hasPrefix("http://")
        guard isPlain || text.hasPrefix("https://") else {
            return Refusal(message: "“\(text)” is no address of the web", hint: "it begins with https://")
        }
        var host = text.dropFirst(isPlain ? 7 : 8)
        if host.hasSuffix("/") { host = host.dropLast() }
        guard !host.contains(where: { "/?#@".contains($0) }) else {
            return Refusal(
                message: "“\(text)” has more than a host", hint: "write only https:// and the host’s name")
        }
        let name = host.prefix { $0 != ":" }
        let port = host.dropFirst(name.count).dropFirst()
        guard !name.isEmpty, hostRefusal(of: String(name)) == nil,
            port.count == host.count - name.count - 1
                || port.isEmpty, port.isEmpty || UInt16(port) != nil
        else {
            return Refusal(message: "“\(text)” names no host", hint: "such as \"https://post.example.com\"")
        }
        guard !isPlain || Relations.isLoopback(String(name)) else {
            return Refusal(
                message: "everybody on the way could read what clients send", hint: "write https://\(host)")
        }
        return nil
    }

    /// What a letter can refer to: readable by all, no script.
    private static func pageRefusal(of text: String) -> Refusal? {
        let isURL = text.unicodeScalars.allSatisfy {
            $0.value > 32 && !"<>\"{}\\^`|".unicodeScalars.contains($0)
        }
        for scheme in ["https://", "http://"] where text.lowercased().hasPrefix(scheme) && isURL {
            let host = text.dropFirst(scheme.count).prefix { !"/?#:".contains($0) }
            if isDomain(String(host)) { return nil }
        }
        let isBare = !text.contains("://") && isURL && text.contains(".")
        return Refusal(
            message: "“\(text)” is no address of a page",
            hint: isBare ? "write \"https://\(text)\"" : "such as \"https://example.com/imprint\"")
    }

    private static func colorRefusal(of text: String) -> Refusal? {
        guard let color = AccentColor(text) else {
            return Refusal(message: "“\(text)” is no colour", hint: "such as \"#14624c\"")
        }
        guard !color.isReadable else { return nil }
        let tenths = Int(color.contrastOnWhite * 10)
        return Refusal(
            message: "white text on \(text) would be hard to read",
            hint: "its contrast is \(tenths / 10).\(tenths % 10), and 4.5 is the least: take a darker one")
    }

    static func refusal(of text: String, as element: Kind.Element) -> Refusal? {
        guard !text.isEmpty else { return Refusal(message: "an empty text") }
        guard !text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) else {
            return Refusal(message: "a control character")
        }
        switch element {
        case .domain: return domainRefusal(of: text)
        case .address:
            return isMailAddress(text)
                ? nil : Refusal(message: "“\(text)” is no address", hint: "such as \"kate@example.com\"")
        case .addressPattern:
            guard !text.contains("@"), !text.contains("*") else { return nil }
            return Refusal(message: "“\(text)” fits no address", hint: "write \"*@\(text)\"")
        case .filePattern:
            if text.contains("/") { return Refusal(message: "no file has a / in its name") }
            return patternRefusal(of: text)
        case .textPattern: return patternRefusal(of: text)
        case .typeOrPattern:
            if text.contains("/") {
                return MediaType(text) == nil ? Refusal(message: "“\(text)” is no media type") : nil
            }
            if text.contains("*") || text.contains("?") { return patternRefusal(of: text) }
            let ending = text.hasPrefix(".") ? String(text.dropFirst()) : text
            return Refusal(
                message: "“\(text)” is neither a pattern nor a media type", hint: "write \"*.\(ending)\"")
        case .mailboxPattern:
            guard MailboxPattern(text) == nil else { return nil }
            let use = text.hasPrefix("!") ? String(text.dropFirst()) : text
            let near = Suggestion.nearest(to: use, among: MailboxPattern.uses)
            return Refusal(
                message: use.isEmpty ? "a ! without a name" : "there is no special use \(use)",
                hint: near.map { "did you mean \(SettingValue.quoted($0))?" })
        case .listener: return listenerRefusal(of: text)
        case .network:
            guard AddressRange(text) == nil else { return nil }
            return Refusal(
                message: "“\(text)” is no address and no network",
                hint: "such as \"192.0.2.10\" or \"10.0.0.0/8\"")
        // Told when all sections are known.
        case .source: return nil
        }
    }

    /// `local@domain`, with a domain of two labels or more.
    static func isMailAddress(_ text: String) -> Bool {
        EmailAddress(text).map { isDomain($0.domain) && !text.contains(" ") } ?? false
    }

    /// The name a server writes at the beginning of Authentication-Results. RFC 8601 section 2.5.
    static func serverRefusal(of text: String) -> Refusal? {
        if text == "microsoft365" {
            return Refusal(message: "“microsoft365” is no server", hint: "write it without [ ]")
        }
        let isWord = text.unicodeScalars.allSatisfy {
            switch $0 {
            case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "*": true
            default: $0.value > 127
            }
        }
        guard isWord, !text.isEmpty else {
            return Refusal(message: "“\(text)” is no server's name", hint: "such as \"mx.example.net\"")
        }
        guard text.contains(where: { $0 != "*" && $0 != "." }) else {
            return Refusal(message: "“\(text)” would believe every sender", hint: "name the server")
        }
        return nil
    }

    static func folderRefusal(of name: String) -> Refusal? {
        if name.isEmpty || name.first == " " || name.last == " " {
            return Refusal(message: "a folder's name begins and ends with no blank, and is not empty")
        }
        if name.contains("/") || name == "." || name == ".." || name.contains("{") {
            return Refusal(message: "“\(name)” cannot name one folder", hint: "no / and no braces")
        }
        if name.utf8.count > 200 || name.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 })
        {
            return Refusal(message: "this is too long for a folder's name, or has a control character in it")
        }
        return nil
    }

    static func isPath(_ text: String) -> Bool {
        text.hasPrefix("/") && !text.unicodeScalars.contains { $0.value < 32 }
    }

    // MARK: - Servers and domains

    private static let zones = [
        "Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "Europe/London", "Europe/Paris", "Asia/Tokyo",
        "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "UTC",
    ]

    private static func hostRefusal(of text: String) -> Refusal? {
        if let scheme = text.range(of: "://") {
            let host = text[scheme.upperBound...].prefix { $0 != "/" && $0 != ":" }
            return Refusal(message: "“\(text)” is a URL", hint: "write host = \"\(host)\"")
        }
        let colons = text.count { $0 == ":" }
        if colons == 1, let colon = text.firstIndex(of: ":") {
            let port = text[text.index(after: colon)...]
            return Refusal(
                message: "“\(text)” is a server and a port",
                hint: "write host = \"\(text[..<colon])\" and port = \(port)")
        }
        let isHost = text.unicodeScalars.allSatisfy {
            $0.value > 32 && !"/@,;\"'<>()[]{}".unicodeScalars.contains($0)
        }
        return isHost ? nil : Refusal(message: "“\(text)” is no server", hint: "such as \"imap.example.net\"")
    }

    private static func listenerRefusal(of text: String) -> Refusal? {
        guard ListenerAddress(text) == nil else { return nil }
        let port = text.split(separator: ":").last.flatMap { UInt16($0) } ?? 9125
        if text.hasPrefix("localhost:") {
            return Refusal(
                message: "“\(text)” is a name, and may be two addresses", hint: "write \"127.0.0.1:\(port)\"")
        }
        if text.hasPrefix(":") || text == "\(port)" {
            return Refusal(message: "“\(text)” has no address", hint: "write \"127.0.0.1:\(port)\"")
        }
        if text.contains("://") {
            return Refusal(message: "“\(text)” is a URL", hint: "write \"127.0.0.1:\(port)\"")
        }
        return Refusal(
            message: "“\(text)” is no address with a port",
            hint: "such as \"127.0.0.1:9125\" or \"[::1]:9125\"")
    }

    private static func isDomain(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1 && labels.allSatisfy { !$0.isEmpty }
            && text.unicodeScalars.allSatisfy {
                $0.value > 32 && !"/@,;*:\"'<>()".unicodeScalars.contains($0)
            }
    }

    private static func domainRefusal(of text: String) -> Refusal? {
        if isDomain(text) { return nil }
        let last =
            text.hasPrefix("*.") ? String(text.dropFirst(2)) : String(text.split(separator: "@").last ?? "")
        return Refusal(
            message: "“\(text)” is no domain",
            hint: isDomain(last) ? "write \"\(last)\"" : "such as \"example.com\"")
    }

    private static func patternRefusal(of text: String) -> Refusal? {
        guard let open = text.firstIndex(of: "["), !text[open...].dropFirst().contains("]") else {
            return nil
        }
        return Refusal(message: "a [ without its ]", hint: "[ _-] is one of these characters")
    }
}

extension String {
    /// Where `part` first stands.
    fileprivate func range(of part: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
            start = index(after: start)
        }
        return nil
    }
}
