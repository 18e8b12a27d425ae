import TestServers
import Testing

@testable import Commands

@Suite("mailroom(8) and the table of commands agree")
struct ManualPageTests {
    /// From this file: Tests/CommandsTests/ManualPageTests.swift.
    private static let manual: String = {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return String(decoding: TestDirectory.read("/\(root)/systemd/mailroom.8") ?? [], as: UTF8.self)
    }()

    /// The head of each item that describes a command: `message save Ar message …`.
    private static let items: [[String]] = manual.split(separator: "\n").filter { $0.hasPrefix(".It Cm ") }
        .map { $0.dropFirst(7).split(separator: " ").map(String.init) }

    private static func item(of command: Command) -> [String]? {
        let words = command.name.split(separator: " ").map(String.init)
        return items.first {
            $0.starts(with: words) && ($0.count == words.count || $0[words.count].first!.isUppercase)
        }
    }

    /// `Fl -all | -origin` is `--all` and `--origin`.
    private static func options(_ item: [String]) -> Set<String> {
        var options: Set<String> = []
        var isFlag = false
        for word in item {
            if word == "Fl" {
                isFlag = true
            } else if isFlag, word.hasPrefix("-") {
                options.insert("-" + word)
            } else {
                isFlag = isFlag && word == "|"
            }
        }
        return options
    }

    @Test("every command is described, with every option it has", arguments: CommandTable.all.map(\.name))
    func described(_ name: String) throws {
        let command = CommandTable.all.first { $0.name == name }!
        let item = try #require(Self.item(of: command), "mailroom(8) does not describe “\(name)”")
        #expect(Self.options(item) == Set(command.options.map(\.name)).subtracting(["--json"]))
    }

    @Test("every command that is described is there")
    func there() {
        let described = Self.items.map { item in
            item.prefix { $0.first!.isLowercase }.joined(separator: " ")
        }
        let known = Set(CommandTable.all.map(\.name) + ["child"])
        #expect(described.filter { !known.contains($0) } == [])
        #expect(described.count == Set(described).count)
    }

    @Test("mandoc has nothing to say about the page")
    func lint() {
        guard ChildProcess.find("mandoc") != nil else {
            print("skipped: mandoc is not installed")
            return
        }
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let output = ChildProcess.run(["mandoc", "-Tlint", "-Wwarning", "/\(root)/systemd/mailroom.8"])
        #expect(output.text == "")
    }
}
