/// Words of a header field that are not ASCII. RFC 2047.
enum HeaderText {
    static func isASCII(_ text: String) -> Bool { text.utf8.allSatisfy { (32...126).contains($0) } }

    /// ASCII as it is; anything else in encoded words of at most 75 characters, cut between letters.
    static func unstructured(_ text: String, charset: Charset = .utf8) -> String {
        isASCII(text) ? text : encodedWords(text, charset: charset).joined(separator: "\r\n ")
    }

    /// The name before an address: quoted where it must be.
    static func phrase(_ text: String, charset: Charset = .utf8) -> String {
        guard isASCII(text) else { return unstructured(text, charset: charset) }
        let isPlain = text.utf8.allSatisfy { octet in
            octet == 32 || octet == UInt8(ascii: "-")
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet | 32)
        }
        return isPlain ? text : "\"\(text.replacing("\"", with: "\\\""))\""
    }

    static func encodedWords(_ text: String, charset: Charset) -> [String] {
        var words: [String] = []
        var chunk = ""
        func close() {
            if chunk.isEmpty { return }
            let word = String(decoding: Encoding.base64(charset.encode(chunk)), as: UTF8.self)
            words.append("=?\(charset.rawValue)?B?\(word)?=")
            chunk = ""
        }
        for letter in text {
            if charset.encode(chunk + String(letter)).count > 42 { close() }
            chunk.append(letter)
        }
        close()
        return words
    }

    /// RFC 3986's percent signs over UTF-8, as RFC 2231 section 4 takes them.
    static func percentEncoded(_ text: String) -> [String] {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.map { octet in
            let letter = octet | 32
            let plain =
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) || octet == UInt8(ascii: ".")
                || octet == UInt8(ascii: "-") || octet == UInt8(ascii: "_")
            return plain
                ? String(Unicode.Scalar(octet)) : "%\(digits[Int(octet >> 4)])\(digits[Int(octet & 15)])"
        }
    }
}
