import Glibc
import Testing

/// One file of Tests/Fixtures/Containers.
struct Fixture: CustomTestStringConvertible, Sendable {
    let name: String
    var path: String { Self.folder + "/" + name }
    /// What is expected of it, beside it.
    var expectation: String { path + ".expected" }
    var fileExtension: String { name.split(separator: ".").last.map { String($0) } ?? "" }
    var testDescription: String { name }

    static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    static let folder = root + "/Tests/Fixtures/Containers"

    /// All of them with one of these extensions; an empty folder is a mistake.
    static func all(_ extensions: String...) -> [Fixture] {
        let fixtures = names(in: folder).sorted().map { Fixture(name: $0) }
            .filter { extensions.contains($0.fileExtension) }
        precondition(!fixtures.isEmpty, "there are no fixtures in \(folder)")
        return fixtures
    }

    private static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names
    }

    func octets() -> [UInt8] { File.read(path) ?? [] }

    static let updates = getenv("UPDATE_FIXTURES") != nil
}
