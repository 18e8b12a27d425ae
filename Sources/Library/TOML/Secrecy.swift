internal import Text

/// Tells where in a line a password may stand, going by the word before it.
///
/// The line was perhaps mistyped: so this looks at words, not at TOML.
enum Secrecy {
    /// Whether what is set by this key must never be printed: `password`, `pasword`, `imap_pass`, `Kennwort`.
    static func isSecret(_ key: String) -> Bool {
        let key = key.lowercased()
        if ["pass", "pwd", "secret", "token", "kennwort", "パスワード"].contains(where: key.contains) {
            return true
        }
        return key == "pw" || EditDistance.between(key, "password", atMost: 2) != nil
    }

    /// The column, from 1, where the value of a secret key begins; nil when the line has none.
    ///
    /// - Parameter isFirst: the first word of a statement is a key even where the `=` is missing.
    static func column(in line: String, isFirst: Bool) -> Int? {
        let scalars = Array(line.unicodeScalars)
        var position = 0
        var isFirst = isFirst
        while position < scalars.count {
            if scalars[position] == "#" { return nil }
            guard isWord(scalars[position]) else {
                position += 1
                continue
            }
            let start = position
            while position < scalars.count, isWord(scalars[position]) { position += 1 }
            let word = String(String.UnicodeScalarView(scalars[start..<position]))
            var value = position
            var isSet = isFirst
            while value < scalars.count, " \t\"'=:".unicodeScalars.contains(scalars[value]) {
                if scalars[value] == "=" { isSet = true }
                if isSet, "\"'".unicodeScalars.contains(scalars[value]), isAfterSign(scalars, position, value)
                {
                    break
                }
                value += 1
            }
            isFirst = false
            guard isSet, isSecret(word) else { continue }
            guard value < scalars.count else { return value + 1 }
            if namesSource(scalars[value...]) { return nil }
            let isOpening = scalars[value] == "{" && scalars[(value + 1)...].allSatisfy { $0 == " " }
            return isOpening ? scalars.count + 1 : value + 1
        }
        return nil
    }

    /// `{ credential = "office-imap" }` says where the secret is, and is none.
    private static func namesSource(_ value: ArraySlice<Unicode.Scalar>) -> Bool {
        guard value.first == "{" else { return false }
        let rest = value.dropFirst().drop { $0 == " " || $0 == "\t" }
        let word = String(String.UnicodeScalarView(rest.prefix(while: isWord)))
        return ["credential", "file", "command"].contains(word)
    }

    private static func isAfterSign(_ scalars: [Unicode.Scalar], _ from: Int, _ to: Int) -> Bool {
        scalars[from..<to].contains { $0 == "=" || $0 == ":" || $0 == " " }
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
            || scalar == "-"
    }
}
