import Mailroom
import TestServers
import Testing

@testable import Commands

@Suite("The command line helps whoever types it")
struct HelpTests {
    private func run(_ words: String...) async -> (code: ExitCode, printed: Printed) {
        let printed = Printed()
        return (await Dispatch.run(words, printed), printed)
    }

    @Test("help fits into a terminal of 80 columns", arguments: [""] + CommandTable.forPeople.map(\.name))
    func width(_ name: String) async {
        let words = name.split(separator: " ").map(String.init) + ["--help"]
        let printed = Printed()
        #expect(await Dispatch.run(words, printed) == .ok)
        #expect(printed.lines.filter { $0.columns > 80 } == [])
    }

    @Test("an option and its value stay on one line of the synopsis")
    func synopsis() async {
        let lines = await run("request", "send", "--help").printed.lines
        #expect(lines[0].hasPrefix("usage: mailroom request send NUMBER TITLE | ID [--"))
        let usage = lines.prefix { !$0.hasPrefix("asks") }
        #expect(usage.allSatisfy { line in line.count { $0 == "[" } == line.count { $0 == "]" } })
        #expect(usage.dropFirst().allSatisfy { $0.hasPrefix("         [") })
    }

    @Test("what only Mailroom itself gives is offered to nobody")
    func ownCommands() async {
        #expect(CommandTable.all.contains { $0.name == "queue learn" })
        #expect(!CommandTable.help.contains("queue learn"))
        #expect(await run("queue").printed.complaints == ["queue what? list, show, retry, hold, cancel"])
        #expect(!Completion.script(for: "bash")!.contains("learn"))
    }

    @Test(
        "-C and --json stand before the command or after it",
        arguments: [
            ["--json", "version"], ["version", "--json"], ["-C", "none.toml", "--json", "version"],
            ["--json", "-C", "none.toml", "version"], ["version", "-C", "none.toml", "--json"],
        ])
    func before(_ words: [String]) async {
        let printed = Printed()
        #expect(await Dispatch.run(words, printed) == .ok)
        #expect(printed.text == "{\"version\": \"1.0.0\"}\n")
    }

    @Test("the file after -C is read, wherever that stands")
    func configuration() async throws {
        let directory = TestDirectory()
        directory.write("[firm]\nname = \"Bolt & Nut\"\n", to: "mailroom.toml")
        let path = directory.file("mailroom.toml")
        for words in [["-C", path, "config", "firm.name"], ["config", "-C", path, "firm.name"]] {
            let printed = Printed()
            #expect(await Dispatch.run(words, printed) == .ok)
            #expect(printed.text.hasPrefix("[firm]\nname = \"Bolt & Nut\""))
            #expect(printed.text.hasSuffix("mailroom.toml:2\n") && !printed.text.hasSuffix("\n\n"))
        }
    }

    @Test("too few and too many words name the command and where its help is")
    func wrong() async {
        let few = await run("request", "send")
        #expect(few.code == .usage)
        #expect(
            few.printed.complaints == [
                "“request send” wants NUMBER TITLE | ID: see mailroom request send --help"
            ])
        let many = await run("version", "2")
        #expect(many.code == .usage)
        #expect(many.printed.complaints == ["“2” is too much for “version”: see mailroom version --help"])
    }

    @Test(
        "of a noun its verbs are listed, and of a verb what it takes",
        arguments: [
            (["share", "--help"], "usage: mailroom share VERB"),
            (["help", "share"], "usage: mailroom share VERB"),
            (["share", "-h"], "share revoke"),
            (["help", "share", "add"], "usage: mailroom share add NUMBER"),
            (["help", "status"], "usage: mailroom status"),
        ])
    func ofNoun(_ words: [String], _ text: String) async {
        let printed = Printed()
        #expect(await Dispatch.run(words, printed) == .ok)
        #expect(printed.text.contains(text))
    }

    @Test("check names the files of settings, and counts those of letters")
    func checked() async {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let (code, printed) = await run("check", "-C", "/\(root)/Config/mailroom.toml")
        #expect(code == .ok)
        #expect(printed.lines.first == "mailroom.toml, \(LetterKind.allCases.count * 3) texts of letters: ok")
    }

    @Test(
        "bash completes",
        arguments: [
            ("mailroom req", "request"), ("mailroom -C x.toml req", "request"),
            ("mailroom --json que", "queue"), ("mailroom -C x.toml queue re", "retry"),
            ("mailroom message reply 5 --att", "--attach"), ("mailroom completion b", "bash"),
        ])
    func completed(_ line: String, _ word: String) {
        let script = """
            eval "$1"
            COMP_WORDS=($2)
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _mailroom
            echo "${COMPREPLY[*]}"
            """
        let answer = ChildProcess.run(["bash", "-c", script, "bash", Completion.script(for: "bash")!, line])
        #expect(answer.text == word + "\n")
    }

    @Test("a file that is not there is named as it was given")
    func missingFile() async {
        for words in [["inspect", "/none/a.eml"], ["account", "import", "none.csv"]] {
            let printed = Printed()
            #expect(await Dispatch.run(words, printed) == .noSuchThing)
            #expect(printed.complaints == ["there is no file \(words.last!)"])
        }
    }

    @Test("a file of defaults is no JSON, and says where that is")
    func defaultsInJSON() async {
        let (code, printed) = await run("config", "--defaults", "--json")
        #expect(code == .usage && printed.octets.isEmpty)
        #expect(printed.complaints == ["--defaults prints a file: config --all --json has its values"])
    }

    @Test("what waits for staff is told in lines that fit, each figure on one of its own")
    func status() async throws {
        let bench = try await Bench()
        _ = try await bench.receive(Letter().with("a.pdf", Letter.pdf))
        let lines = try await bench.lines("status")
        #expect(lines.contains("Waiting for staff  1: 1 unmatched"))
        #expect(lines.contains("Unknown senders    1"))
        #expect(lines.filter { $0.columns > 80 } == [])
    }

    @Test("an account's number alone is no request: its title is asked for")
    func title() async throws {
        let asking = try await Asking()
        let (code, printed) = await asking.bench.run("request", "send", "10482")
        #expect(code == .usage)
        #expect(
            printed.complaints == ["what shall account 10482 be asked for? request send 10482 TITLE"])
        let unknown = await asking.bench.run("request", "send", "77")
        #expect(unknown.printed.complaints == ["there is no request 77"])
    }

    @Test("a letter of ours is listed with whom it went to")
    func outgoing() async throws {
        let asking = try await Asking()
        _ = try await asking.ask()
        let lines = try await asking.bench.lines("message", "list")
        #expect(lines[0].contains("FROM OR TO"))
        #expect(lines[1].contains("→ Sabine Hofmann"))
    }
}
