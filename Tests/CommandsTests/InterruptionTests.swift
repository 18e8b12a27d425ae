import Daemon
import Glibc
import Mail
import Mailroom
import Store
import TestServers
import Testing

@testable import Commands

/// The built `mailroom`, told to die at a point of its way.
@Suite("A power cut while a document moves leaves one document")
struct InterruptionTests {
    /// Beside the tests, where the package manager puts both.
    static let binary: String? = {
        let tests = Bundle.path
        let path = tests.split(separator: "/").dropLast().joined(separator: "/")
        return access("/\(path)/mailroom", X_OK) == 0 ? "/\(path)/mailroom" : nil
    }()

    struct Case: Sendable, CustomTestStringConvertible {
        let sentence: String
        let words: [String]
        let point: String
        /// Below the account's directory, before and after the next start.
        let before: [String]
        let after: [String]
        var testDescription: String { sentence }
    }

    private static let old = "Mandantenunterlagen/2026/Stunden.pdf"
    private static let new = "Intern/Stunden.pdf"
    private static let move = ["file", "move", "1", "--folder", "Intern"]

    @Test(
        "at every point",
        arguments: [
            Case(
                sentence: "moved: recorded, and the file still at the old place", words: move,
                point: "move-recorded", before: [old], after: [new]),
            Case(
                sentence: "moved: renamed, and not yet recorded so", words: move, point: "move-renamed",
                before: [new], after: [new]),
            Case(
                sentence: "taken out: recorded, and the file still there", words: ["file", "unfile", "1"],
                point: "move-recorded", before: [old], after: []),
            Case(
                sentence: "taken out: in the trash, and not yet recorded so", words: ["file", "unfile", "1"],
                point: "move-renamed", before: [], after: []),
        ])
    func killed(_ one: Case) async throws {
        guard let binary = Self.binary else {
            print("skipped: the mailroom binary is not built")
            return
        }
        let directory = try await prepared()
        let top = "10482 Hofmann/"
        let killed = run(
            [binary, "-C", directory.file("mailroom.toml")] + one.words,
            environment: "MAILROOM_FAULT=kill:\(one.point):1")
        #expect(killed.status != 0)
        #expect(files(directory) == one.before.map { top + $0 })
        // The next start finishes what was begun; one more changes nothing.
        for _ in 0..<2 {
            let list = run([binary, "-C", directory.file("mailroom.toml"), "file", "list", "--json"])
            #expect(list.status == 0)
            #expect(list.text.split(separator: "\n").count == one.after.count)
            #expect(files(directory) == one.after.map { top + $0 })
        }
        let again = run(
            [binary, "-C", directory.file("mailroom.toml"), "file", "release", "1"])
        #expect(again.status == 0)
        #expect(files(directory).count == 1)
    }

    @Test("a document filed under the name that one is just leaving is not taken along")
    func nameReused() async throws {
        let bench = try await Bench()
        _ = try await bench.lines(
            "account", "add", "Hofmann", "--number", "10482", "--address", "buero@hofmann-brot.example")
        try await bench.receive(Letter().with("Stunden.pdf", Letter.pdf))
        // Its row has left, its file has not: the same content comes again, and gets the very name.
        try await bench.office.data.store.write { transaction in
            _ = try transaction.takeOut(DocumentID(1), now: Bench.now)
        }
        let message = try await bench.receive(Letter(id: "2@x").with("Stunden.pdf", Letter.pdf))
        #expect(bench.files == ["10482 Hofmann/" + Self.old])
        let parts = try await bench.office.data.store.read { try $0.parts(of: message) }
        #expect(parts.last?.state == .filed)
        #expect(try await bench.office.data.store.read { try $0.pendingMoves() }.isEmpty)
    }

    /// A firm with one document, closed again.
    private func prepared() async throws -> TestDirectory {
        let bench = try await Bench()
        _ = try await bench.lines(
            "account", "add", "Hofmann", "--number", "10482", "--address", "buero@hofmann-brot.example")
        try await bench.receive(Letter().with("Stunden.pdf", Letter.pdf))
        return bench.directory
    }

    private func run(_ words: [String], environment: String = "A=B") -> ChildProcess.Output {
        ChildProcess.run(["env", environment] + words)
    }

    private func files(_ directory: TestDirectory) -> [String] {
        Bench.files(in: directory.file("data/documents"))
    }
}

/// Where the running tests are.
private enum Bundle {
    static let path: String = {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let program = String(
            decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // swift test runs the bundle through a helper; its name is among the arguments then.
        return CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? program
    }()
}
