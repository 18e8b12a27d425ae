import Mail
import Testing
import Text

@testable import Mailroom

/// Where documents go.
extension FilingPlanTests {
    static let ruled = change { settings in
        settings.timeZone = TimeZone("Europe/Berlin")!
        settings.folder = try! FolderTemplate("{default}/{year}/{month} E-Mail")
        settings.folderWhere = "mailroom.toml:90"
        settings.rules = [
            FilingRule(
                name: "Payroll", sources: ["payroll"],
                folder: try! FolderTemplate("{default}/{year}/Lohn {month_name}"),
                at: "mailroom.toml:97"),
            FilingRule(
                name: "Invoices",
                fileNames: ["rechnung*", "*[ _-]rechnung*", "*請求書*"].map { NamePattern($0)! },
                folder: try! FolderTemplate("{default}/{year}/Belege"), at: "mailroom.toml:102"),
            FilingRule(
                name: "Reports", fileNames: [NamePattern("bwa*")!],
                folder: try! FolderTemplate("Auswertungen"),
                at: "mailroom.toml:107"),
            FilingRule(
                name: "New", fileNames: [NamePattern("vertrag*")!],
                folder: try! FolderTemplate("Verträge/{year}"),
                at: "mailroom.toml:111"),
        ]
    }

    @Test(
        "the first fitting rule says where, and months are the firm's",
        arguments: [
            Case(
                "no rule fits", pdf(), settings: ruled, .filed, folder: "Mandantenunterlagen/2026/04 E-Mail"),
            Case(
                "by mailbox", pdf(), context: matched(source: "payroll"), settings: ruled, .filed,
                folder: "Mandantenunterlagen/2026/Lohn April"),
            Case(
                "by file name", part("application/pdf", "RECHNUNG 1.pdf", isPDF), settings: ruled, .filed,
                folder: "Mandantenunterlagen/2026/Belege"),
            Case(
                "by a set in the pattern", part("application/pdf", "ACME-Rechnung.pdf", isPDF),
                settings: ruled, .filed,
                folder: "Mandantenunterlagen/2026/Belege"),
            Case(
                "in Japanese, for a Japanese account", part("application/pdf", "3月請求書.pdf", isPDF),
                context: matched(.address, Town.tanaka), settings: ruled, .filed,
                folder: "お客様資料/2026/Belege"),
            Case(
                "month names are the account's", pdf(),
                context: matched(.address, Town.tanaka, source: "payroll"),
                settings: ruled, .filed, folder: "お客様資料/2026/Lohn 4月"),
            Case(
                "the first of two", part("application/pdf", "rechnung.pdf", isPDF),
                context: matched(source: "payroll"),
                settings: ruled, .filed, folder: "Mandantenunterlagen/2026/Lohn April"),
            Case(
                "open goes into Intake whatever a rule says", pdf(),
                context: matched(verdict: .open, source: "payroll"),
                settings: ruled, .filed, folder: "Posteingang"),
            Case(
                "no name fits no name pattern", part("application/pdf", nil, isPDF), settings: ruled, .filed,
                folder: "Mandantenunterlagen/2026/04 E-Mail"),
        ])
    func rules(_ case: Case) throws { try Self.check(`case`) }

    @Test("access is the folder's, and one that doesn't exist yet is private")
    func access() throws {
        func destination(_ name: String, _ context: FilingContext = Self.matched()) throws -> PartPlan {
            let part = Self.part("application/pdf", name, Self.isPDF)
            return try #require(FilingPlan(Self.ruled).plan(context, [part]) { _, _ in false }.first)
        }
        #expect(try destination("a.pdf").destination?.access == .edit)
        #expect(try destination("a.pdf").where == "mailroom.toml:90")
        #expect(try destination("bwa.pdf").destination?.access == .view)
        #expect(try destination("bwa.pdf").where == "mailroom.toml:107")
        #expect(try destination("vertrag.pdf").destination?.access == .private)
        #expect(try destination("vertrag.pdf").destination?.folder.description == "Verträge/2026")
        #expect(try destination("a.pdf", Self.matched(verdict: .open)).destination?.access == .private)
    }

    struct Condition: CustomTestStringConvertible, Sendable {
        let sentence: String
        let from: String
        let subject: String
        let name: String
        let fits: Bool

        var testDescription: String { sentence }
    }

    @Test(
        "all conditions of a rule must fit",
        arguments: [
            Condition(
                sentence: "all do", from: "lohn@bolt.example", subject: "LOHN 3", name: "a.pdf", fits: true),
            Condition(
                sentence: "another sender", from: "x@bolt.example", subject: "Lohn", name: "a.pdf",
                fits: false),
            Condition(
                sentence: "another subject", from: "lohn@bolt.example", subject: "x", name: "a.pdf",
                fits: false),
            Condition(
                sentence: "another name", from: "lohn@bolt.example", subject: "Lohn", name: "b.pdf",
                fits: false),
        ])
    func conditions(_ case: Condition) throws {
        var settings = FilingSettings()
        settings.rules = [
            FilingRule(
                name: "Lohn", sources: ["office"], senders: [NamePattern("lohn@*")!],
                subjects: [NamePattern("lohn*")!], fileNames: [NamePattern("a*")!],
                folder: try FolderTemplate("Intern"))
        ]
        var context = Self.matched()
        context.from = `case`.from
        context.subject = `case`.subject
        let part = Self.part("application/pdf", `case`.name, Self.isPDF)
        let plan = try #require(FilingPlan(settings).plan(context, [part]) { _, _ in false }.first)
        #expect(plan.destination?.folder.top == (`case`.fits ? "Intern" : "Mandantenunterlagen"))
        #expect(plan.destination?.access == (`case`.fits ? .private : .edit))
    }

    @Test("what the configuration allows besides is filed, but never what is suspicious")
    func alsoAllowed() throws {
        func state(_ part: PartFacts, _ patterns: [String]) throws -> LedgerState {
            var settings = FilingSettings()
            settings.alsoAllowed = patterns.compactMap { NamePattern($0) }
            return try #require(FilingPlan(settings).plan(Self.matched(), [part]) { _, _ in false }.first)
                .state
        }
        let drawing = Self.part("application/acad", "Plan.dwg")
        #expect(try state(drawing, []) == .needsFiling)
        #expect(try state(drawing, ["*.dwg"]) == .filed)
        #expect(try state(drawing, ["application/acad"]) == .filed)
        let program = Self.part("application/octet-stream", "a.exe", Sniffed(.executable))
        #expect(try state(program, ["*.exe"]) == .needsFiling)
    }
}
