import Crypto
import Mail
import Mailroom
import Store
import Synchronization
import Testing
import Text

@testable import HTTP
@testable import Web

@Suite("The page of changes on the disk")
struct DiskPageTests {
    private static let missing = (1...30).map {
        MissingDocument(document: DocumentID($0), place: DiskPlace(["Intern"], "\($0).pdf"))
    }

    /// What staff said, as the daemon would have to do it.
    private final class Said: Sendable {
        let words = Mutex<[String]>([])

        var deeds: StaffDeeds {
            var deeds = StaffDeeds()
            deeds.disk.missing = { _ in DiskPageTests.missing }
            deeds.disk.answer = { [self] answer, account, shown, member in
                guard shown == MissingDocument.mark(of: DiskPageTests.missing) else {
                    throw DiskRefusal()
                }
                words.withLock { $0.append("\(answer.rawValue) \(account.rawValue) \(member.login)") }
                return OpenSite.now
            }
            deeds.disk.settle = { [self] files, answer, _ in
                words.withLock { $0.append("\(answer.rawValue) \(files)") }
                return files.count
            }
            deeds.disk.takeBack = { [self] moment, account, _ in
                words.withLock { $0.append("back \(moment.milliseconds) \(account.rawValue)") }
                return 30
            }
            return deeds
        }
    }

    /// Two accounts; of the first 30 documents are gone, and one of them lies in the second's folder.
    private struct Firm {
        let said = Said()
        let site: OpenSite
        let accounts: [AccountID]

        init(language: Language = .en) async throws {
            site = try await OpenSite.open(language: language, deeds: said.deeds)
            accounts = try await site.data.store.write { transaction in
                try ["Hofmann", "Kaiser"].enumerated().map { number, name in
                    let account = NewAccount(
                        number: try #require(AccountNumber("1000\(number)")), type: .client, name: name,
                        language: .de)
                    return try transaction.addAccount(
                        account, folders: [NewFolder(name: "Ablage", access: .view, isDefault: true)],
                        by: "test", now: OpenSite.now)
                }
            }
            let (hofmann, kaiser) = (accounts[0], accounts[1])
            try await site.data.store.write { transaction in
                let digest = SHA256.digest(of: Array("one".utf8))
                let mark = FileMark(inode: 1, octets: 3, modified: 1)
                let document = try transaction.adopt(
                    DiskFile(
                        place: DiskPlace(["Ablage"], "Lohn.pdf"), sha256: digest, octets: 3, mark: mark),
                    of: hofmann, now: OpenSite.now)
                try transaction.report(
                    [
                        DiskReport(
                            .gone, path: "10000 Hofmann", account: hofmann, count: 30, since: OpenSite.now)
                    ],
                    of: hofmann, now: OpenSite.now)
                try transaction.reportStrays(
                    [
                        StrayFind(
                            place: DiskPlace(["Ablage"], "Lohn.pdf"), mark: mark, sha256: digest,
                            document: document, isMoved: true)
                    ], of: kaiser, now: OpenSite.now)
                try transaction.report(
                    [DiskReport(.stranger, path: "Fremd", since: OpenSite.now)], of: nil, now: OpenSite.now)
            }
        }

        func hide(_ account: AccountID) async throws {
            let ben = try #require(StaffLogin("ben"))
            try await site.data.store.write { transaction in
                let id = try transaction.addStaffMember(
                    login: ben, name: "Ben", email: nil, role: .owner, language: .en, by: "test",
                    now: OpenSite.now)
                try transaction.setViewers([id], of: account, by: "test", now: OpenSite.now)
            }
        }

        let mark = MissingDocument.mark(of: DiskPageTests.missing)
    }

    @Test("it says whose, how many, since when, and whose it would be; each answer is one deed")
    func answers() async throws {
        let firm = try await Firm()
        let page = await firm.site.get("/disk").text
        for words in [
            "Hofmann", "30 documents are gone", "Show all 30", "1 document of Hofmann lies",
            "Client can view",
            "No account’s directory",
        ] { #expect(page.contains(words), "\(words)") }
        #expect(page.contains("Intern/8.pdf") && !page.contains("Intern/9.pdf"))
        #expect(await firm.site.get("/disk?all=\(firm.accounts[0].rawValue)").text.contains("Intern/30.pdf"))
        let account = "\(firm.accounts[0].rawValue)"
        let trash = await firm.site.post(
            "/disk/answer", ["account": account, "answer": "trash", "shown": firm.mark])
        #expect(trash.location?.hasPrefix("/disk?did=disk-trashed&undo=") == true)
        let undone = await firm.site.post("/disk/undo?account=\(account)&at=17")
        #expect(undone.location == "/disk?did=disk-taken-back")
        #expect(await firm.site.post("/disk/settle", ["stray": "1", "answer": "return"]).status == .seeOther)
        #expect(
            firm.said.words.withLock { $0 } == ["trash \(account) jana", "back 17 \(account)", "return [1]"])
    }

    @Test("something else than was shown is not answered")
    func stale() async throws {
        let firm = try await Firm()
        let account = "\(firm.accounts[0].rawValue)"
        for form in [
            ["account": account, "answer": "trash", "shown": "other"],
            ["account": "\(firm.accounts[1].rawValue)", "answer": "trash", "shown": firm.mark],
            ["account": "999", "answer": "restore", "shown": firm.mark],
        ] {
            let answer = await firm.site.post("/disk/answer", form)
            #expect(answer.status == .conflict && answer.text.contains("nothing was done"))
        }
        #expect(await firm.site.post("/disk/settle", ["stray": "7", "answer": "adopt"]).status == .conflict)
        #expect(await firm.site.post("/disk/answer", ["account": account]).status == .badRequest)
        #expect(firm.said.words.withLock { $0 }.isEmpty)
    }

    @Test(
        "an account that one may not see has nothing gone, and whoever does not see both says nothing of strays"
    )
    func hidden() async throws {
        let firm = try await Firm()
        try await firm.hide(firm.accounts[0])
        let page = await firm.site.get("/disk").text
        #expect(!page.contains("Hofmann") && !page.contains("30 documents"))
        #expect(page.contains("Kaiser") && page.contains("an account that you may not see"))
        let account = "\(firm.accounts[0].rawValue)"
        let answer = await firm.site.post(
            "/disk/answer", ["account": account, "answer": "trash", "shown": firm.mark])
        #expect(answer.status == .conflict && !answer.text.contains("Hofmann"))
        #expect(await firm.site.get("/disk/trash?account=\(account)").status == .notFound)
        #expect(await firm.site.post("/disk/undo?account=\(account)&at=17").status == .notFound)
        for path in ["/disk/adopt?stray=1", "/disk/adopt?stray=9", "/disk/adopt"] {
            #expect(await firm.site.get(path).status == .notFound)
        }
        #expect(await firm.site.post("/disk/settle", ["stray": "1", "answer": "return"]).status == .conflict)
        #expect(firm.said.words.withLock { $0 }.isEmpty)
    }

    @Test("asked again tomorrow, it does not count until then", arguments: ["account", "stray"])
    func later(_ field: String) async throws {
        let firm = try await Firm()
        let form = [field: field == "account" ? "\(firm.accounts[0].rawValue)" : "1"]
        let staff = firm.site.member.id
        func count() async throws -> Int {
            try await firm.site.data.store.read { try $0.diskQuestionCount(for: staff) }
        }
        #expect(try await count() == 2)
        #expect(await firm.site.post("/disk/later", form).status == .seeOther)
        #expect(try await count() == 1)
        #expect(await firm.site.get("/disk").text.contains("id=\"group-later\""))
        #expect(await firm.site.post("/disk/now", form).status == .seeOther)
        #expect(try await count() == 2)
        let audit = try await firm.site.data.store.read { try $0.auditEntries(by: "jana").map(\.action) }
            .filter { $0.hasPrefix("disk.") }
        #expect(audit == ["disk.later", "disk.later"])
    }

    @Test("nothing asked is said in each language", arguments: [Language.de, .en, .ja])
    func empty(_ language: Language) async throws {
        let site = try await OpenSite.open(language: language)
        let page = await site.get("/disk")
        #expect(page.status == .ok && page.text.contains(Phrase.nothingOnDisk[language]))
    }
}
