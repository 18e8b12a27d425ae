internal import Mail

/// Writes one header field, folded before column 77. RFC 5322 section 2.2.3.
///
/// Every letter of a `String` that comes from outside goes through one of the
/// typed `write` functions; what they write has no line end but those of
/// folding.
struct FieldWriter {
    static let widest = 76

    private(set) var octets: [UInt8]
    private var column: Int

    init(_ name: FieldName) {
        octets = Array("\(name):".utf8)
        column = octets.count
    }

    /// The whole field, its line end included.
    static func field(_ name: FieldName, _ body: (inout FieldWriter) -> Void) -> [UInt8] {
        var writer = FieldWriter(name)
        body(&writer)
        return writer.octets + [13, 10]
    }

    /// A piece that is not broken, after a space or on the next line.
    mutating func token(_ text: String) {
        let count = text.utf8.count
        if column + 1 + count > Self.widest {
            octets += [13, 10]
            column = 0
        }
        octets.append(32)
        octets += text.utf8
        column += 1 + count
    }

    // MARK: - Text

    /// Words of ASCII as they are, and from the first to the last that is not so in encoded words.
    mutating func text(_ text: HeaderText) {
        let words = text.value.split(separator: " ")
        guard let first = words.firstIndex(where: Self.needsEncoding),
            let last = words.lastIndex(where: Self.needsEncoding)
        else {
            for word in words { token(String(word)) }
            return
        }
        for word in words[..<first] { token(String(word)) }
        encodedWords(words[first...last].joined(separator: " "))
        for word in words[(last + 1)...] { token(String(word)) }
    }

    private static func needsEncoding(_ word: Substring) -> Bool {
        word.utf8.count > 60 || word.contains("=?") || !word.utf8.allSatisfy { (33...126).contains($0) }
    }

    /// - Parameter wholeWhereItFits: rather on a line of its own than cut: Python's parser (3.11, 2022)
    ///   puts a space between two words of a name.
    private mutating func encodedWords(_ text: String, wholeWhereItFits: Bool = false) {
        var rest = text[...]
        let writer = EncodedWordWriter(for: text)
        if wholeWhereItFits {
            var copy = rest
            let whole = writer.next(&copy, room: Self.widest - 1)
            if copy.isEmpty { return token(whole) }
        }
        while !rest.isEmpty {
            let room = Self.widest - column - 1
            token(writer.next(&rest, room: room >= 40 ? room : Self.widest - 1))
        }
    }

    // MARK: - Addresses and identifiers

    mutating func addresses(_ list: [HeaderAddress]) {
        for (index, one) in list.enumerated() {
            let comma = index + 1 < list.count ? "," : ""
            guard let name = one.name else {
                token(one.address.addrSpec + comma)
                continue
            }
            phrase(name)
            token("<\(one.address.addrSpec)>\(comma)")
        }
    }

    /// A display name: atoms, a quoted string, or encoded words. RFC 5322 section 3.2.5.
    private mutating func phrase(_ name: HeaderText) {
        let words = name.value.split(separator: " ")
        let isAtoms = words.allSatisfy { word in
            word.utf8.allSatisfy { $0.isASCIILetterOrDigit || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
        }
        if words.contains(where: Self.needsEncoding) || name.value.utf8.count > 60 {
            encodedWords(name.value, wholeWhereItFits: true)
        } else if isAtoms {
            for word in words { token(String(word)) }
        } else {
            token(name.value.quotedString)
        }
    }

    mutating func messageIDs(_ ids: [WrittenMessageID]) { for id in ids { token("<\(id.text)>") } }

    // MARK: - Parameters

    /// A parameter whose value we chose ourselves.
    mutating func parameter(_ name: String, _ value: String) {
        octets.append(UInt8(ascii: ";"))
        column += 1
        token("\(name)=\(value)")
    }

    /// A parameter whose value is any text: quoted ASCII, or percent-encoded UTF-8, in pieces. RFC 2231.
    mutating func parameter(_ name: String, text value: String) {
        let isShort = name.utf8.count + value.quotedString.utf8.count + 2 < Self.widest - 1
        if isShort, Self.isPlain(value) { return parameter(name, value.quotedString) }
        var pieces = [""]
        for scalar in value.unicodeScalars {
            let next = String(scalar).utf8.map(Self.percentEncoded).joined()
            if pieces[pieces.count - 1].utf8.count + next.utf8.count > 48 { pieces.append("") }
            pieces[pieces.count - 1] += next
        }
        for (index, piece) in pieces.enumerated() {
            let number = pieces.count > 1 ? "*\(index)" : ""
            parameter("\(name)\(number)*", (index == 0 ? "UTF-8''" : "") + piece)
        }
    }

    /// The same where RFC 2047 section 5 forbids it: programs before RFC 2231 look for a name there.
    mutating func legacyParameter(_ name: String, text value: String) {
        let isShort = name.utf8.count + value.quotedString.utf8.count + 2 < Self.widest - 1
        if isShort, Self.isPlain(value) { return parameter(name, value.quotedString) }
        var rest = value[...]
        let writer = EncodedWordWriter(for: value)
        octets.append(UInt8(ascii: ";"))
        column += 1
        var opening = "\(name)=\""
        while !rest.isEmpty {
            let word = writer.next(&rest, room: Self.widest - 2 - opening.utf8.count)
            token(opening + word + (rest.isEmpty ? "\"" : ""))
            opening = ""
        }
    }

    private static func isPlain(_ value: String) -> Bool {
        !value.contains("=?") && value.utf8.allSatisfy { (32...126).contains($0) && $0 != 34 && $0 != 92 }
    }

    /// RFC 2231 section 7: attribute-char.
    private static func percentEncoded(_ octet: UInt8) -> String {
        octet.isASCIILetterOrDigit || "-._~".utf8.contains(octet)
            ? String(Unicode.Scalar(octet)) : "%" + octet.hex
    }
}

extension String {
    /// RFC 5322 section 3.2.4.
    var quotedString: String {
        "\"" + replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
