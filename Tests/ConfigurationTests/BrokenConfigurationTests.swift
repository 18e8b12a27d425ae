import Configuration
import Testing

/// Each `Fixtures/Configs/NAME.toml` and the exact words it dies with.
@Suite("A broken configuration says what is wrong, where, and what to write instead")
struct BrokenConfigurationTests {
    static let directory = "\(Package.root)/Tests/Fixtures/Configs"
    static let names = Scratch.names(directory).filter { $0.hasSuffix(".toml") }.map {
        String($0.dropLast(5))
    }

    @Test("there are broken configurations to try")
    func fixtures() {
        #expect(Self.names.count >= 25)
    }

    @Test("it dies with exactly these words", arguments: names)
    func words(name: String) {
        let path = "\(Self.directory)/\(name).toml"
        let loaded = Configuration.load(
            main: path, dropIns: "\(Self.directory)/none", isTimeZone: ["Europe/Berlin", "UTC"].contains)
        let text =
            loaded.diagnostics.map(\.text).joined(separator: "\n") + "\n"
            + Diagnostic.summary(loaded.diagnostics) + "\n"
        #expect(Package.isGolden(text, "\(Self.directory)/\(name).error"), "\(text)")
        let isWarned = name.hasPrefix("warn-")
        #expect((loaded.configuration == nil) == !isWarned)
        #expect(!loaded.diagnostics.isEmpty)
        // Every fixture's secret is this word; it may stand nowhere.
        #expect(!text.contains("hunter2"))
        #expect(!loaded.diagnostics.contains { $0.json.contains("hunter2") })
    }
}
