import Glibc
import Mail
import Mailroom
import TestServers
import Testing
import Text

@testable import Intake
@testable import Store

@Suite("Failure stories of documents, from the server to the folder")
struct DocumentStoryTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let parts: [Letter.Part]
        var html: String?
        let outcomes: [String]
        /// Below the default folder.
        let documents: [String]

        init(
            _ sentence: String, _ parts: [Letter.Part], html: String? = nil, _ outcomes: [String],
            documents: [String] = []
        ) {
            testDescription = sentence
            self.parts = parts
            self.html = html
            self.outcomes = outcomes
            self.documents = documents
        }
    }

    private static func part(
        _ name: String?, _ type: String, _ text: String, disposition: String? = "attachment"
    ) -> Letter.Part {
        Letter.Part(name: name, type: type, disposition: disposition, octets: Array(text.utf8))
    }

    private static func pdf(_ name: String?, type: String, disposition: String?) -> Letter.Part {
        Letter.Part(name: name, type: type, disposition: disposition, octets: Made.pdf(1))
    }

    /// What only pdfinfo can tell is left out where poppler-utils is not installed.
    static var possible: [Case] {
        if ["/usr/bin", "/usr/local/bin"].contains(where: { access("\($0)/pdfinfo", X_OK) == 0 }) {
            return cases
        }
        print("skipped: a PDF that only its owner may change, for pdfinfo is not installed")
        return cases.filter { !$0.testDescription.contains("only its owner") }
    }

    static let cases: [Case] = [
        Case(
            "F21: a PDF shown inline", [pdf("a.pdf", type: "application/pdf", disposition: "inline")],
            ["filed"],
            documents: ["a.pdf"]),
        Case(
            "F21: a PDF without a disposition or a name",
            [pdf(nil, type: "application/pdf", disposition: nil)],
            ["filed"], documents: ["attachment.pdf"]),
        Case(
            "F21: a PDF declared as octets, without a name",
            [pdf(nil, type: "application/octet-stream", disposition: "attachment")], ["filed"],
            documents: ["attachment.pdf"]),
        Case(
            "F21: a text whose disposition nobody knows is an attachment",
            [part(nil, "text/plain", "a,b\r\n1,2\r\n", disposition: "form-data")], ["filed"],
            documents: ["attachment.txt"]),
        Case(
            "F22: a small picture that the HTML shows",
            [.picture("logo.png", octets: 9000, contentID: "logo@x")], html: "<p><img src='cid:logo@x'></p>",
            ["shown:inline"]),
        Case(
            "F22: a content id is compared when it is percent-encoded too",
            [.picture("logo.png", octets: 9000, contentID: "logo@x")],
            html: "<p><img src=\"CID:logo%40x\"></p>",
            ["shown:inline"]),
        Case(
            "F22: a photographed receipt in the text is a document",
            [.picture("photo.png", width: 1200, height: 900, octets: 90_000, contentID: "p@x")],
            html: "<img src=\"cid:p@x\">", ["filed"], documents: ["photo.png"]),
        Case(
            "F22: a tracking pixel", [.picture(nil, width: 1, height: 1, octets: 70)], ["shown:small_picture"]
        ),
        Case(
            "F23: winmail.dat is unwrapped",
            [.container("two-attachments.tnef", type: "application/ms-tnef", as: "winmail.dat")],
            ["unwrapped", "filed", "filed"], documents: ["Rechnung Müller.pdf", "第二 second attachment.txt"]),
        Case(
            "F23: an empty winmail.dat is nobody's work",
            [.container("no-attachments.tnef", type: "application/ms-tnef", as: "winmail.dat")], ["unwrapped"]
        ),
        Case(
            "F23: a damaged winmail.dat is kept and flagged",
            [.container("cut-off.tnef", type: "application/ms-tnef", as: "winmail.dat")],
            ["needs_filing:container_damaged"]),
        Case(
            "F24: an electronic invoice in an opaque signature",
            [.container("invoice.xml.p7m", type: "application/pkcs7-mime; smime-type=signed-data")],
            ["unwrapped", "filed"], documents: ["invoice.xml"]),
        Case(
            "F24: an encrypted envelope",
            [.container("enveloped.p7m", type: "application/pkcs7-mime; smime-type=enveloped-data")],
            ["needs_filing:encrypted"]),
        Case(
            "F24: a detached signature beside a PDF",
            [.pdf(), part("smime.p7s", "application/pkcs7-signature", "0123456789")],
            ["filed", "shown:signature"], documents: ["statement.pdf"]),
        Case(
            "F25: an attached message with a PDF in it", [.message(Letter(2, .pdf("within.pdf")))],
            ["unwrapped", "filed"], documents: ["within.pdf"]),
        Case(
            "F25: a zip is unwrapped, its members judged each",
            [.container("plain.zip", type: "application/zip", as: "documents.zip")],
            ["unwrapped", "filed", "filed", "filed", "needs_filing:type"],
            documents: ["statement.pdf", "Lohnsteuer Müller.txt", "請求書.csv"]),
        Case(
            "F25: a zip within a zip", [.container("zip-in-zip.zip", type: "application/zip")],
            ["unwrapped", "unwrapped", "filed", "filed", "filed", "filed", "needs_filing:type"],
            documents: ["note.txt", "statement.pdf", "Lohnsteuer Müller.txt", "請求書.csv"]),
        Case(
            "F25: one encrypted member, and nothing of the zip is filed",
            [.container("one-member-encrypted.zip", type: "application/zip")], ["needs_filing:encrypted"]),
        Case(
            "F25: a bomb", [.container("bomb.zip", type: "application/zip")],
            ["needs_filing:container_damaged"]),
        Case(
            "F25: a PDF with a password", [.container("user-password.pdf", type: "application/pdf")],
            ["needs_filing:encrypted"]),
        Case(
            "F25: a PDF that only its owner may change opens for everyone",
            [.container("owner-password.pdf", type: "application/pdf")], ["filed"],
            documents: ["owner-password.pdf"]),
        Case(
            "a letter of an office program is no archive",
            [.container("letter.docx", type: "application/octet-stream")], ["filed"],
            documents: ["letter.docx"]),
        Case(
            "F26: a name in encoded words inside a parameter",
            [
                pdf(
                    "filename=\"=?iso-8859-1?Q?Erkl=E4rung.pdf?=\"", type: "application/pdf",
                    disposition: "attachment")
            ],
            ["filed"], documents: ["Erklärung.pdf"]),
        Case(
            "F26: a name in continuations",
            [
                pdf(
                    "filename*0*=utf-8''Jahres; filename*1*=abschlu%C3%9F.pdf", type: "application/pdf",
                    disposition: "attachment")
            ],
            ["filed"], documents: ["Jahresabschluß.pdf"]),
        Case(
            "F26: a name that climbs", [.pdf("../../etc/passwd.pdf")], ["filed"],
            documents: ["_._.._etc_passwd.pdf"]),
        Case(
            "F27: one name, two contents of one size",
            [.pdf("scan.pdf", 1), .pdf("scan.pdf", 2), .pdf("SCAN.pdf", 3)],
            ["filed", "filed", "filed"], documents: ["SCAN (3).pdf", "scan (2).pdf", "scan.pdf"]),
        Case(
            "F28: one content under two names", [.pdf("a.pdf", 1), .pdf("b.pdf", 1)], ["filed", "duplicate"],
            documents: ["a.pdf"]),
        Case(
            "F41: a document over the limit waits, and its original is kept",
            [.pdf("big.pdf", 1, octets: 2_500_000)], ["needs_filing:too_large"]),
        Case(
            "a program that calls itself a PDF",
            [part("invoice.pdf", "application/pdf", "#!/bin/sh\necho\n")],
            ["needs_filing:suspicious"]),
        Case(
            "an uuencoded file in the text",
            [
                Letter.Part(
                    name: nil, type: "text/plain\r\nContent-Transfer-Encoding: x-uuencode", disposition: nil,
                    octets: Array("begin 644 table.csv\r\n(82QB\"C$L,@H`\r\n`\r\nend\r\n".utf8),
                    isBase64: false)
            ],
            ["filed"], documents: ["table.csv"]),
    ]

    @Test("what becomes of a part", arguments: possible)
    func part(_ story: Case) async throws {
        let server = FakeMailServer()
        var letter = Letter()
        letter.parts = story.parts
        letter.html = story.html
        server.deliver(letter.octets)
        let firm = try await Firm { $0.filing.largest = 2_000_000 }
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        let (outcomes, ledger) = (try await firm.outcomes(), try await firm.ledger())
        #expect(outcomes == story.outcomes, "\(ledger)")
        let documents = try await firm.documents()
        #expect(documents.sorted() == story.documents.map { "10482/Client uploads/\($0)" }.sorted())
    }

    @Test("F22: a logo is known by being sent again and again")
    func f22_logo() async throws {
        let server = FakeMailServer()
        for number in 1...5 {
            server.deliver(Letter(number, .picture("logo.png", 7, octets: 20_000)).octets)
        }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        var source = firm.source(server)
        source.batch = 1
        try await firm.sync(source)
        #expect(
            try await firm.outcomes() == [
                "filed", "duplicate", "duplicate", "shown:repeated_picture", "shown:repeated_picture",
            ])
        try await firm.check(server.everything(in: "INBOX"))
    }

    @Test("F26: a name in raw Shift-JIS, and one that no disk could hold")
    func f26_raw() async throws {
        let server = FakeMailServer()
        var letter = Letter(
            1, .pdf("NAME.pdf", 1), .pdf(String(repeating: "长", count: 300) + ".pdf", 2), .pdf("CON", 3))
        letter.text = "請求書をお送りします"
        let raw: [UInt8] = [0x90, 0xBF, 0x8B, 0x81, 0x8F, 0x91]
        var octets = letter.octets
        let place = try #require(octets.firstRange(of: Array("NAME".utf8)))
        octets.replaceSubrange(place, with: raw)
        server.deliver(octets)
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        let names = try await firm.documents().map { $0.split(separator: "/")[2] }
        #expect(names.contains("請求書.pdf"))
        #expect(names.allSatisfy { $0.utf8.count <= 200 && $0 != "CON" })
        #expect(names.count == 3)
    }

    @Test("F27: equal names of one batch, in a folder that a rule has just made")
    func f27_newFolder() async throws {
        let server = FakeMailServer()
        for number in 1...4 { server.deliver(Letter(number, .pdf("scan.pdf", number)).octets) }
        let firm = try await Firm { rules in
            rules.filing.rules = [
                FilingRule(name: "scans", folder: try! FolderTemplate("Scans/{year}"), at: "mailroom.toml:1")
            ]
        }
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(
            try await firm.documents() == [
                "10482/Scans/1996/scan (2).pdf", "10482/Scans/1996/scan (3).pdf",
                "10482/Scans/1996/scan (4).pdf",
                "10482/Scans/1996/scan.pdf",
            ])
    }

    @Test("a rule that spells a folder otherwise finds it, with its access")
    func folderSpelling() async throws {
        let server = FakeMailServer()
        server.deliver(Letter(1, .pdf("scan.pdf", 1)).octets)
        let firm = try await Firm { rules in
            rules.filing.rules = [
                FilingRule(
                    name: "scans", folder: try! FolderTemplate("SHARED with client"), at: "mailroom.toml:1")
            ]
        }
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(try await firm.documents() == ["10482/Shared with client/scan.pdf"])
    }

    @Test("F28: the same content again is one document and a second sighting, whatever its name")
    func f28_again() async throws {
        let server = FakeMailServer()
        server.deliver(Letter(1, .pdf("january.pdf", 1, octets: 50_000)).octets)
        server.deliver(Letter(2, .pdf("again.pdf", 1, octets: 50_000)).octets)
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        server.deliver(Letter(3, .pdf("once more.pdf", 1, octets: 50_000)).octets)
        try await firm.sync(server)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(try await firm.documents() == ["10482/Client uploads/january.pdf"])
        #expect(try await firm.outcomes() == ["filed", "duplicate", "duplicate"])
        #expect(Tree.files(below: "\(firm.data.path)/content").count == 1)
        let segments = Tree.files(below: "\(firm.data.path)/originals").map(\.octets).reduce(0, +)
        #expect(segments < 10_000, "the content is not kept a second time in the originals")
    }

    @Test("a foreign file that staff put into the folder is never overwritten")
    func foreignFile() async throws {
        let server = FakeMailServer()
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        server.deliver(Letter(1, .pdf("first.pdf", 1)).octets)
        try await firm.sync(server)
        let folder = "\(firm.data.path)/documents/10482 Account 10482/Client uploads"
        TestDirectory.write(Array("staff's own".utf8), to: "\(folder)/statement.pdf")
        server.deliver(Letter(2, .pdf("statement.pdf", 2)).octets)
        try await firm.sync(server)
        #expect(TestDirectory.read("\(folder)/statement.pdf") == Array("staff's own".utf8))
        #expect(TestDirectory.read("\(folder)/statement (2).pdf") == Made.pdf(2))
    }

    @Test("history waits for the owner, and a forged From for staff, whoever was confirmed")
    func held() async throws {
        let server = FakeMailServer()
        server.deliver(Letter(1, .pdf("old.pdf", 1)).octets)
        let firm = try await Firm(authentication: .standard)
        try await firm.account("10482", "kate@smith.example")
        var source = firm.source(server)
        source.history = .preview
        source.senderChecks = .servers([AuthservPattern("mx.firm.example")!])
        try await firm.sync(source)
        #expect(try await firm.outcomes() == ["needs_filing:history"])
        let today = "02-Mar-2026 09:00:00 +0000"
        func deliver(_ number: Int, _ results: String) {
            var letter = Letter(number, .pdf("\(number).pdf", number))
            letter.trace = [
                "Authentication-Results: mx.firm.example; \(results)",
                "Received: from mail.smith.example (mail.smith.example [192.0.2.1]) by mx.firm.example; \(letter.date!)",
            ]
            server.deliver(letter.octets)
            server.change("INBOX") { $0.messages[$0.messages.count - 1].internalDate = today }
        }
        deliver(2, "dmarc=pass header.from=smith.example")
        deliver(3, "dmarc=none header.from=smith.example")
        deliver(4, "dmarc=fail (p=reject) header.from=smith.example")
        try await firm.sync(source)
        #expect(
            try await firm.documents() == ["10482/Client uploads/2.pdf", "10482/Intake/3.pdf"])
        try await firm.store.write { try $0.confirm(.init("kate@smith.example")!) }
        deliver(5, "dmarc=none header.from=smith.example")
        deliver(6, "dmarc=fail (p=reject) header.from=smith.example")
        try await firm.sync(source)
        #expect(
            try await firm.outcomes() == [
                "needs_filing:history", "filed", "filed", "needs_filing:against", "filed",
                "needs_filing:against",
            ])
        #expect(try await firm.documents().contains("10482/Client uploads/5.pdf"))
        try await firm.check(server.everything(in: "INBOX"))
    }
}
