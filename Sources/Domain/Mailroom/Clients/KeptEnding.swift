/// A document's ending, which stays when a client gives it another name: no text becomes a program.
///
/// | name | as typed | becomes |
/// |---|---|---|
/// | `Notiz.txt` | `Brief` | `Brief.txt` |
/// | `Notiz.txt` | `Brief.TXT` | `Brief.TXT` |
/// | `Notiz.txt` | `Notiz.bat` | `Notiz.bat.txt` |
/// | `Notiz` | `Notiz.bat` | `Notiz_bat` |
package struct KeptEnding: Hashable, Sendable {
    /// With its dot; empty: the name has none.
    private let ending: String

    package init(of name: String) { ending = Self.ending(of: name) }

    /// The name that a typed one becomes.
    package func name(typed: String) -> String {
        let typed = String(typed.reversed().drop { $0 == "." || $0.isWhitespace }.reversed())
        let other = Self.ending(of: typed)
        if ending.isEmpty {
            return other.isEmpty ? typed : typed.dropLast(other.count) + "_" + other.dropFirst()
        }
        return other.lowercased() == ending.lowercased() || typed.isEmpty ? typed : typed + ending
    }

    /// What a system could tell the kind of a file by: what is behind the last dot, without blanks.
    private static func ending(of name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
        let rest = name[name.index(after: dot)...]
        return rest.isEmpty || rest.contains(where: \.isWhitespace) ? "" : String(name[dot...])
    }
}
