import Configuration
import Secrets
import Testing

import struct Text.CivilDay

@Suite("A configuration has a value for everything")
struct ConfigurationTests {
    private func load(_ text: String) throws -> Configuration {
        let scratch = Scratch()
        let loaded = Configuration.load(main: scratch.write("mailroom.toml", text))
        #expect(loaded.diagnostics.filter { $0.severity == .error }.map(\.text) == [])
        return try #require(loaded.configuration)
    }

    @Test("an empty file leaves every default")
    func defaults() throws {
        let configuration = try load("")
        #expect(configuration.firm.timeZone == "UTC")
        #expect(configuration.firm.language == .en)
        #expect(configuration.storage.data == "/var/lib/mailroom")
        #expect(configuration.storage.minimumFree == 2 << 30)
        #expect(configuration.mailboxes.isEmpty)
        #expect(configuration.matching.senderAuthentication == .standard)
        #expect(configuration.matching.usesPrimary)
        #expect(configuration.filing.mode == .auto)
        #expect(configuration.filing.largest == 100 << 20)
        #expect(
            configuration.filing.folder.components
                == [[.word(.default)], [.word(.year)], [.word(.month)]])
        #expect(configuration.folders.map(\.name.en) == ["Client uploads", "Shared with client", "Internal"])
        #expect(configuration.folders.map(\.access) == [.edit, .view, .private])
        #expect(configuration.folders.map(\.isDefault) == [true, false, false])
        #expect(configuration.scanning.clamd == nil)
        #expect(configuration.log.isPrivate)
    }

    private static let mailbox = """
        [mailbox.x]
        host = "imap.example.net"
        user = "x@example.net"
        password = { credential = "x" }

        """

    @Test("a mailbox's defaults depend on each other")
    func mailbox() throws {
        let plain = try #require(try load(Self.mailbox)[mailbox: "x"])
        #expect(plain.port == 993)
        #expect(plain.password == .credential("x"))
        #expect(plain.senderChecks == .servers([]))
        #expect(plain.folders.map(\.subject) == [.use("\\Inbox"), .use("\\Sent"), .name("*")])
        #expect(plain.unmatched == .keep)
        #expect(plain.poll == 300)
        #expect(plain.dailyBytes == nil)
        let moved = try load("# a line above\n" + Self.mailbox)
        #expect(moved.place(of: "mailbox.x")?.description == "mailroom.toml:2")
        #expect(moved[mailbox: "x"] == plain)
        #expect(try load(Self.mailbox + "idle = false\n")[mailbox: "x"] != plain)

        let starttls = try load(Self.mailbox + "security = \"starttls\"\n")
        #expect(starttls[mailbox: "x"]?.port == 143)
        #expect(starttls.rows(of: "mailbox.x.port").map(\.value) == ["143"])
        #expect(starttls.rows(of: "mailbox.x.port").map(\.isDefault) == [true])
        let chosen = try load(Self.mailbox + "security = \"starttls\"\nport = 993\n")[mailbox: "x"]
        #expect(chosen?.port == 993)
        let owned = try load(Self.mailbox + "owner = \"jana\"\n")[mailbox: "x"]
        #expect(owned?.unmatched == .ignore)
        let kept = try load(Self.mailbox + "owner = \"jana\"\nunmatched = \"headers\"\n")[mailbox: "x"]
        #expect(kept?.unmatched == .headers)
        let firm = try load(Self.mailbox + "[matching]\nunmatched = \"headers\"\n")[mailbox: "x"]
        #expect(firm?.unmatched == .headers)
    }

    @Test("special values have their own shapes")
    func shapes() throws {
        let configuration = try load(
            Self.mailbox + """
                sender_checks = "microsoft365"
                folders = ['\\inbox', "!Private/*", "Kunden/%"]
                since = 2024-02-29
                daily_bytes = "500 MB"
                [filing]
                folder = "{default}/{year}/{month} {month_name} E-Mail"
                [[folder]]
                name = { de = "Belege" }
                access = "edit"
                default = true
                """)
        let mailbox = try #require(configuration[mailbox: "x"])
        #expect(mailbox.senderChecks == .microsoft365)
        #expect(mailbox.folders.map(\.subject) == [.use("\\Inbox"), .name("Private/*"), .name("Kunden/%")])
        #expect(mailbox.folders.map(\.isExclusion) == [false, true, false])
        #expect(mailbox.since == CivilDay(year: 2024, month: 2, day: 29))
        #expect(mailbox.dailyBytes == 500 << 20)
        #expect(
            configuration.filing.folder.components.last
                == [.word(.month), .literal(" "), .word(.monthName), .literal(" E-Mail")])
        #expect(configuration.folders.map { $0.name[.ja] } == ["Belege"])
    }

    @Test("without a database a time zone has at least the shape of one")
    func timeZones() {
        let names = ["Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+1"]
        #expect(names.allSatisfy(Configuration.looksLikeTimeZone))
        #expect(
            !["", "Berlin", "Europe/", "/Europe", "MEZ", "+01:00", "../etc"].contains(
                where: Configuration.looksLikeTimeZone))
    }

    @Test("a key of an earlier version is read as the one that replaced it, with a warning")
    func retired() throws {
        let configuration = try load("[matching]\nown_domains = [\"bergmann.example\"]\n")
        #expect(configuration.firm.domains == ["bergmann.example"])
        #expect(configuration.place(of: "firm.domains")?.line == 2)
    }

    @Test("a key that was removed warns and says why")
    func removed() {
        let schema = Schema(
            Schema.current.sections,
            retired: ["log.colour": .removed(because: "the journal has colours of its own")])
        let scratch = Scratch()
        let path = scratch.write("mailroom.toml", "[log]\ncolour = true\n")
        let loaded = Configuration.load(main: path, schema: schema)
        #expect(loaded.configuration != nil)
        #expect(loaded.diagnostics.map(\.severity) == [.warning])
        #expect(loaded.diagnostics.first?.hint == "the journal has colours of its own")
    }

    @Test("a mistake as programs read it has a span")
    func json() {
        let scratch = Scratch()
        let path = scratch.write("mailroom.toml", "[log]\nlevl = \"a\\\"b\"\n")
        let diagnostics = Configuration.load(main: path).diagnostics
        #expect(
            diagnostics.map(\.json) == [
                #"{"severity": "error", "file": "mailroom.toml", "#
                    + #""message": "unknown setting “levl” in [log]", "#
                    + #""hint": "did you mean “level”?", "line": 2, "column": 1, "#
                    + #""end_line": 2, "end_column": 5, "#
                    + #""source": "levl = \"a\\\"b\""}"#
            ])
    }
}
