/// The ways programs write a file name into a header field, right and wrong.
enum NameStyle {
    /// `filename="Invoice.pdf"`; what is not ASCII goes as ``extended``.
    case automatic
    /// `filename*=UTF-8''…`, RFC 2231 section 4.
    case extended
    /// `filename*0*=…; filename*1*=…`, RFC 2231 section 3.
    case continued
    /// `filename="=?utf-8?B?…?="`: RFC 2047 section 5 forbids it, Outlook does it.
    case encodedWord(Charset)
    /// Octets above 127 in quotes: before RFC 6532 an error, and common.
    case raw

    /// The parameter with its semicolons, folded: goes behind `Content-Disposition: attachment`.
    func parameter(_ name: String, _ value: String) -> [UInt8] {
        switch self {
        case .automatic:
            return HeaderText.isASCII(value) ? Self.quoted(name, value) : Self.extended.parameter(name, value)
        case .raw:
            return Self.quoted(name, value)
        case .encodedWord(let charset):
            let words = HeaderText.encodedWords(value, charset: charset).joined(separator: "\r\n ")
            return Array(";\r\n \(name)=\"\(words)\"".utf8)
        case .extended:
            return Array(";\r\n \(name)*=UTF-8''\(HeaderText.percentEncoded(value).joined())".utf8)
        case .continued:
            let letters = HeaderText.percentEncoded(value)
            var text = ""
            for (index, start) in stride(from: 0, to: letters.count, by: 18).enumerated() {
                let charset = index == 0 ? "UTF-8''" : ""
                let piece = letters[start..<min(start + 18, letters.count)].joined()
                text += ";\r\n \(name)*\(index)*=\(charset)\(piece)"
            }
            return Array(text.utf8)
        }
    }

    private static func quoted(_ name: String, _ value: String) -> [UInt8] {
        let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return Array(";\r\n \(name)=\"\(escaped)\"".utf8)
    }
}
