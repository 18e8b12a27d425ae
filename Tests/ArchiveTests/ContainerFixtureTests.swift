import Archive
import Glibc
import Mail
import Testing

@Suite("Containers that were made by others are opened in the locked-down child")
struct ContainerFixtureTests {
    @Test("what a container gives is what its expectation says", arguments: Fixture.all("zip", "tnef", "p7m"))
    func unwraps(fixture: Fixture) throws {
        let octets = fixture.octets()
        let kind =
            ContainerKind(
                mediaType: .octets, name: fixture.name, firstOctets: Array(octets.prefix(16)))
            ?? (fixture.fileExtension == "zip" ? .zip : .tnef)
        var collector = Collector()
        let outcome = try unwrap(kind, octets, into: &collector)
        var lines = ["\(outcome.ending), \(outcome.members) members, \(outcome.octets) octets"]
        // After the colon are the words of a library's version.
        if !outcome.words.isEmpty { lines.append(String(outcome.words.prefix { $0 != ":" })) }
        if outcome.ending == .complete {
            for received in collector.members {
                #expect(received.hasEnded)
                #expect(received.member.size == nil || received.member.size == received.octets.count)
                lines.append(describe(received, in: fixture.name))
            }
        }
        try check(lines, fixture)
    }

    @Test(
        "what kind of document a zip is", arguments: Fixture.all("docx", "xlsm", "odt", "ods", "epub", "zip"))
    func facts(fixture: Fixture) throws {
        let facts = File.with(fixture.octets()) { TestChild.containers.zipFacts(descriptor: $0) }
        let found = try #require(facts)
        let isArchive = fixture.fileExtension == "zip"
        if isArchive {
            #expect([.archive, .damaged].contains(found.kind))
            return
        }
        let line = "\(found.kind)\(found.hasMacros ? " macros" : "")\(found.isEncrypted ? " encrypted" : "")"
        try check([line, "\(found.members) members"], fixture)
    }

    static let hasPDFInfo = access("/usr/bin/pdfinfo", X_OK) == 0

    @Test(
        "whether a PDF opens without a password",
        .enabled(if: hasPDFInfo, "skipped: pdfinfo of poppler-utils is not installed"),
        arguments: Fixture.all("pdf"))
    func pdf(fixture: Fixture) throws {
        let facts = File.with(fixture.octets()) { TestChild.containers.pdfFacts(descriptor: $0) }
        try check(["\(facts.opening)\(facts.pages.map { ", \($0) pages" } ?? "")"], fixture)
    }

    @Test("a PDF that is surely not encrypted needs no child", arguments: Fixture.all("pdf"))
    func scan(fixture: Fixture) {
        var scanner = PDFEncryptionScanner()
        scanner.feed(fixture.octets().span)
        #expect(scanner.maybeEncrypted == (fixture.name != "open.pdf"))
    }

    private func unwrap(
        _ kind: ContainerKind, _ octets: [UInt8], into collector: inout Collector
    ) throws -> UnwrapOutcome {
        try File.with(octets) { descriptor in
            try TestChild.containers.unwrap(kind, descriptor: descriptor, into: &collector)
        }
    }

    private func describe(_ received: Collector.Received, in container: String) -> String {
        let member = received.member
        let name = member.path ?? member.name(within: container)
        var line = "\(member.index) \(member.role) \(name.map { "\"\($0)\"" } ?? "-")"
        if let type = member.mediaType { line += " \(type)" }
        if let id = member.contentID { line += " <\(id)>" }
        line += " \(received.octets.count) octets, CRC-32 \(String(CRC32.of(received.octets), radix: 16))"
        if let modified = member.modified { line += ", \(modified)" }
        return line
    }

    private func check(_ lines: [String], _ fixture: Fixture) throws {
        let found = lines.joined(separator: "\n") + "\n"
        if Fixture.updates { File.write(fixture.expectation, Array(found.utf8)) }
        let expected = try #require(File.read(fixture.expectation), "UPDATE_FIXTURES=1 writes it")
        #expect(found == String(decoding: expected, as: UTF8.self))
    }
}
