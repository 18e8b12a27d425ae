internal import TOML

extension Configuration {
    /// Reads a configuration and everything that is wrong with it.
    ///
    /// - Parameters:
    ///   - main: the path of the main file.
    ///   - dropIns: a directory whose `*.toml` are read after it, by name; nil for `conf.d` beside it.
    ///   - texts: a directory with the texts of letters, `de/request.txt`; nil for `texts` beside it.
    ///   - isTimeZone: whether a name is one of the time zone database.
    /// - Returns: no configuration when a diagnostic is an error. Warnings may come with one.
    package static func load(
        main: String, dropIns: String? = nil, texts: String? = nil,
        isTimeZone: @escaping (String) -> Bool = looksLikeTimeZone,
        schema: Schema = .current
    ) -> (configuration: Configuration?, diagnostics: [Diagnostic]) {
        let (directory, mainName) = split(main)
        let dropIns = dropIns ?? "\(directory)conf.d"
        let (parent, dropInsName) = split(dropIns.hasSuffix("/") ? String(dropIns.dropLast()) : dropIns)
        let prefix = parent == directory ? dropInsName : dropIns

        var checker = Checker(schema, isTimeZone: isTimeZone)
        var problems: [Diagnostic] = []
        var files: [String] = []
        var names: [String] = []
        do throws(TOMLError) {
            names = try SourceFile.list(dropIns)
        } catch {
            problems.append(Diagnostic(.error, "cannot read this directory: \(error)", file: prefix))
        }
        for (path, name) in [(main, mainName)] + names.map({ ("\(dropIns)/\($0)", "\(prefix)/\($0)") }) {
            do throws(TOMLError) {
                let source = try SourceFile.read(path, name: name)
                files.append(name)
                let document = Document(source)
                checker.read(document)
                if path == main, document.mistakes.isEmpty,
                    source.lines.allSatisfy({ $0.allSatisfy(\.isWhitespace) }), names.isEmpty
                {
                    problems.append(
                        Diagnostic(.warning, "the file is empty: every default holds", file: name))
                }
            } catch {
                problems.append(
                    Diagnostic(
                        .error, "cannot read this file: \(error)", file: name,
                        hint: path == main ? hint(error, path) : nil)
                )
            }
        }
        checker.finish()
        let letters = LetterFiles(texts ?? "\(directory)texts", name: texts ?? "texts")
        files += letters.files
        let all = sorted(problems + checker.diagnostics + letters.diagnostics, files)
        guard !all.contains(where: { $0.severity == .error }) else { return (nil, all) }
        return (Configuration(checker.settings, files: files, letters: letters.texts), all)
    }

    /// Whether a name has the shape of `Europe/Berlin`; for where no database is at hand.
    package static func looksLikeTimeZone(_ name: String) -> Bool {
        let words = name.split(separator: "/", omittingEmptySubsequences: false)
        let isWord: (Substring) -> Bool = { word in
            word.first?.isLetter == true
                && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_+-".contains($0)) }
        }
        return words.allSatisfy(isWord) && (words.count > 1 || name == "UTC")
    }

    private static func split(_ path: String) -> (directory: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return ("", path) }
        return (String(path[...slash]), String(path[path.index(after: slash)...]))
    }

    private static func hint(_ error: TOMLError, _ path: String) -> String? {
        switch error.code {
        case .missing: "a sample is in the documentation: copy it to \(path), or name another file with -C"
        case .notReadable: "the user mailroom must be able to read it"
        case .notAFile, .tooLarge: nil
        }
    }

    /// File by file, from the top; each once.
    private static func sorted(_ diagnostics: [Diagnostic], _ files: [String]) -> [Diagnostic] {
        func key(_ diagnostic: Diagnostic) -> (Int, Int, Int) {
            let file = files.firstIndex(of: diagnostic.file) ?? -1
            return (file, diagnostic.span?.line ?? 0, diagnostic.span?.column ?? 0)
        }
        var seen: Set<Diagnostic> = []
        return diagnostics.filter { seen.insert($0).inserted }.enumerated()
            .sorted { one, other in
                let (left, right) = (key(one.element), key(other.element))
                return left == right ? one.offset < other.offset : left < right
            }
            .map(\.element)
    }
}
