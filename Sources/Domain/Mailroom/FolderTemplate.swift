package import Text

/// A folder as the configuration spells it: `{default}/{year}/{month} E-Mail`.
package struct FolderTemplate: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// What stands in braces.
    package enum Word: String, CaseIterable, Sendable {
        /// The account's default folder, whatever it is called.
        case `default`
        case year
        case month
        case monthName = "month_name"
    }

    /// Why a template is none.
    package enum Mistake: Error, Hashable, Sendable {
        case empty
        case unknownWord(String)
        case openBrace
        /// `..`, an absolute path, or an empty component.
        case notBelowTheAccount
    }

    package static let defaultFolder = FolderTemplate(trusted: "{default}")

    package init(_ text: String) throws(Mistake) {
        guard !text.isEmpty else { throw .empty }
        for component in text.split(separator: "/", omittingEmptySubsequences: false) {
            guard !component.isEmpty, component != ".", component != ".." else { throw .notBelowTheAccount }
        }
        for piece in try Self.pieces(text) {
            if case .word(let word) = piece, Word(rawValue: word) == nil { throw .unknownWord(word) }
        }
        self.text = text
    }

    private init(trusted text: String) { self.text = text }

    package var description: String { text }

    /// The folder for a document of an account, each component made safe for disk.
    ///
    /// `date` is INTERNALDATE's in the firm's time zone: a Date header may say
    /// anything. A slash within a folder's own name opens no level.
    package func expanded(default folder: String, date: CivilTime, language: Language) -> FolderPath {
        let components = text.split(separator: "/").map { component -> String in
            let pieces = (try? Self.pieces(String(component))) ?? []
            let words = pieces.map { piece -> String in
                switch piece {
                case .literal(let text): text
                case .word(let word):
                    switch Word(rawValue: word) {
                    case .default: folder
                    case .year: String(date.year)
                    case .month: CivilTime.two(date.month)
                    case .monthName: language.monthName(date.month) ?? CivilTime.two(date.month)
                    case nil: word
                    }
                }
            }
            return SafeName.directory(words.joined())
        }
        return FolderPath(components) ?? FolderPath(top: SafeName.directory(folder))
    }

    private enum Piece {
        case literal(String)
        case word(String)
    }

    private static func pieces(_ text: String) throws(Mistake) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            guard rest[brace] == "{", let end = rest[brace...].firstIndex(of: "}") else { throw .openBrace }
            pieces.append(.literal(String(rest[..<brace])))
            pieces.append(.word(String(rest[rest.index(after: brace)..<end])))
            rest = rest[rest.index(after: end)...]
        }
        pieces.append(.literal(String(rest)))
        return pieces
    }
}
