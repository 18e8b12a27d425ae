import Files
import HTTP
import Testing

@testable import Web

@Suite("Whoever tries every route finds it")
struct RouteTests {
    @Test("each stands in the sources as a word of its own, where Tests/Checks/fuzz_routes.py looks")
    func listed() async throws {
        let parts = #filePath.split(separator: "/").dropLast(3)
        let web = "/" + parts.joined(separator: "/") + "/Sources/Services/Web"
        guard let sources = try? Directory.open(path: web) else {
            return print("skipped: Whoever tries every route finds it: no sources beside the tests")
        }
        let text = try Self.text(sources)
        let routes = try await OpenSite.open().site.router.routes
        #expect(routes.count > 150)
        for pattern in Set(routes.map { "\($0.pattern)" }) {
            #expect(text.contains("\"\(pattern)\""), "\(pattern)")
        }
    }

    private static func text(_ directory: Directory) throws -> String {
        try directory.names().sorted().map { name in
            if name.hasSuffix(".swift") {
                return String(
                    decoding: try directory.open(name).readAll(limit: 1 << 20), as: UTF8.self)
            }
            let isDirectory = try directory.status(of: name).kind == .directory
            return isDirectory ? try text(directory.directory(name)) : ""
        }.joined(separator: "\n")
    }
}
