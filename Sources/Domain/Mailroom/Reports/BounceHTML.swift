/// A bounce that is written in HTML alone, as a reader sees it: lines of text.
package enum BounceHTML {
    /// In one pass; only what ends a line in a browser ends one here.
    package static func text(_ html: String) -> String {
        let octets = Array(html.utf8.prefix(limit))
        var result: [UInt8] = []
        var index = 0
        /// The element whose text nobody sees, until its end.
        var hidden: String?
        while index < octets.count {
            let octet = octets[index]
            if octet == UInt8(ascii: "<") {
                let end = octets[index...].prefix(4096).firstIndex(of: UInt8(ascii: ">")) ?? octets.count - 1
                let tag = octets[(index + 1)..<max(index + 1, end)]
                index = max(end, index) + 1
                let name = String(decoding: tag.prefix { !isSpace($0) }, as: UTF8.self).lowercased()
                if let element = hidden {
                    if name == "/" + element { hidden = nil }
                } else if hiding.contains(name) {
                    hidden = name
                } else if name.contains("@"), !tag.contains(UInt8(ascii: "=")) {
                    // An address whose brackets nobody escaped.
                    result += [UInt8(ascii: "<")] + tag + [UInt8(ascii: ">")]
                } else if breaking.contains(name.filter { $0 != "/" }) {
                    result.append(10)
                }
            } else if hidden != nil {
                index += 1
            } else if octet == UInt8(ascii: "&"),
                let semicolon = octets[index...].prefix(10).firstIndex(of: UInt8(ascii: ";"))
            {
                result.append(entity(octets[(index + 1)..<semicolon]))
                index = semicolon + 1
            } else {
                index += 1
                guard isSpace(octet) else {
                    result.append(octet)
                    continue
                }
                if result.last != 32, result.last != 10 { result.append(32) }
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let limit = 64 << 10
    private static let hiding: Set<String> = ["style", "script", "head", "title"]
    private static let breaking: Set<String> = [
        "br", "p", "div", "tr", "li", "td", "h1", "h2", "h3", "hr", "pre", "table", "blockquote",
    ]

    private static func isSpace(_ octet: UInt8) -> Bool { octet <= 32 }

    private static func entity(_ name: ArraySlice<UInt8>) -> UInt8 {
        switch String(decoding: name, as: UTF8.self).lowercased() {
        case "lt": UInt8(ascii: "<")
        case "gt": UInt8(ascii: ">")
        case "amp": UInt8(ascii: "&")
        case "quot": UInt8(ascii: "\"")
        case "#39", "apos": UInt8(ascii: "'")
        case "nbsp", "#160": 32
        case "#64": UInt8(ascii: "@")
        case "#46": UInt8(ascii: ".")
        default: UInt8(ascii: "?")
        }
    }
}
