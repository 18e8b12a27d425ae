import Glibc
import Secrets
import Testing

@Suite("A secret is read from where nobody else could have read it, and never printed")
struct SecretTests {
    @Test("a secret prints as a mask, however it is printed")
    func mask() {
        let secret = Secret("hunter2")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in [
            "\(secret)", String(reflecting: secret), String(describing: [secret]),
            "\(Optional(secret) as Any)", dumped,
        ] {
            #expect(!text.contains("hunter2"))
            #expect(text.contains("•••"))
        }
        #expect(secret.revealed == "hunter2")
    }

    struct Mode: CustomTestStringConvertible {
        let mode: mode_t
        let isAllowed: Bool
        var testDescription: String { String(mode, radix: 8) }
    }

    /// Every mode of three digits whose owner may read: only nothing for group and others is allowed.
    static let modes = (0..<512).map(mode_t.init).filter { $0 & 0o400 != 0 }
        .map { Mode(mode: $0, isAllowed: $0 & 0o077 == 0) }

    @Test("a file that group or others can touch is refused, with the command that mends it")
    func modes() throws {
        let scratch = Scratch()
        for mode in Self.modes {
            let path = scratch.write("secret", "hunter2\n", mode: mode.mode)
            let source = SecretSource.file(path)
            if mode.isAllowed {
                #expect(try source.read().revealed == "hunter2", "\(mode.testDescription)")
            } else {
                let error = #expect(throws: SecretError.self) { try source.read() }
                #expect(error?.code == .exposed, "\(mode.testDescription)")
                #expect(error?.description.hasSuffix("Do: chmod 600 \(path)") == true)
            }
            chmod(path, 0o600)
        }
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let octets: [UInt8]
        let secret: String?

        init(_ sentence: String, _ text: String, is secret: String?) {
            self.init(sentence, octets: Array(text.utf8), is: secret)
        }

        init(_ sentence: String, octets: [UInt8], is secret: String?) {
            testDescription = sentence
            self.octets = octets
            self.secret = secret
        }
    }

    @Test(
        "one line is the secret, without its end",
        arguments: [
            Case("with a newline", "hunter2\n", is: "hunter2"),
            Case("without one", "hunter2", is: "hunter2"),
            Case("written on Windows", "hunter2\r\n", is: "hunter2"),
            Case("blanks belong to it", " hunter 2 \n", is: " hunter 2 "),
            Case("letters of the world", "pässwört請求\n", is: "pässwört請求"),
            Case("empty", "", is: nil),
            Case("an empty line", "\n", is: nil),
            Case("two lines", "hunter2\nhunter3\n", is: nil),
            Case("a NUL", "hunter\u{0}2\n", is: nil),
            Case("Latin-1", octets: [0x70, 0xE4, 0x0A], is: nil),
            Case("a key file taken by mistake", String(repeating: "x", count: 9_000), is: nil),
        ])
    func contents(_ example: Case) throws {
        let scratch = Scratch()
        let source = SecretSource.file(scratch.write("secret", example.octets, mode: 0o600))
        guard let secret = example.secret else {
            let error = #expect(throws: SecretError.self) { try source.read() }
            #expect(error?.code == .unusable)
            #expect(error?.description.contains("hunter") == false)
            return
        }
        #expect(try source.read().revealed == secret)
    }

    @Test("links, directories, pipes and files that are not there are refused")
    func strangeFiles() {
        let scratch = Scratch()
        let real = scratch.write("real", "hunter2\n", mode: 0o600)
        symlink(real, "\(scratch.path)/link")
        mkfifo("\(scratch.path)/pipe", 0o600)
        let codes = ["link", "pipe", "", "none"].map { name in
            #expect(throws: SecretError.self) { try SecretSource.file("\(scratch.path)/\(name)").read() }?
                .code
        }
        #expect(codes == [.unreadable, .unreadable, .unreadable, .missing])
    }

    @Test("a credential is systemd's with the prefix, then without, then the file in the directory")
    func credentials() throws {
        let scratch = Scratch()
        let places = SecretPlaces(
            credentials: "\(scratch.path)/credentials", directory: "\(scratch.path)/secrets",
            timeLimit: .seconds(5))
        let source = SecretSource.credential("office-imap")
        let error = #expect(throws: SecretError.self) { try source.read(places) }
        #expect(error?.code == .missing)
        #expect(error?.description.contains("chmod 600 \(scratch.path)/secrets/office-imap") == true)

        scratch.write("secrets/office-imap", "third\n", mode: 0o600)
        #expect(try source.read(places).revealed == "third")
        // An access list shows as a group that may read: systemd's directory guards it.
        scratch.write("credentials/office-imap", "second\n", mode: 0o440)
        #expect(try source.read(places).revealed == "second")
        scratch.write("credentials/mailroom_office-imap", "first\n", mode: 0o440)
        #expect(try source.read(places).revealed == "first")

        let outside = SecretPlaces(credentials: nil, directory: places.directory, timeLimit: .seconds(5))
        scratch.write("secrets/office-imap", "third\n", mode: 0o640)
        #expect(throws: SecretError.self) { try source.read(outside) }
    }

    @Test("names of credentials are no paths")
    func names() {
        #expect(["office-imap", "a.b", "A_1"].allSatisfy(SecretSource.isName))
        #expect(!["", "../a", "a/b", ".a", "a b", "ä"].contains(where: SecretSource.isName))
    }

    @Test("the first line of a command's output is the secret, with a shell or without")
    func commands() throws {
        #expect(
            try SecretSource.command(["printf", "hunter2\\nlogin: kate\\n"]).read().revealed == "hunter2")
        #expect(try SecretSource.shell("echo hunter2 | tr h H").read().revealed == "Hunter2")
        #expect(try SecretSource.command(["/bin/echo", "$HOME; *"]).read().revealed == "$HOME; *")
        #expect(try SecretSource.shell("echo hunter2; head -c 300000 /dev/zero").read().revealed == "hunter2")
        #expect(try SecretSource.shell("cat; echo no input").read().revealed == "no input")
    }

    @Test("a command that fails is told by its exit code, without a word of its output")
    func failures() {
        let scratch = Scratch()
        let cases: [(SecretSource, SecretError.Code, String)] = [
            (.shell("echo hunter2; exit 3"), .commandFailed, "exit code 3"),
            (.shell("kill -9 $$"), .commandFailed, "signal 9"),
            (.command(["\(scratch.path)/none"]), .commandFailed, "No such file"),
            (.shell("true"), .unusable, "empty"),
        ]
        for (source, code, words) in cases {
            let error = #expect(throws: SecretError.self) { try source.read() }
            #expect(error?.code == code)
            #expect(error?.description.contains(words) == true)
            #expect(error?.description.contains("hunter2") == false)
        }
    }

    @Test("a command that does not end is ended, with its children")
    func timeLimit() {
        let scratch = Scratch()
        let places = SecretPlaces(credentials: nil, directory: "/none", timeLimit: .milliseconds(200))
        let start = ContinuousClock.now
        let keep = "echo $! > \(scratch.path)/child"
        for line in ["echo hunter2; sleep 60 & \(keep); wait", "exec >/dev/null; sleep 60 & \(keep); wait"] {
            let error = #expect(throws: SecretError.self) { try SecretSource.shell(line).read(places) }
            #expect(error?.code == .timedOut)
            #expect(error?.isTransient == true)
            let child = Scratch.read("\(scratch.path)/child").map { $0.filter(\.isNumber) } ?? ""
            while Self.runs(child), ContinuousClock.now - start < .seconds(20) { sched_yield() }
            #expect(!child.isEmpty && !Self.runs(child))
        }
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    /// A dead child may stay a zombie where nobody waits for orphans.
    private static func runs(_ process: String) -> Bool {
        guard let status = Scratch.read("/proc/\(process)/stat"), !status.isEmpty else { return false }
        return !status.contains(") Z ") && !status.contains(") X ")
    }
}
