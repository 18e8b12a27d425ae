import Configuration
import Daemon
import Glibc
import Intake
import Mail
import Mailroom
import Store
import TestServers
import Testing

@testable import Commands

@Suite("file disk: what in the tree of documents needs a person")
struct FileDiskTests {
    private func bench() async throws -> Bench {
        let bench = try await Bench()
        _ = try await bench.lines(
            "account", "add", "Hofmann", "--number", "1", "--address", "buero@hofmann-brot.example")
        try await bench.receive(
            Letter().with("a.pdf", Letter.pdf("a")).with("b.pdf", Letter.pdf("b")))
        return bench
    }

    /// Documents that are on the disk, by their last component.
    private func names(_ bench: Bench) -> [String] {
        ChildProcess.run(["find", bench.documents, "-type", "f", "-name", "*.pdf", "-printf", "%f\n"]).text
            .split(separator: "\n").map(String.init).sorted()
    }

    private func lose(_ name: String, _ bench: Bench) async throws {
        let done = ChildProcess.run(["find", bench.documents, "-name", name, "-delete"])
        #expect(done.status == 0)
        let account = try #require(
            try await bench.office.data.store.read { try $0.accountDirectories().first })
        let report = DiskReport(.gone, path: account.directory, account: account.id, since: Bench.now)
        try await bench.office.data.store.write {
            try $0.report([report], of: account.id, now: Bench.now)
        }
    }

    @Test("nothing, at first; then what is gone, in the list, the status and the figures")
    func told() async throws {
        let bench = try await bench()
        #expect(try await bench.lines("file", "disk") == ["Nothing on the disk needs you."])
        try await lose("a.pdf", bench)
        let lines = try await bench.lines("file", "disk", "--account", "1")
        #expect(lines.count == 3 && lines[1].contains("1 document gone"), "\(lines)")
        #expect(lines[1].hasSuffix("1 Hofmann"))
        let json = try await bench.lines("file", "disk", "--json")
        let told = "{\"kind\": \"gone\", \"path\": \"1 Hofmann\", \"count\": 1"
        #expect(json.count == 1 && json[0].hasPrefix(told))
        let report = try await StatusReport(bench.desk)
        #expect(report.problems.contains("“1 Hofmann”: 1 document gone from the disk: mailroom file disk"))
        #expect(report.prometheus.contains("mailroom_tree_reports 1\n"))
        #expect(report.json.text.contains("\"edited_on_disk\": false"))
    }

    @Test("restored, the file is there again, with a row in the audit")
    func restored() async throws {
        let bench = try await bench()
        try await lose("a.pdf", bench)
        #expect(names(bench) == ["b.pdf"])
        #expect(
            try await bench.lines("file", "disk", "--account", "1", "--restore") == [
                "made anew: 1 document of account 1"
            ])
        #expect(names(bench) == ["a.pdf", "b.pdf"])
        #expect(try await bench.lines("file", "disk") == ["Nothing on the disk needs you."])
        #expect(try await bench.audit().first?.action == "disk.restore")
        #expect(try await bench.audit().first?.actor == "jana")
    }

    @Test("taken for deleted, it goes to the trash in the name of whoever said so, and comes back from there")
    func trashed() async throws {
        let bench = try await bench()
        try await lose("a.pdf", bench)
        #expect(
            try await bench.lines("file", "disk", "--account", "1", "--trash", "--json") == ["{\"trash\": 1}"]
        )
        #expect(try await bench.lines("file", "list", "--json").count == 1)
        let deeds = try await bench.audit().prefix(2).map { "\($0.actor) \($0.action)" }
        #expect(deeds == ["jana disk.trash", "jana file.trash"])
    }

    @Test(
        "words that can't be meant are refused",
        arguments: [
            ["--trash"], ["--restore"], ["--account", "1", "--trash", "--restore"], ["--account", "7"],
        ])
    func refused(_ words: [String]) async throws {
        let bench = try await bench()
        let (code, _) = await bench.run(["file", "disk"] + words)
        #expect(code != .ok)
        #expect(names(bench) == ["a.pdf", "b.pdf"])
    }

    @Test("check tells of a tree that others may write to, while it is for reading only")
    func rights() async throws {
        let bench = try await bench()
        let (configuration, _) = ConfigurationFile.read(bench.configurationPath)
        let storage = try #require(configuration).storage
        #expect(TreeRights.trouble(in: storage) == nil)
        chmod(bench.documents + "/1 Hofmann", 0o770)
        #expect(TreeRights.trouble(in: storage)?.contains("documents/1 Hofmann may be written to") == true)
    }
}
