import Configuration
import Glibc
import Testing

@Suite("What is said about the settings is what they are")
struct DocumentationTests {
    private static let sample = Scratch.read("\(Package.root)/Config/mailroom.toml") ?? ""

    private func load(_ text: String) -> (configuration: Configuration?, diagnostics: [Diagnostic]) {
        let scratch = Scratch()
        return Configuration.load(main: scratch.write("mailroom.toml", text))
    }

    /// The sample with its example sections taken in: one # less on each of their lines.
    private static func withExamples(_ text: String) -> String {
        var isExample = false
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            if line.hasPrefix("#[") { isExample = true }
            if line.isEmpty { isExample = false }
            return isExample ? line.dropFirst() : line
        }
        return lines.joined(separator: "\n")
    }

    /// `#key = …`: what the sample calls a default.
    private static func isDefault(_ line: Substring) -> Bool {
        guard line.hasPrefix("#"), let second = line.dropFirst().first, second.isLowercase else {
            return false
        }
        return line.dropFirst().drop { $0.isLetter || $0 == "_" }.drop { $0 == " " }.hasPrefix("=")
    }

    @Test("every setting and every section is described in whole sentences, with the version that brought it")
    func described() {
        for section in Schema.current.sections {
            #expect(section.text.count > 20 && section.text.hasSuffix("."), "\(section.name)")
            for setting in section.settings {
                let name = "\(section.name).\(setting.key)"
                #expect(setting.text.count > 30, "\(name)")
                #expect(setting.text.hasSuffix(".") && setting.text.first?.isUppercase == true, "\(name)")
                #expect(setting.since.first?.isNumber == true, "\(name)")
                #expect(setting.key.allSatisfy { $0.isLowercase || $0 == "_" }, "\(name)")
                #expect(setting.text.count { $0 == "`" }.isMultiple(of: 2), "\(name)")
            }
        }
    }

    @Test("the sample loads without a word, and so do its examples")
    func sampleLoads() {
        #expect(load(Self.sample).diagnostics.map(\.text) == [])
        let (configuration, diagnostics) = load(Self.withExamples(Self.sample))
        #expect(diagnostics.map(\.text) == [])
        #expect(configuration?.mailboxes.count == 2)
        #expect(configuration?.rules.count == 2)
    }

    @Test("the sample names every setting of this version, and no other")
    func sampleIsComplete() {
        var section = ""
        var named: Set<String> = []
        for line in Self.withExamples(Self.sample).split(separator: "\n") {
            let isHeader = line.hasPrefix("[")
            if isHeader {
                let name = line.drop { $0 == "[" }.prefix { $0 != "]" }
                section = name.hasPrefix("mailbox.") ? "mailbox" : String(name)
            }
            let key = line.drop { $0 == "#" || $0 == " " }.prefix { $0.isLowercase || $0 == "_" }
            let rest = line.drop { $0 == "#" || $0 == " " }.dropFirst(key.count).drop { $0 == " " }
            if !isHeader, rest.hasPrefix("=") { named.insert("\(section).\(key)") }
        }
        let known = Schema.current.sections.flatMap { section in
            section.settings.map { "\(section.name).\($0.key)" }
        }
        #expect(named.symmetricDifference(known).sorted() == [])
    }

    @Test("each default the sample shows is the default")
    func sampleDefaults() {
        let text = Self.withExamples(Self.sample)
        let values = load(text).configuration?.rows().map(\.value)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var count = 0
        for index in lines.indices where Self.isDefault(lines[index]) {
            let line = lines[index]
            lines[index] = line.dropFirst()
            let loaded = load(lines.joined(separator: "\n"))
            #expect(loaded.diagnostics.map(\.text) == [], "\(line)")
            #expect(loaded.configuration?.rows().map(\.value) == values, "\(line)")
            lines[index] = line
            count += 1
        }
        #expect(count > 25)
    }

    @Test("the defaults as a file change nothing, and each default in it is the default")
    func defaults() {
        let text = DefaultsText.render()
        let plain = load(text)
        #expect(plain.diagnostics.map(\.text) == [])
        #expect(plain.configuration?.differences() == [])
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        // All of it at once: lists, mailboxes and examples too.
        for index in lines.indices where Self.isDefault(lines[index]) || lines[index].hasPrefix("#[") {
            lines[index] = lines[index].dropFirst()
        }
        let all = load(lines.joined(separator: "\n").replacing("default = false", with: "default = true"))
        #expect(all.diagnostics.map(\.text) == [])
        let known = Schema.current.sections.flatMap(\.settings).count
        #expect(all.configuration?.rows().count { $0.place != nil } == known)
    }

    @Test(
        "the man pages are without a fault",
        arguments: ["mailroom.toml.5", "mailroom-secrets.7", "mailroom-filing.7", "mailroom-texts.7"])
    func lint(page: String) throws {
        guard access("/usr/bin/mandoc", X_OK) == 0 else {
            print("skipped: man pages are not checked without mandoc")
            return
        }
        let command = "/usr/bin/mandoc -T lint '\(Package.root)/Config/\(page)' 2>&1"
        let stream = try #require(popen(command, "r"))
        defer { pclose(stream) }
        var complaints: [String] = []
        var line = [CChar](repeating: 0, count: 1_024)
        while fgets(&line, 1_024, stream) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            // Pages that refer to each other are not installed where tests run.
            let isOfInstallation = text.contains("referenced manual not found") || text.contains("mandoc.db")
            if !isOfInstallation { complaints.append(text) }
        }
        #expect(complaints == [])
    }

    @Test("the man page in Config is made from the schema")
    func manualPage() {
        let page = ManualPage.render()
        #expect(
            Package.isGolden(page, "\(Package.root)/Config/mailroom.toml.5"), "UPDATE_FIXTURES=1 rewrites it")
        for section in Schema.current.sections {
            for setting in section.settings { #expect(page.contains(".It Ic \(setting.key)\n")) }
        }
    }
}
