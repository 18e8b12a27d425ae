import Configuration
import Testing

@Suite("Files in conf.d are read after the main one, by name")
struct DropInTests {
    private static let main = """
        [firm]
        name = "Bergmann"
        [log]
        level = "debug"
        [mailbox.office]
        host = "imap.example.net"
        user = "office@example.net"
        password = { credential = "office" }
        port = 993
        [[filing.rule]]
        name = "first"
        from = ["*@a.example"]
        folder = "{default}"
        [[folder]]
        name = "Belege"
        access = "edit"
        default = true

        """

    @Test("later single values win, and the places of both are known")
    func laterWins() throws {
        let scratch = Scratch()
        let main = scratch.write("mailroom.toml", Self.main)
        scratch.write("conf.d/20-b.toml", "[mailbox.office]\nport = 1143\n")
        scratch.write(
            "conf.d/10-a.toml", "[mailbox.office]\nport = 2143\nbatch = 5\n[log]\nlevel = \"error\"\n")
        let (configuration, diagnostics) = Configuration.load(main: main)
        #expect(diagnostics.map(\.text) == [])
        let office = try #require(configuration?[mailbox: "office"])
        #expect(office.port == 1143)
        #expect(office.batch == 5)
        #expect(configuration?.log.level == .error)
        #expect(configuration?.files == ["mailroom.toml", "conf.d/10-a.toml", "conf.d/20-b.toml"])
        #expect(configuration?.place(of: "mailbox.office.port")?.description == "conf.d/20-b.toml:2")
        #expect(configuration?.place(of: "mailbox.office.host")?.description == "mailroom.toml:6")
        #expect(configuration?.place(of: "mailbox.office.idle") == nil)
        let row = configuration?.rows(of: "mailbox.office.port").first
        #expect(row?.origin == "conf.d/20-b.toml:2, over mailroom.toml:9 and conf.d/10-a.toml:2")
    }

    @Test("rules and folders are added, and a mailbox may come in a file of its own")
    func added() throws {
        let scratch = Scratch()
        let main = scratch.write("mailroom.toml", Self.main)
        scratch.write(
            "conf.d/50-site.toml",
            """
            [[filing.rule]]
            name = "second"
            mailbox = ["payroll"]
            folder = "{default}/{year}"
            [[folder]]
            name = "Intern"
            access = "private"
            [mailbox.payroll]
            host = "imap.example.net"
            user = "payroll@example.net"
            password = { file = "/etc/mailroom/secrets/payroll" }
            """)
        let (configuration, diagnostics) = Configuration.load(main: main)
        #expect(diagnostics.map(\.text) == [])
        #expect(configuration?.rules.map(\.name) == ["first", "second"])
        #expect(
            configuration?.rules.map(\.place.description) == ["mailroom.toml:10", "conf.d/50-site.toml:1"])
        #expect(configuration?.folders.map(\.name.de) == ["Belege", "Intern"])
        #expect(configuration?.mailboxes.map(\.name) == ["office", "payroll"])
    }

    @Test("a key twice is an error within one file only")
    func twice() {
        let scratch = Scratch()
        let main = scratch.write("mailroom.toml", Self.main + "\n[firm]\nphone = \"1\"\n")
        let diagnostics = Configuration.load(main: main).diagnostics
        #expect(diagnostics.map(\.message) == ["[firm] is there twice"])
    }

    @Test("mistakes of all files are told, file by file")
    func mistakes() {
        let scratch = Scratch()
        let main = scratch.write("mailroom.toml", Self.main.replacing("firm", with: "form"))
        scratch.write("conf.d/a.toml", "[log]\nlevl = 1\n")
        scratch.write("conf.d/b.toml", "[log\n")
        let diagnostics = Configuration.load(main: main).diagnostics
        #expect(diagnostics.map(\.file) == ["mailroom.toml", "conf.d/a.toml", "conf.d/b.toml"])
    }

    @Test("hidden files, other endings and a directory that is not there are no drop-ins")
    func ignored() {
        let scratch = Scratch()
        let main = scratch.write("mailroom.toml", Self.main)
        scratch.write("conf.d/.#50-site.toml", "nonsense")
        scratch.write("conf.d/50-site.toml.bak", "nonsense")
        #expect(Configuration.load(main: main).diagnostics.map(\.text) == [])
        #expect(Configuration.load(main: main, dropIns: "\(scratch.path)/none").diagnostics.map(\.text) == [])
    }

    @Test("a file that cannot be read is told with its reason")
    func unreadable() {
        let scratch = Scratch()
        let missing = Configuration.load(main: "\(scratch.path)/none.toml")
        #expect(missing.configuration == nil)
        #expect(missing.diagnostics.map(\.message) == ["cannot read this file: No such file or directory"])
        scratch.write("conf.d/inner", "")
        let directory = Configuration.load(main: "\(scratch.path)/conf.d")
        #expect(
            directory.diagnostics.map(\.text) == ["conf.d: error: cannot read this file: it is a directory"])
        let large = scratch.write("large.toml", [UInt8](repeating: 0x0A, count: 1_100_000))
        #expect(
            Configuration.load(main: large).diagnostics.map(\.message) == [
                "cannot read this file: it is larger than 1 MB"
            ])
    }
}
