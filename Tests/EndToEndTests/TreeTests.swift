import Glibc
import Mail
import SQLite
import TestServers
import Testing

extension EndToEnd {
    @Suite("Documents that people edit in place")
    struct TreeTests {
        private func firm(_ documents: String = "copies") throws -> Firm {
            let firm = Firm([], storage: "documents = \"\(documents)\"")
            try firm.addClients()
            return firm
        }

        /// Does something in an account's directory, as people do with their own programs.
        private func people(_ firm: Firm, _ script: String) {
            let words = "mkdir -p \"$1\" && cd \"$1\" && { \(script)\n}"
            let done = ChildProcess.run(
                ["sh", "-ec", words, "sh", firm.data + "/documents/1 Bolt Ltd/Internal"])
            precondition(done.status == 0, "\(script): \(done.text)")
        }

        /// Every document and how it is: `a.pdf 1`: one version before; `a.pdf 0 trash`.
        private func documents(_ database: Connection) throws -> [String] {
            try database.rows(
                """
                SELECT name, (SELECT count(*) FROM document_version WHERE document = document.id), trashed FROM document
                ORDER BY name
                """
            ) { "\($0.text(0)) \($0.int(1))\($0.isNull(2) ? "" : " trash")" }
        }

        @Test("changed, put there, renamed and taken away: the daemon follows, and stops when it is told to")
        func followed() async throws {
            let firm = try firm()
            let daemon = firm.serve()
            let database = try firm.openDatabase()
            #expect(
                try await until(30) { firm.run("status", "--json").text.contains("\"watched\": ") },
                "\(firm.logText)")
            people(firm, "printf one > a.pdf; mkdir x; printf two > x/b.pdf")
            #expect(try await until(60) { try documents(database) == ["a.pdf 0", "b.pdf 0"] })
            people(firm, "printf three > .s; mv .s a.pdf")
            #expect(try await until(60) { try documents(database) == ["a.pdf 1", "b.pdf 0"] })
            people(firm, "mv a.pdf x/c.pdf; rm x/b.pdf")
            #expect(try await until(60) { try documents(database) == ["b.pdf 0 trash", "c.pdf 1"] })
            let listed = firm.run("file", "list", "--json").text
            #expect(listed.contains("\"folder\": \"Internal/x\"") || listed.contains("c.pdf"), "\(listed)")
            people(firm, "ln -s /etc/passwd passwd.pdf")
            #expect(
                try await until(60) { firm.run("file", "disk").text.contains("Internal/passwd.pdf") })
            #expect(firm.run("status").text.contains("Edited on disk"))
            daemon.signal(SIGTERM)
            #expect(await daemon.end(within: 4) == 0, "\(firm.logText)")
        }

        @Test("what changed while no daemon ran is adopted at the start")
        func whileAway() async throws {
            let firm = try firm()
            people(firm, "printf one > a.pdf")
            let first = firm.serve()
            let database = try firm.openDatabase()
            #expect(try await until(60) { try documents(database) == ["a.pdf 0"] }, "\(firm.logText)")
            first.signal(SIGTERM)
            #expect(await first.end(within: 4) == 0)
            people(firm, "printf two > a.pdf; printf new > n.pdf")
            let second = firm.serve()
            #expect(try await until(60) { try documents(database) == ["a.pdf 1", "n.pdf 0"] })
            second.signal(SIGTERM)
            #expect(await second.end(within: 4) == 0)
        }

        @Test(
            "killed between any two steps it is one document in the end, and its octets are kept",
            .enabled(if: Binary.takesOrders, "a release build takes no orders to fail"),
            arguments: ["upload-published", "upload-flushed", "upload-recorded"],
            ["printf two > a.pdf", "printf x > n.pdf"])
        func killed(_ point: String, _ script: String) async throws {
            let firm = try firm()
            people(firm, "printf one > a.pdf")
            let database = try firm.openDatabase()
            let first = firm.serve()
            #expect(try await until(60) { try documents(database) == ["a.pdf 0"] }, "\(firm.logText)")
            first.signal(SIGTERM)
            #expect(await first.end(within: 4) == 0)
            people(firm, script)
            let killed = firm.serve(["MAILROOM_FAULT": "kill:\(point):1"])
            #expect(await killed.end(within: 60) == 128 + SIGKILL)
            let last = firm.serve()
            let expected = script.contains("a.pdf") ? ["a.pdf 1"] : ["a.pdf 0", "n.pdf 0"]
            #expect(try await until(60) { try documents(database) == expected })
            #expect(try await until(60) { firm.run("status", "--json").text.contains("\"last_pass\": \"") })
            #expect(try documents(database) == expected)
            let missing = try database.rows("SELECT hex(sha256) FROM document") { $0.text(0) }.filter { hex in
                let name = hex.lowercased()
                return TestDirectory.read(firm.data + "/content/\(name.prefix(2))/\(name)") == nil
            }
            #expect(missing == [])
            last.signal(SIGTERM)
            #expect(await last.end(within: 4) == 0)
        }
    }
}
