import Glibc

/// The package's own files, found from where this file was compiled.
enum Package {
    static let root: String = {
        let path = #filePath
        return path.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
    }()

    /// Whether golden files are to be written anew.
    static let updates = getenv("UPDATE_FIXTURES").map { String(cString: $0) } == "1"

    /// Compares with a golden file, or rewrites it.
    static func isGolden(_ text: String, _ path: String) -> Bool {
        if updates {
            let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
            defer { close(descriptor) }
            return write(descriptor, text, text.utf8.count) == text.utf8.count
        }
        return Scratch.read(path) == text
    }
}
