import Crypto
import Files
import Glibc
import Mail
import Testing

@testable import Store

@Suite("Originals after a crash, on a bad disk, and erased")
struct OriginalDamageTests {
    let directory: VaultDirectory
    let vault: Vault
    let content: SHA256Digest
    private let path = "originals/00000001.seg"

    init() throws {
        directory = try VaultDirectory()
        vault = try directory.open()
        content = try directory.keep(Dice.fixed(100), in: vault)
    }

    /// A text, the base64 of the content, and a text.
    private func keep(_ text: String, in originals: OriginalStore) throws -> StoredOriginal {
        let layout = Base64Lines.Layout(lineLength: 64, ending: .lf, lastLineEnded: true)
        let writer = originals.begin()
        try writer.literal(Array(text.utf8))
        writer.reference(part: 1, decodedCount: 100, layout: layout)
        try writer.literal(Array("end\n".utf8))
        var raw = Array(text.utf8)
        var lines = Base64Lines(layout)
        lines.encode(Dice.fixed(100).span, into: &raw)
        lines.finish(into: &raw)
        raw += Array("end\n".utf8)
        return try writer.finish(
            sha256: SHA256.digest(of: raw), octets: raw.count, contents: { _ in content })
    }

    private func keep(_ text: String, in vault: Vault) throws -> StoredOriginal {
        try keep(text, in: vault.originals)
    }

    /// The store as it is opened after a crash.
    private func originals(_ recorded: OriginalLocation?) throws -> OriginalStore {
        try OriginalStore(directory.data.directory("originals"), flush: vault.flush, recorded: recorded)
    }

    private func isWhole(_ original: StoredOriginal, in vault: Vault) throws {
        try vault.originals.stream(
            original.location, sha256: original.sha256, contents: vault.contents
        ) { _ in }
    }

    private func scan(_ segment: Int = 1) throws -> [OriginalScanner.Found] {
        var found: [OriginalScanner.Found] = []
        let scanner = OriginalScanner(try directory.data.directory("originals"))
        try scanner.scan(segment: segment, verifyingLiterals: true) { found.append($0) }
        return found
    }

    @Test("Cut after any octet of its last record, a segment loses that record alone, and grows on")
    func torn() throws {
        let first = try keep("the first message\n", in: vault)
        let last = try keep("the last message, which the power cut tore\n", in: vault)
        let whole = try directory.data.open(path).readAll(limit: 10_000)
        #expect(whole.count == last.location.end)
        for count in last.location.offset..<whole.count {
            for recorded in [first.location, nil] {
                try directory.data.openForWriting(path).truncate(to: Int64(count))
                let again = try originals(recorded)
                let size = try directory.data.status(of: path).size
                #expect(size == Int64(first.location.end), "cut to \(count)")
                let next = try keep("the next message\n", in: again)
                #expect(next.location.offset == first.location.end)
                try isWhole(first, in: vault)
                try isWhole(next, in: vault)
                #expect(try scan().count == 2)
                let file = try directory.data.openForWriting(path)
                try file.truncate(to: 0)
                try file.write(whole)
            }
        }
        // Nothing torn: what is whole stays, also when the database doesn't know it.
        let again = try directory.open(lastOriginal: first.location)
        try isWhole(last, in: again)
    }

    @Test("Zeros where the last record's octets should be are no record")
    func unwritten() throws {
        let first = try keep("the first message\n", in: vault)
        let last = try keep("the last message\n", in: vault)
        let file = try directory.data.openForWriting(path)
        try file.erase(at: Int64(last.location.offset + 144), count: 17)
        let again = try directory.open(lastOriginal: first.location)
        #expect(try directory.data.status(of: path).size == Int64(first.location.end))
        try isWhole(first, in: again)
    }

    @Test("A segment cut shorter than recorded gets no more records, so that no place is given twice")
    func shorter() throws {
        let first = try keep("the first message\n", in: vault)
        let last = try keep("the last message\n", in: vault)
        try directory.data.openForWriting(path).truncate(to: Int64(first.location.end))
        let again = try directory.open(lastOriginal: last.location)
        let next = try keep("the next message\n", in: again)
        #expect(next.location.segment == 2)
        try isWhole(first, in: again)
        let error = #expect(throws: VaultError.self) { try isWhole(last, in: again) }
        #expect(error?.code == .missing)
        // The whole segment is gone: the same.
        try directory.data.remove(path)
        try directory.data.remove("originals/00000002.seg")
        let third = try directory.open(lastOriginal: next.location)
        #expect(try keep("another\n", in: third).location.segment == 3)
        #expect(throws: VaultError.self) { try isWhole(first, in: third) }
    }

    @Test("One wrong octet anywhere in a record is found out, and the records around it are read")
    func flipped() throws {
        let first = try keep("the first message\n", in: vault)
        let middle = try keep("the message in the middle\n", in: vault)
        let last = try keep("the last message\n", in: vault)
        let whole = try directory.data.open(path).readAll(limit: 10_000)
        // The state may change, and what fills up to eight octets says nothing.
        let state = middle.location.offset + 108..<middle.location.offset + 112
        let padding = middle.location.end - (middle.location.length - 144 - 30 - 3 * 48)..<middle.location.end
        let file = try directory.data.openForWriting(path)
        for place in middle.location.offset..<middle.location.end
        where !state.contains(place) && !padding.contains(place) {
            try file.write([whole[place] ^ 0x10].span, at: Int64(place))
            #expect(throws: VaultError.self, "octet \(place)") { try isWhole(middle, in: vault) }
            try isWhole(first, in: vault)
            try isWhole(last, in: vault)
            let found = try scan().count { if case .record = $0 { true } else { false } }
            #expect(found == 2, "octet \(place)")
            try file.write([whole[place]].span, at: Int64(place))
        }
        try isWhole(middle, in: vault)
    }

    @Test("A damaged head of a segment hides no record")
    func segmentHead() throws {
        let first = try keep("the first message\n", in: vault)
        try directory.data.openForWriting(path).write([0, 0, 0].span, at: 2)
        try isWhole(first, in: vault)
        #expect(try scan().count == 1)
        // Nor is the file touched when it can't be read at all.
        try directory.data.openForWriting(path).write([UInt8](repeating: 0, count: 48).span, at: 0)
        let again = try directory.open(lastOriginal: nil)
        #expect(try keep("the next message\n", in: again).location.segment == 2)
        #expect(
            try scan() == [.unreadable(segment: 1, offset: 0, length: first.location.end)])
    }

    @Test("A wrong content is found out by the hash of the message, a missing one is named")
    func wrongContent() throws {
        let original = try keep("a message\n", in: vault)
        try directory.data.remove(directory.path(of: content))
        #expect(throws: VaultError(.missing, "opening content \(content)")) {
            try isWhole(original, in: vault)
        }
        try directory.data.createFile(directory.path(of: content), mode: 0o440).write(
            Array(Dice.fixed(101).dropFirst()))
        let error = #expect(throws: VaultError.self) { try isWhole(original, in: vault) }
        #expect(error?.code == .damaged)
    }

    @Test("A record that a mail carries in its text is never taken for one, not even in a torn segment")
    func forged() throws {
        let other = try VaultDirectory()
        let victim = try other.open()
        let writer = victim.originals.begin()
        try writer.literal(Array("forged".utf8))
        _ = try writer.finish(
            sha256: SHA256.digest(of: Array("forged".utf8)), octets: 6, contents: { _ in content })
        let forged = try other.data.open(path).readAll(limit: 10_000).dropFirst(24)
        let text = [UInt8](repeating: 0x20, count: 8 * 20) + forged + forged
        let attack = vault.originals.begin()
        try attack.literal(text)
        let original = try attack.finish(
            sha256: SHA256.digest(of: text), octets: text.count, contents: { _ in content })
        let last = try keep("the last message\n", in: vault)
        // The record's own head is damaged, so that its text is searched.
        try directory.data.openForWriting(path).write([0].span, at: Int64(original.location.offset))
        let found = try scan()
        #expect(found.count == 2)
        #expect(found.first == .unreadable(segment: 1, offset: 24, length: original.location.length))
        guard case .record(let record) = found.last else {
            Issue.record("the last record is not found")
            return
        }
        #expect(record.location == last.location)
    }

    @Test("What is erased is gone from the disk, says so, and the scan goes on behind it")
    func erase() throws {
        let secret = try keep("SECRET message\n", in: vault)
        let other = try keep("the other message\n", in: vault)
        for _ in 0..<2 { try vault.originals.erase(secret.location, sha256: secret.sha256) }
        let error = #expect(throws: VaultError.self) { try isWhole(secret, in: vault) }
        #expect(error?.code == .erased)
        let octets = try directory.data.open(path).readAll(limit: 10_000)
        #expect(!String(decoding: octets, as: UTF8.self).contains("SECRET"))
        try isWhole(other, in: vault)
        guard case .record(let record) = try scan().first else {
            Issue.record("the place is lost")
            return
        }
        #expect(record.isErased && record.location == secret.location)
        // Another message's place is never erased by mistake.
        #expect(throws: VaultError.self) { try vault.originals.erase(other.location, sha256: secret.sha256) }
        try isWhole(other, in: vault)
        // Nor is the erased record cut off as torn.
        _ = try directory.open(lastOriginal: nil)
        #expect(try scan().count == 2)
    }

    @Test("Messages that were kept just before a crash, and not recorded, are erased when asked for")
    func unrecorded() throws {
        let known = try keep("recorded\n", in: vault)
        let lost = try keep("not recorded\n", in: vault)
        let again = try directory.open(lastOriginal: known.location)
        #expect(try again.originals.eraseUnrecorded(from: known.location) { $0 == known.location } == 1)
        #expect(try again.originals.eraseUnrecorded(from: nil) { $0 == known.location } == 0)
        try isWhole(known, in: again)
        #expect(throws: VaultError.self) { try isWhole(lost, in: again) }
    }
}
