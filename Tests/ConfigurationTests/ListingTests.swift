import Configuration
import Testing

@Suite("`mailroom config` tells what is in force, and why")
struct ListingTests {
    private static let text = """
        [firm]
        name = "Bergmann & Partner"
        language = "en"

        [mailbox.office]
        host = "imap.example.net"
        user = "office@example.net"
        password = { command = ["pass", "show", "office"] }
        folders = ["\\\\Inbox", "!Private/*"]
        since = 2025-01-01
        daily_bytes = "2048 MB"

        [[filing.rule]]
        name = "Payroll"
        mailbox = ["office"]
        folder = "{default}/Lohn"

        """

    private func configuration() throws -> Configuration {
        let scratch = Scratch()
        let loaded = Configuration.load(main: scratch.write("mailroom.toml", Self.text))
        #expect(loaded.diagnostics.map(\.text) == [])
        return try #require(loaded.configuration)
    }

    @Test("only what differs is listed, as a file that says the same, each line with its place")
    func differences() throws {
        let rows = try configuration().differences()
        let text = Configuration.text(rows)
        #expect(
            text == """
                [firm]
                name = "Bergmann & Partner"                     # mailroom.toml:2

                [mailbox.office]
                host = "imap.example.net"                       # mailroom.toml:6
                user = "office@example.net"                     # mailroom.toml:7
                password = { command = ["pass", "show", "office"] }  # mailroom.toml:8
                folders = ["\\\\Inbox", "!Private/*"]             # mailroom.toml:9
                since = 2025-01-01                              # mailroom.toml:10
                daily_bytes = "2 GB"                            # mailroom.toml:11

                [[filing.rule]]
                name = "Payroll"                                # mailroom.toml:14
                mailbox = ["office"]                            # mailroom.toml:15
                folder = "{default}/Lohn"                       # mailroom.toml:16

                """)
        let scratch = Scratch()
        let again = Configuration.load(main: scratch.write("mailroom.toml", text))
        #expect(again.configuration?.differences().map(\.value) == rows.map(\.value))
    }

    @Test("everything can be listed, one section, or one key")
    func rows() throws {
        let configuration = try configuration()
        let all = configuration.rows()
        #expect(
            all.contains {
                $0.key == "storage.data" && $0.value == "\"/var/lib/mailroom\"" && $0.origin == "default"
            })
        #expect(all.contains { $0.key == "firm.phone" && $0.value == nil && $0.origin == "not set" })
        // Written, and the same as the default.
        #expect(all.contains { $0.key == "firm.language" && $0.isDefault && $0.origin == "mailroom.toml:3" })
        #expect(configuration.rows(of: "mailbox.office.port").map(\.value) == ["993"])
        #expect(configuration.rows(of: "filing.rule.1").count == 6)
        #expect(configuration.rows(of: "mailbox.off").isEmpty)
        let scratch = Scratch()
        let again = Configuration.load(main: scratch.write("mailroom.toml", Configuration.text(all)))
        #expect(again.diagnostics.map(\.text) == [])
        #expect(again.configuration?.rows().map(\.value) == all.map(\.value))
    }

    @Test("a row for programs")
    func json() throws {
        let rows = try configuration().rows(of: "firm")
        #expect(
            rows[0].json == #"{"key": "firm.name", "value": "\"Bergmann & Partner\"", "default": false, "#
                + #""file": "mailroom.toml", "line": 2}"#)
    }
}
