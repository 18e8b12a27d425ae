import Glibc

/// The package's own files, found from where this file was compiled.
enum Package {
    static let root = String(#filePath.dropLast("/Tests/MailroomTests/Package.swift".count))

    /// Compares with a golden file, or rewrites it with UPDATE_FIXTURES=1.
    static func isGolden(_ text: String, _ path: String) -> Bool {
        let updates = getenv("UPDATE_FIXTURES").map { String(cString: $0) } == "1"
        return updates ? write(text, path) : read(path) == text
    }

    static func write(_ text: String, _ path: String) -> Bool {
        guard let file = fopen(path, "w") else { return false }
        defer { fclose(file) }
        return fputs(text, file) >= 0
    }

    static func read(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { octets += buffer[..<count] }
        return String(decoding: octets, as: UTF8.self)
    }
}
