import Mail
import Mailroom
import TestServers
import Testing

@testable import Intake
@testable import Store

@Suite("A document that somebody moves or copies on the disk into another client's folders")
struct DiskStrayTests {
    private static let home = DiskOffice.home
    private static let away = "20077 Account 20077"

    /// Two accounts; the first has `Internal/a.pdf` and `Internal/b.pdf`, the second `Shared with client/own.pdf`.
    private struct Two {
        let disk: DiskOffice
        let other: DocumentOffice

        init() async throws {
            disk = try await DiskOffice()
            other = try await DocumentOffice(disk.firm, try await disk.firm.account("20077"))
            try await other.desk.arrangeFolders(of: other.account)
            try await disk.office.upload("a.pdf", "one", to: "Internal")
            try await disk.office.upload("b.pdf", "two", to: "Internal")
            try await other.upload("own.pdf", "theirs", to: "Shared with client")
            await disk.settle()
        }

        func strays() async throws -> [StrayFile] {
            try await disk.firm.store.read { try $0.strayFiles() }
        }

        func settle(_ answer: StrayAnswer) async throws -> Int {
            let count = try await disk.keeper.settle(try await strays().map(\.id), answer, by: "jana")
            await disk.settle()
            return count
        }

        /// Of the second account, without its own.
        func there() async throws -> [String] {
            try await disk.documents(of: other.account).filter {
                $0 != "Shared with client/own.pdf=theirs (0)"
            }
        }
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let script: String
        /// Where staff are asked about a file, in the second account.
        var asked: [String] = []
        /// Becomes a document of the second account without a question.
        var there: [String] = []
        /// Of the first account.
        var here = ["Internal/a.pdf=one (0)", "Internal/b.pdf=two (0)"]
        var trash: [String] = []
    }

    static let cases = [
        Case(
            testDescription: "moved to where the client sees it",
            script: "mv Internal/a.pdf '../\(away)/Shared with client/'",
            asked: ["Shared with client/a.pdf"], here: ["Internal/b.pdf=two (0)"],
            trash: ["Internal/a.pdf=one (0)"]),
        Case(
            testDescription: "moved to where nobody but staff sees it",
            script: "mv Internal/a.pdf '../\(away)/Internal/x.pdf'", asked: ["Internal/x.pdf"],
            here: ["Internal/b.pdf=two (0)"], trash: ["Internal/a.pdf=one (0)"]),
        Case(
            testDescription: "copied to where the client sees it",
            script: "cp Internal/a.pdf '../\(away)/Shared with client/'", asked: ["Shared with client/a.pdf"]
        ),
        Case(
            testDescription: "copied to where nobody but staff sees it",
            script: "cp Internal/a.pdf '../\(away)/Internal/'", there: ["Internal/a.pdf=one (0)"]),
        Case(
            testDescription: "copied over a document that the client sees",
            script: "cp Internal/a.pdf '../\(away)/Shared with client/own.pdf'",
            asked: ["Shared with client/own.pdf"]),
        Case(
            testDescription: "a whole directory, moved",
            script:
                "mkdir Internal/x; mv Internal/*.pdf Internal/x; mv Internal/x '../\(away)/Shared with client/'",
            asked: ["Shared with client/x/a.pdf", "Shared with client/x/b.pdf"], here: [],
            trash: ["Internal/a.pdf=one (0)", "Internal/b.pdf=two (0)"]),
        Case(
            testDescription: "an empty file, which is everybody's",
            script: ": > Internal/e.pdf; : > '../\(away)/Shared with client/e.pdf'",
            there: ["Shared with client/e.pdf= (0)"],
            here: ["Internal/a.pdf=one (0)", "Internal/b.pdf=two (0)", "Internal/e.pdf= (0)"]),
        Case(
            testDescription: "another file of the same name",
            script: "printf x > '../\(away)/Shared with client/a.pdf'",
            there: ["Shared with client/a.pdf=x (0)"]),
    ]

    @Test("is not theirs before staff say so", arguments: cases)
    func asked(_ case: Case) async throws {
        let two = try await Two()
        two.disk.people(`case`.script)
        await two.disk.settle()
        #expect(try await two.strays().map { "\($0.found.place)" } == `case`.asked)
        #expect(try await two.there() == `case`.there)
        #expect(try await two.disk.documents() == `case`.here)
        #expect(try await two.disk.documents(isTrash: true) == `case`.trash)
        let own = try await two.disk.documents(of: two.other.account)
        #expect(own.contains("Shared with client/own.pdf=theirs (0)"))
        let told = try await two.disk.firm.store.read { try $0.staffEvents().map(\.kind) }
        #expect(told == (`case`.asked.isEmpty ? [] : ["disk.stray"]))
        let reports = `case`.asked.map { "stray \(Self.away)/\($0) 1" }
        #expect(try await two.disk.reports() == reports)
    }

    @Test(
        "said to be a mistake, it goes back, and theirs is as it was",
        arguments: cases.filter { !$0.asked.isEmpty })
    func returned(_ case: Case) async throws {
        let two = try await Two()
        two.disk.people(`case`.script)
        await two.disk.settle()
        #expect(try await two.settle(.return) == `case`.asked.count)
        #expect(try await two.strays().isEmpty)
        #expect(try await two.there() == [])
        #expect(try await two.disk.documents() == ["Internal/a.pdf=one (0)", "Internal/b.pdf=two (0)"])
        #expect(try await two.disk.documents(isTrash: true) == [])
        #expect(
            two.disk.office.disk == [
                "\(Self.home)/Internal/a.pdf=one", "\(Self.home)/Internal/b.pdf=two",
                "\(Self.away)/Shared with client/own.pdf=theirs",
            ])
        #expect(try await two.disk.office.audit().contains { $0.hasPrefix("jana disk.return") })
    }

    @Test("said to belong there, it is theirs", arguments: cases.filter { !$0.asked.isEmpty })
    func adopted(_ case: Case) async throws {
        let two = try await Two()
        two.disk.people(`case`.script)
        await two.disk.settle()
        #expect(try await two.settle(.adopt) == `case`.asked.count)
        #expect(try await two.strays().isEmpty)
        let places = try await two.disk.documents(of: two.other.account).filter { !$0.contains("=theirs") }
        #expect(places.map { String($0.prefix { $0 != "=" }) } == `case`.asked)
        #expect(try await two.disk.documents() == `case`.here)
        #expect(try await two.disk.office.audit().contains { $0.hasPrefix("jana disk.adopt") })
    }

    @Test("what many accounts have is a form, and needs no question")
    func form() async throws {
        let two = try await Two()
        for number in ["30001", "30002"] {
            let office = try await DocumentOffice(two.disk.firm, try await two.disk.firm.account(number))
            try await office.desk.arrangeFolders(of: office.account)
            try await office.upload("form.pdf", "one", to: "Internal")
        }
        two.disk.people("cp Internal/a.pdf '../\(Self.away)/Shared with client/form.pdf'")
        await two.disk.settle()
        #expect(try await two.there() == ["Shared with client/form.pdf=one (0)"])
        #expect(try await two.strays().isEmpty)
    }

    @Test("taken away again, nothing is asked any more; written over, it is judged anew")
    func gone() async throws {
        let two = try await Two()
        let shared = "'../\(Self.away)/Shared with client/a.pdf'"
        two.disk.people("cp Internal/a.pdf \(shared)")
        await two.disk.settle()
        #expect(try await two.strays().count == 1)
        two.disk.people("rm \(shared)")
        await two.disk.settle()
        #expect(try await two.strays().isEmpty)
        two.disk.people("cp Internal/a.pdf \(shared)")
        await two.disk.settle()
        let asked = try await two.strays()
        two.disk.people("printf new > \(shared)")
        // Whoever answers has seen another file than this.
        #expect(try await two.disk.keeper.settle(asked.map(\.id), .adopt, by: "jana") == 0)
        await two.disk.settle()
        #expect(try await two.there() == ["Shared with client/a.pdf=new (0)"])
    }

    @Test("asked again when it is time, and not before")
    func later() async throws {
        let two = try await Two()
        two.disk.people("cp Internal/a.pdf '../\(Self.away)/Shared with client/'")
        await two.disk.settle()
        let (files, clock) = (try await two.strays(), two.disk.firm.clock)
        let (now, later) = (clock.now, Timestamp(milliseconds: clock.now.milliseconds + 3_600_000))
        try await two.disk.firm.store.write {
            try $0.askLater(ofStrays: files, until: later, by: "jana", now: now)
        }
        await two.disk.settle()
        #expect(try await two.strays().map(\.later) == [later])
        clock.advance(minutes: 61)
        await two.disk.settle()
        #expect(try await two.strays().map(\.later) == [nil])
        let told = try await two.disk.firm.store.read { try $0.staffEvents().map(\.kind) }
        #expect(told == ["disk.stray", "disk.stray"])
    }
}
