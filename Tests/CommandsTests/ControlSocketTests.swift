import Configuration
import Daemon
import Glibc
import Mail
import Store
import Systemd
import TestServers
import Testing

@testable import Commands

@Suite("Commands by a daemon's control socket")
struct ControlSocketTests {
    /// A daemon over data that has one message with a big attachment.
    private func serving(
        _ body: (TestDirectory, Letter, MessageNumber) async throws -> Void
    ) async throws {
        let (directory, letter, number) = try await prepared()
        let (configuration, _) = ConfigurationFile.read(directory.file("mailroom.toml"))
        let serve = try await Serve.start(
            try #require(configuration), log: Log(identifier: "mailroom", least: .error)
        ) { Desk.handler($0) }
        let running = Task { await serve.run() }
        do {
            try await body(directory, letter, number)
        } catch {
            running.cancel()
            await running.value
            throw error
        }
        running.cancel()
        await running.value
    }

    private func prepared() async throws -> (TestDirectory, Letter, MessageNumber) {
        let bench = try await Bench()
        _ = try await bench.lines(
            "account", "add", "Hofmann", "--number", "10482", "--address", "buero@hofmann-brot.example")
        let big = Letter.pdf + (0..<700_000).map { UInt8(truncatingIfNeeded: $0 * 11 + $0 >> 10) }
        let letter = Letter().with("big.pdf", big)
        return (bench.directory, letter, try await bench.receive(letter))
    }

    private func run(_ directory: TestDirectory, _ words: String...) async -> (ExitCode, Printed) {
        let printed = Printed()
        let code = await Dispatch.run(["-C", directory.file("mailroom.toml")] + words, printed)
        return (code, printed)
    }

    @Test("what the daemon answers is what it would be without one")
    func answers() async throws {
        try await serving { directory, letter, number in
            let (code, list) = await run(directory, "message", "list", "--json")
            #expect(code == .ok)
            #expect(list.lines.count == 1 && list.lines[0].hasPrefix("{\"id\": \(number), "))
            let (missing, wrong) = await run(directory, "message", "show", "99")
            #expect(missing == .noSuchThing)
            #expect(wrong.complaints == ["there is no message 99"])
        }
    }

    @Test("a message is saved to the octet, by the client, into a file of the client's")
    func save() async throws {
        try await serving { directory, letter, number in
            let (_, out) = await run(directory, "message", "save", "\(number)")
            #expect(out.octets == letter.octets)
            let path = directory.file("saved.eml")
            let (code, silent) = await run(directory, "message", "save", "\(number)", "--to", path)
            #expect(code == .ok && silent.octets.isEmpty)
            #expect(TestDirectory.read(path) == letter.octets)
            let (none, _) = await run(directory, "message", "save", "99", "--to", directory.file("none.eml"))
            #expect(none == .noSuchThing)
            #expect(access(directory.file("none.eml"), F_OK) != 0)
        }
    }

    @Test("files the client names are read by the client")
    func files() async throws {
        try await serving { directory, letter, number in
            directory.write(
                "number,account,type,contact,kind,address,language,switches\n2,Zwei,client,,,,,\n",
                to: "accounts.csv")
            let (code, printed) = await run(directory, "account", "import", directory.file("accounts.csv"))
            #expect(code == .ok && printed.lines.first == "+ 2 Zwei")
            directory.write(Letter(from: "x@stranger.example", id: "7@x").octets, to: "a.eml")
            let (explained, why) = await run(directory, "explain", directory.file("a.eml"), "--json")
            #expect(explained == .ok && why.text.contains("\"match\": \"unmatched\""))
            let (missing, _) = await run(directory, "explain", directory.file("none.eml"))
            #expect(missing == .noSuchThing)
        }
    }

    @Test("who asked is in the audit by the kernel's word")
    func actor() async throws {
        let directory = try await {
            var kept: TestDirectory?
            try await serving { directory, _, _ in
                _ = await run(directory, "file", "move", "1", "--folder", "Intern")
                kept = directory
            }
            return try #require(kept)
        }()
        let bench = try await Bench(reusing: directory)
        let entry = try await bench.audit()[0]
        #expect(entry.action == "file.move")
        #expect(entry.actor == Actor.current)
        #expect(bench.files == ["10482 Hofmann/Intern/big.pdf"])
    }

    @Test("a daemon of other data is not asked")
    func otherData() async throws {
        try await serving { directory, _, _ in
            let socket = directory.file("data/control.sock")
            let complaints = Printed()
            // It is answered at once, before any command runs.
            let exit = try ControlClient.run(
                ControlRequest(words: ["account", "list"], file: nil, terminal: false, data: "/elsewhere"),
                sockets: [socket], out: { complaints.write($0) }, complain: { complaints.complain($0) })
            #expect(exit == nil)
            #expect(complaints.octets.isEmpty && complaints.complaints.isEmpty)
        }
    }
}
