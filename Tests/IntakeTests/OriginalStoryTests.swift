import Crypto
import Mail
import Mailroom
import SQLite
import TestServers
import Testing

@testable import Intake
@testable import Store

@Suite("Originals: each is kept once, and read again when the server has it no more")
struct OriginalStoryTests {
    @Test("three copies to the octet, in a batch, in a later one and in another mailbox, are one record")
    func copies() async throws {
        let server = FakeMailServer()
        let octets = Letter(1, .pdf("1.pdf", 1, octets: 40_000)).octets
        server.deliver(octets)
        server.deliver(octets)
        server.deliver(Letter(2, .pdf("2.pdf", 2)).octets)
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.sync(server)
        #expect(try firm.keptOriginals().count == 2)
        server.deliver(octets)
        server.deliver(octets, to: "Archive")
        server.deliver(Letter(3, .pdf("3.pdf", 3)).octets)
        try await firm.sync(server)
        let placements = try await firm.placements()
        #expect(placements.count == 6 && placements.allSatisfy { $0.state == "recorded" })
        #expect(Set(placements.map(\.original)).count == 3)
        #expect(try await Set(firm.keptOriginals()) == firm.recordedOriginals())
        #expect(try firm.keptOriginals().count == 3)
        try await firm.check(server.everything(in: "INBOX", "Archive"))
    }

    @Test("what was set aside and is gone from the server is read from its original by command")
    func retriedFromOriginal() async throws {
        let server = FakeMailServer()
        for number in 1...2 { server.deliver(Letter(number, .pdf("\(number).pdf", number)).octets) }
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.setAside(UID(1)!, of: "1:2")
        try await firm.sync(server)
        #expect(try await firm.placements().map(\.state) == ["quarantined", "recorded"])
        server.expunge(1)
        try await firm.sync(server)
        #expect(try await firm.retry() == 1)
        try await firm.sync(server)
        let placements = try await firm.placements()
        #expect(placements.map(\.state) == ["recorded", "recorded"])
        #expect(placements.map(\.isGone) == [true, false])
        #expect(try await firm.documents() == ["10482/Client uploads/1.pdf", "10482/Client uploads/2.pdf"])
        #expect(try await Set(firm.keptOriginals()) == firm.recordedOriginals())
        #expect(try firm.keptOriginals().count == 2)
        try await firm.check(server.everything(in: "INBOX"))
        #expect(try await firm.retry() == 0)
    }

    @Test("what kills a second reader is set aside again")
    func killsAgain() async throws {
        let server = FakeMailServer()
        server.deliver(Letter(1, .pdf("1.pdf", 1)).octets)
        let firm = try await Firm()
        try await firm.setAside(UID(1)!, of: "1:1")
        try await firm.sync(server)
        server.expunge(1)
        try await firm.sync(server)
        #expect(try await firm.retry() == 1)
        try await firm.store.write { transaction in
            for _ in 1...2 { try transaction.countAttempt([UID(1)!], in: 1) }
        }
        try await firm.sync(server)
        let placement = try await firm.placements()[0]
        #expect(placement.state == "quarantined" && placement.reason == "unreadable")
    }

    @Test("an original that is damaged says so, and holds up nothing")
    func damaged() async throws {
        let server = FakeMailServer()
        server.deliver(Letter(1, .pdf("1.pdf", 1)).octets)
        let firm = try await Firm()
        try await firm.account("10482", "kate@smith.example")
        try await firm.setAside(UID(1)!, of: "1:1")
        try await firm.sync(server)
        server.expunge(1)
        try await firm.sync(server)
        let location = try #require(try firm.keptOriginals().first)
        let digest = SHA256.digest(of: Letter(1, .pdf("1.pdf", 1)).octets)
        try firm.data.vault.originals.erase(location, sha256: digest)
        _ = try await firm.retry()
        server.deliver(Letter(2, .pdf("2.pdf", 2)).octets)
        try await firm.sync(server)
        let placements = try await firm.placements()
        #expect(placements.map(\.state) == ["quarantined", "recorded"])
        #expect(placements[0].reason?.contains("erased") == true)
    }

    @Test(
        "a photo's size is found behind a preview of 30 KB, however its octets come",
        arguments: [100, 1024, 70_000])
    func photo(piece: Int) async throws {
        let firm = try await Firm()
        var octets: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE1, 0x75, 0x30]  // 30,000 octets
        octets += [UInt8](repeating: 7, count: 29_998)
        octets += [0xFF, 0xC0, 0, 17, 8, 0x0B, 0xD0, 0x0F, 0xC0, 3] + [UInt8](repeating: 0, count: 40_000)
        let part = OpenPart(
            PartDescription(section: Section("1"), mediaType: MediaType("image", "jpeg")), isDisplayed: false,
            content: firm.data.vault.contents.begin())
        for start in stride(from: 0, to: octets.count, by: piece) {
            try part.add(Array(octets[start..<min(octets.count, start + piece)]).span)
        }
        #expect(try part.finish(name: nil).picture == PictureSize(width: 4032, height: 3024))
    }
}

extension Firm {
    /// Where the segments hold a message that was not erased, by what is on the disk.
    fileprivate func keptOriginals() throws -> [OriginalLocation] {
        let scanner = OriginalScanner(data.vault.originals.directory)
        var kept: [OriginalLocation] = []
        for segment in try scanner.segments() {
            try scanner.scan(segment: segment, verifyingLiterals: true) { found in
                if case .record(let record) = found, !record.isErased { kept.append(record.location) }
            }
        }
        return kept
    }

    fileprivate func recordedOriginals() async throws -> Set<OriginalLocation> {
        try await store.read { transaction in
            Set(
                try transaction.db.rows("SELECT segment, offset, length FROM original") {
                    OriginalLocation(segment: $0.int(0), offset: $0.int(1), length: $0.int(2))
                })
        }
    }

    /// As if two parses of a message had never ended.
    fileprivate func setAside(_ uid: UID, of listed: String) async throws {
        let now = clock.now
        try await store.write { transaction in
            let source = try transaction.source("office", now: now)
            let mailbox = try transaction.beginMailbox(
                .inbox, source: source.id, uidValidity: UIDValidity(1)!, isSent: false)
            let uids = UIDSet(parsing: listed)!
            try transaction.want(uids, in: mailbox.id, listedTo: uids.last, now: now)
            for _ in 1...2 { try transaction.countAttempt([uid], in: mailbox.id) }
        }
    }

    fileprivate func retry() async throws -> Int {
        try await store.write { try $0.retryQuarantined(source: 1) }
    }
}
