/// Takes style apart as browsers do. CSS Syntax Level 3, section 4.3.
///
/// What a filter reads otherwise than a browser is a hole; so escapes,
/// comments, bad strings and addresses without quotes are read by the letter
/// of the standard, and the filter writes anew whatever it lets through.
struct CSSTokenizer {
    private let source: [Unicode.Scalar]
    private var position = 0

    private init(_ text: String) {
        // Section 3.3.
        var source: [Unicode.Scalar] = []
        source.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\r", "\u{c}": source.append("\n")
            case "\0": source.append("\u{FFFD}")
            default: source.append(scalar)
            }
        }
        self.source = source
    }

    static func tokens(of text: String) -> [CSSToken] {
        var tokenizer = CSSTokenizer(text)
        var tokens: [CSSToken] = []
        while let token = tokenizer.next() { tokens.append(token) }
        return tokens
    }

    private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        position + ahead < source.count ? source[position + ahead] : nil
    }

    private mutating func next() -> CSSToken? {
        skipComments()
        guard let first = peek() else { return nil }
        if Self.isBlank(first) {
            while let scalar = peek(), Self.isBlank(scalar) { position += 1 }
            return .whitespace
        }
        if startsNumber() { return numeric() }
        if startsIdent() { return identLike() }
        position += 1
        switch first {
        case "\"", "'": return string(until: first)
        case "#":
            guard let scalar = peek(), Self.isName(scalar) || isEscape() else { return .delim("#") }
            return .hash(name())
        case "@": return startsIdent() ? .atKeyword(name()) : .delim("@")
        case "<":
            guard peek() == "!", peek(1) == "-", peek(2) == "-" else { return .delim("<") }
            position += 3
            return .commentMark
        case "-":
            guard peek() == "-", peek(1) == ">" else { return .delim("-") }
            position += 2
            return .commentMark
        case ":": return .colon
        case ";": return .semicolon
        case ",": return .comma
        case "(", "[", "{": return .open(first)
        case ")", "]", "}": return .close(first)
        default: return .delim(first)
        }
    }

    private mutating func skipComments() {
        while peek() == "/", peek(1) == "*" {
            position += 2
            while peek() != nil, !(peek() == "*" && peek(1) == "/") { position += 1 }
            position = min(source.count, position + 2)
        }
    }

    private mutating func numeric() -> CSSToken {
        var text = ""
        func take(_ tokenizer: inout CSSTokenizer) {
            text.unicodeScalars.append(tokenizer.source[tokenizer.position])
            tokenizer.position += 1
        }
        if peek() == "+" || peek() == "-" { take(&self) }
        while let scalar = peek(), Self.isDigit(scalar) { take(&self) }
        if peek() == ".", let digit = peek(1), Self.isDigit(digit) {
            take(&self)
            while let scalar = peek(), Self.isDigit(scalar) { take(&self) }
        }
        if peek() == "e" || peek() == "E" {
            let isSigned = peek(1) == "+" || peek(1) == "-"
            if let digit = peek(isSigned ? 2 : 1), Self.isDigit(digit) {
                for _ in 0..<(isSigned ? 2 : 1) { take(&self) }
                while let scalar = peek(), Self.isDigit(scalar) { take(&self) }
            }
        }
        if startsIdent() { return .dimension(text, unit: name()) }
        guard peek() == "%" else { return .number(text) }
        position += 1
        return .percentage(text)
    }

    private mutating func identLike() -> CSSToken {
        let name = self.name()
        guard peek() == "(" else { return .ident(name) }
        position += 1
        guard name.lowercased() == "url" else { return .function(name) }
        var ahead = 0
        while let scalar = peek(ahead), Self.isBlank(scalar) { ahead += 1 }
        if peek(ahead) == "\"" || peek(ahead) == "'" { return .function(name) }
        position += ahead
        return url()
    }

    /// An address without quotes: section 4.3.6.
    private mutating func url() -> CSSToken {
        var text = ""
        while let scalar = peek() {
            if scalar == ")" {
                position += 1
                return .url(text)
            }
            if Self.isBlank(scalar) {
                while let blank = peek(), Self.isBlank(blank) { position += 1 }
                if peek() == nil || peek() == ")" { continue }
                return badURL()
            }
            if isEscape() {
                position += 1
                text.unicodeScalars.append(escaped())
            } else if "\"'(\\".unicodeScalars.contains(scalar) || scalar.value < 0x20 || scalar.value == 0x7F
            {
                return badURL()
            } else {
                text.unicodeScalars.append(scalar)
                position += 1
            }
        }
        return .url(text)
    }

    private mutating func badURL() -> CSSToken {
        while let scalar = peek() {
            position += 1
            if scalar == ")" { break }
            if scalar == "\\", peek() != nil { position += 1 }
        }
        return .bad
    }

    private mutating func string(until quote: Unicode.Scalar) -> CSSToken {
        var text = ""
        while let scalar = peek() {
            if scalar == "\n" { return .bad }
            position += 1
            if scalar == quote { break }
            if scalar == "\\" {
                guard let follower = peek() else { break }
                if follower == "\n" {
                    position += 1
                } else {
                    text.unicodeScalars.append(escaped())
                }
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return .string(text)
    }

    private mutating func name() -> String {
        var text = ""
        while let scalar = peek() {
            if Self.isName(scalar) {
                text.unicodeScalars.append(scalar)
                position += 1
            } else if isEscape() {
                position += 1
                text.unicodeScalars.append(escaped())
            } else {
                break
            }
        }
        return text
    }

    /// What follows a backslash: section 4.3.7.
    private mutating func escaped() -> Unicode.Scalar {
        guard let first = peek() else { return "\u{FFFD}" }
        position += 1
        guard var value = Self.hex(first) else { return first }
        var digits = 1
        while digits < 6, let scalar = peek(), let digit = Self.hex(scalar) {
            value = value * 16 + digit
            digits += 1
            position += 1
        }
        if let scalar = peek(), Self.isBlank(scalar) { position += 1 }
        guard value != 0, let scalar = Unicode.Scalar(value) else { return "\u{FFFD}" }
        return scalar
    }

    private func isEscape(_ ahead: Int = 0) -> Bool {
        peek(ahead) == "\\" && peek(ahead + 1) != "\n" && peek(ahead + 1) != nil
    }

    private func startsIdent() -> Bool {
        guard let first = peek() else { return false }
        if first == "-" {
            guard let second = peek(1) else { return false }
            return second == "-" && peek(2) != ">" || Self.isNameStart(second) || isEscape(1)
        }
        return Self.isNameStart(first) || isEscape()
    }

    private func startsNumber() -> Bool {
        let sign = peek() == "+" || peek() == "-" ? 1 : 0
        guard let first = peek(sign) else { return false }
        if Self.isDigit(first) { return true }
        return first == "." && peek(sign + 1).map(Self.isDigit) ?? false
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\n" || scalar == "\t"
    }
    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_" || scalar.value >= 0x80
    }
    private static func isName(_ scalar: Unicode.Scalar) -> Bool {
        isNameStart(scalar) || isDigit(scalar) || scalar == "-"
    }
    private static func hex(_ scalar: Unicode.Scalar) -> UInt32? {
        switch scalar {
        case "0"..."9": scalar.value - 48
        case "a"..."f": scalar.value - 87
        case "A"..."F": scalar.value - 55
        default: nil
        }
    }
}
