import Mail
import Mailroom
import Testing
import Text

@testable import Files
@testable import Store

@Suite("Unfinished uploads")
struct UnfinishedTests {
    private static let now = Timestamp(seconds: 1_795_000_000)
    private let scratch = ScratchDirectory()

    private func data() async throws -> DataDirectory {
        try await DataDirectory.open(path: scratch.file("data"))
    }

    /// A browser at the open link of a request.
    private func sitting(_ data: DataDirectory, _ number: String = "1") async throws -> (
        LinkedRequest, SittingID
    ) {
        let now = Self.now
        return try await data.store.write { transaction in
            let account = try transaction.addAccount(
                NewAccount(number: AccountNumber(number)!, type: .client, name: "Film", language: .en),
                folders: [NewFolder(name: "In", access: .edit, isDefault: true)], by: "test", now: now)
            let request = try transaction.addRequest(
                NewRequest(
                    account: account, folder: FolderPath(top: "In"), title: "Films", text: "", language: .en,
                    due: nil, expires: Timestamp(seconds: now.seconds + 86_400), items: [], recipients: []),
                author: "Jana", by: "jana", now: now)
            let linked = try #require(try transaction.linked(.request(request)))
            return (
                linked,
                try transaction.sit(
                    tokenHash: Array(number.utf8), at: linked, name: "Kim",
                    address: EmailAddress("k@film.example"), language: .en, now: now)
            )
        }
    }

    private static func new(_ id: String, octets: Int64 = 10, kernel: KernelStart = .current) -> NewUnfinished
    {
        NewUnfinished(id: id, name: "film.mp4", octets: octets, kernel: kernel)
    }

    private func find(_ id: String, _ linked: LinkedRequest, _ data: DataDirectory, days: Int64 = 3)
        async throws -> UnfinishedUpload?
    {
        let oldest = Timestamp(seconds: Self.now.seconds - days * 86_400)
        return try await data.store.read { try $0.unfinished(id, at: linked, since: oldest) }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let sentence: String
        /// Seconds since the kernel began that the octets were written under.
        let earlier: Int64
        let settles: Bool
        let octets: Int
        var testDescription: String { sentence }
    }

    @Test(
        "after a restart there is what nobody can have lost",
        arguments: [
            Case(sentence: "the daemon was killed", earlier: 0, settles: false, octets: 7),
            Case(sentence: "a clock was slewed meanwhile", earlier: 2, settles: false, octets: 7),
            Case(sentence: "the power failed", earlier: 3600, settles: false, octets: 0),
            Case(sentence: "the machine was started anew in peace", earlier: 3600, settles: true, octets: 5),
        ])
    func restarted(_ example: Case) async throws {
        let kernel = KernelStart(milliseconds: KernelStart.current.milliseconds - example.earlier * 1000)
        var data: DataDirectory? = try await data()
        let (linked, sitting) = try await sitting(data!)
        try await data!.store.write {
            try $0.begin(Self.new("abc", kernel: kernel), of: .sitting(sitting, item: nil), now: Self.now)
        }
        var file: IncomingFile? = IncomingFile(vault: data!.vault, unfinished: "abc", trusted: .max)
        let turn = try #require(try await file!.takeTurn()).turn
        #expect(try await file!.write(Array("%PDF-".utf8), turn: turn))
        _ = try await file!.octets(turn: turn)
        if example.settles { try await data!.settleUnfinished() }
        #expect(try await file!.write(Array("1.".utf8), turn: turn))
        _ = try await file!.octets(turn: turn)
        (file, data) = (nil, nil)

        let again = try await self.data()
        let row = try #require(try await find("abc", linked, again))
        let next = IncomingFile(vault: again.vault, unfinished: "abc", trusted: row.trusted(by: .current))
        let opened = try #require(try await next.takeTurn())
        #expect(opened.octets == example.octets)
        let whole = Array("%PDF-1.7\n!".utf8)
        #expect(try await next.write(Array(whole.dropFirst(opened.octets)), turn: opened.turn))
        let content = try await next.finish()
        #expect(content.octets == whole.count)
        #expect(content.digest == SHA256Digest(hex: Self.wholeHash))
        #expect(content.head == whole)
    }

    /// Of `%PDF-1.7`, a line feed and `!`.
    private static let wholeHash = "2d7288ef9295b234ae9aa8d937daed5b0c01881bb70233d0781414bf9c0ad1fb"

    @Test("one is found by the link that it came by, and by no other, as long as somebody waits for it")
    func found() async throws {
        let data = try await data()
        let (own, sitting) = try await sitting(data)
        let (other, _) = try await self.sitting(data, "2")
        try await data.store.write {
            try $0.begin(Self.new("abc"), of: .sitting(sitting, item: nil), now: Self.now)
        }
        #expect(try await find("abc", own, data)?.name == "film.mp4")
        #expect(try await find("abc", other, data) == nil)
        #expect(try await find("abcd", own, data) == nil)
        #expect(try await find("abc", own, data, days: 0) == nil)
    }

    @Test("what nobody waits for goes, with its file; what is coming stays, and so does the answer")
    func swept() async throws {
        let data = try await data()
        let (linked, sitting) = try await sitting(data)
        let old = Timestamp(seconds: Self.now.seconds - 4 * 86_400)
        try await data.store.write { transaction in
            try transaction.begin(Self.new("old"), of: .sitting(sitting, item: nil), now: old)
            try transaction.begin(Self.new("coming"), of: .sitting(sitting, item: nil), now: Self.now)
            try transaction.begin(Self.new("filed"), of: .sitting(sitting, item: nil), now: Self.now)
            try transaction.endUnfinished("filed", SHA256Digest(octets: Array(repeating: 1, count: 32))!)
        }
        for name in ["old", "coming", "filed", "nobodys"] {
            let file = IncomingFile(vault: data.vault, unfinished: name, trusted: 0)
            let turn = try #require(try await file.takeTurn()).turn
            #expect(try await file.write([1, 2, 3], turn: turn))
            _ = try await file.octets(turn: turn)
        }
        let oldest = Timestamp(seconds: Self.now.seconds - 3 * 86_400)
        #expect(try await data.sweepUnfinished(before: oldest) == 1)
        #expect(try data.vault.unfinishedNames() == ["coming"])
        #expect(try await find("filed", linked, data)?.sha256 != nil)
        #expect(try await find("old", linked, data, days: 30) == nil)
        #expect(try await data.sweepUnfinished(before: oldest) == 0)
    }

    @Test("what a link brings counts from the moment it is announced")
    func counted() async throws {
        let data = try await data()
        let (own, sitting) = try await sitting(data)
        let (other, _) = try await self.sitting(data, "2")
        try await data.store.write { transaction in
            try transaction.begin(Self.new("a", octets: 700), of: .sitting(sitting, item: nil), now: Self.now)
            try transaction.begin(Self.new("b", octets: 42), of: .sitting(sitting, item: nil), now: Self.now)
        }
        let (none, both) = (UploadLoad.Amount(files: 0, octets: 0), UploadLoad.Amount(files: 2, octets: 742))
        let token = Array("1".utf8)
        #expect(
            try await data.store.read { try $0.load(of: own, tokenHash: token, network: nil) }
                == UploadLoad(received: none, coming: both, own: both))
        #expect(
            try await data.store.read { try $0.load(of: own, tokenHash: [9], network: [9]) }
                == UploadLoad(received: none, coming: both, own: none))
        #expect(
            try await data.store.read { try $0.load(of: other, tokenHash: token, network: nil) }
                == UploadLoad(received: none, coming: none, own: none))
    }

    @Test("whoever lost the turn, or whose upload was thrown away, writes no more")
    func turns() async throws {
        let data = try await data()
        let file = IncomingFile(vault: data.vault, unfinished: "abc", trusted: 0)
        let first = try #require(try await file.takeTurn()).turn
        let second = try #require(try await file.takeTurn()).turn
        #expect(try await !file.write([1], turn: first))
        #expect(try await file.octets(turn: first) == nil)
        #expect(try await file.write([1], turn: second))
        try await file.discard()
        #expect(try await !file.write([2], turn: second))
        #expect(try await file.takeTurn() == nil)
        #expect(try data.vault.unfinishedNames() == [])
        await #expect(throws: VaultError.self) { _ = try await file.finish() }
    }
}
