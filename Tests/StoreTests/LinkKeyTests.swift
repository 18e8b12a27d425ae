import Files
import Glibc
import Mailroom
import Testing

@testable import Store

@Suite("The key of links: made once, read by nobody else, never replaced")
struct LinkKeyTests {
    private let scratch = ScratchDirectory()

    private func data(_ name: String = "data") async throws -> DataDirectory {
        try await DataDirectory.open(path: scratch.file(name))
    }

    private static func token(_ key: LinkKey) -> String {
        LinkToken(.request(RequestID(1)), purpose: .upload, generation: 0, key: key).text
    }

    @Test("it is made on first need, with mode 0600, and is the same from then on")
    func made() async throws {
        let data = try await data()
        #expect(access(data.path + "/keys/link", F_OK) != 0)
        let key = try data.linkKey()
        #expect(Self.token(key) == Self.token(try data.linkKey()))
        var status = stat()
        #expect(stat(data.path + "/keys/link", &status) == 0)
        #expect(status.st_mode & 0o7777 == 0o600)
        #expect(status.st_size == 32)
        let other = try await self.data("other")
        #expect(Self.token(try other.linkKey()) != Self.token(key))
    }

    @Test("one that others can read, and what is no key, is refused and left as it is")
    func refused() async throws {
        let data = try await data()
        _ = try data.linkKey()
        let path = data.path + "/keys/link"
        chmod(path, 0o640)
        #expect(throws: StoreError.self) { try data.linkKey() }
        chmod(path, 0o600)
        let file = fopen(path, "w")!
        fputs("short", file)
        fclose(file)
        #expect(throws: StoreError.self) { try data.linkKey() }
        #expect(try data.directory.directory("keys").contents(of: "link") == Array("short".utf8))
    }
}
