import Crypto
import Files
import Glibc
import Mail
import Testing

@testable import Store

@Suite("Originals: every message to the octet")
struct OriginalStoreTests {
    /// A message, and how it is handed to the writer.
    struct Message {
        enum Piece {
            case literal([UInt8])
            case part([UInt8], decodedCount: Int, Base64Lines.Layout)
        }

        var pieces: [Piece] = []
        var raw: [UInt8] = []

        mutating func add(literal octets: [UInt8]) {
            pieces.append(.literal(octets))
            raw += octets
        }

        mutating func add(part octets: [UInt8], decodedCount: Int, _ layout: Base64Lines.Layout) {
            pieces.append(.part(octets, decodedCount: decodedCount, layout))
            raw += Self.encoded(Array(octets.prefix(decodedCount)), layout)
        }

        /// Base64 in lines, as slow and plain as can be.
        static func encoded(_ octets: [UInt8], _ layout: Base64Lines.Layout) -> [UInt8] {
            let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
            var characters: [UInt8] = []
            var bits = 0
            for (index, octet) in octets.enumerated() {
                bits = (bits << 8 | Int(octet)) & 0xFFFF
                let left = [2, 4, 6][index % 3]
                characters.append(alphabet[bits >> left & 63])
                if left == 6 { characters.append(alphabet[bits & 63]) }
            }
            switch octets.count % 3 {
            case 1: characters.append(alphabet[bits << 4 & 63])
            case 2: characters.append(alphabet[bits << 2 & 63])
            default: break
            }
            while characters.count % 4 != 0 { characters.append(UInt8(ascii: "=")) }
            var text: [UInt8] = []
            for start in stride(from: 0, to: characters.count, by: layout.lineLength) {
                let end = min(characters.count, start + layout.lineLength)
                text += characters[start..<end]
                if end < characters.count || layout.lastLineEnded { text += layout.ending.octets }
            }
            return text
        }

        static func random(_ dice: inout Dice) -> Message {
            var message = Message()
            for _ in 0...dice.below(6) {
                if dice.below(2) == 0 {
                    message.add(literal: dice.octets(dice.below(3000)))
                } else {
                    let octets = dice.octets(1 + dice.below(12_000))
                    let layout = Base64Lines.Layout(
                        lineLength: [76, 64, 4, 1, 75, 78, 997, 1 << 30][dice.below(8)],
                        ending: dice.below(2) == 0 ? .crlf : .lf, lastLineEnded: dice.below(2) == 0)
                    let decodedCount = dice.below(3) == 0 ? 1 + dice.below(octets.count) : octets.count
                    message.add(part: octets, decodedCount: decodedCount, layout)
                }
            }
            return message
        }

        static func text(_ octets: [UInt8]) -> Message {
            var message = Message()
            message.add(literal: octets)
            return message
        }
    }

    let directory: VaultDirectory
    let vault: Vault

    init() throws {
        directory = try VaultDirectory()
        vault = try directory.open()
    }

    private func keep(
        _ message: Message, in store: OriginalStore? = nil, dice: inout Dice
    ) throws -> StoredOriginal {
        let writer = (store ?? vault.originals).begin()
        var digests: [SHA256Digest] = []
        for piece in message.pieces {
            switch piece {
            case .literal(let octets):
                for part in dice.pieces(octets, most: 1 + octets.count / 2) { try writer.literal(part) }
            case .part(let octets, let count, let layout):
                digests.append(try directory.keep(octets, in: vault))
                writer.reference(part: digests.count - 1, decodedCount: count, layout: layout)
            }
        }
        return try writer.finish(
            sha256: SHA256.digest(of: message.raw), octets: message.raw.count, contents: { digests[$0] })
    }

    private func read(
        _ original: StoredOriginal, from store: OriginalStore? = nil
    ) throws -> [UInt8] {
        var octets: [UInt8] = []
        try (store ?? vault.originals).stream(
            original.location, sha256: original.sha256, contents: vault.contents
        ) { piece throws(VaultError) in octets.append(piece) }
        return octets
    }

    private func scan(_ segment: Int) throws -> [OriginalScanner.Found] {
        var found: [OriginalScanner.Found] = []
        try OriginalScanner(directory.data.directory("originals")).scan(
            segment: segment, verifyingLiterals: true
        ) { found.append($0) }
        return found
    }

    private func small(_ store: OriginalLocation? = nil, limit: Int) throws -> OriginalStore {
        try OriginalStore(
            directory.data.directory("originals"), flush: vault.flush, recorded: store, segmentLimit: limit)
    }

    @Test("Any message comes back to the octet, however it was cut", arguments: 0..<40)
    func roundTrip(_ seed: UInt64) throws {
        var dice = Dice(seed)
        var messages: [(Message, StoredOriginal)] = []
        for _ in 0..<5 {
            let message = Message.random(&dice)
            messages.append((message, try keep(message, dice: &dice)))
        }
        for (message, original) in messages {
            #expect(try read(original) == message.raw)
            #expect(original.octets == message.raw.count)
        }
        let found = try scan(1)
        #expect(found.count == 5)
        for (entry, (message, original)) in zip(found, messages) {
            guard case .record(let record) = entry else {
                Issue.record("a record is not whole: \(entry)")
                continue
            }
            #expect(record.location == original.location)
            #expect(record.sha256 == SHA256.digest(of: message.raw))
            #expect(record.contents == original.contents)
            #expect(record.chunks.reduce(0) { $0 + $1.messageOctets } == message.raw.count)
        }
    }

    @Test(
        "Megabytes of literals go through a file and come back",
        arguments: [1 << 20, (1 << 20) + 1, 5_000_001])
    func large(_ count: Int) throws {
        var dice = Dice(3)
        var message = Message.text(Dice.fixed(count))
        #expect(try read(keep(message, dice: &dice)) == message.raw)
        message.add(
            part: Dice.fixed(50_000), decodedCount: 50_000,
            .init(lineLength: 76, ending: .crlf, lastLineEnded: true))
        message.add(literal: Dice.fixed(300_000))
        #expect(try read(keep(message, dice: &dice)) == message.raw)
        #expect(try directory.data.directory("originals/tmp").names().isEmpty)
        #expect(try scan(1).count == 2)
    }

    @Test("A message without octets is one too")
    func empty() throws {
        var dice = Dice(1)
        let original = try keep(Message(), dice: &dice)
        #expect(try read(original).isEmpty)
    }

    @Test("Octets that don't add up to what was received are refused")
    func incomplete() throws {
        let writer = vault.originals.begin()
        try writer.literal([1, 2, 3])
        let error = #expect(throws: VaultError.self) {
            try writer.finish(
                sha256: SHA256.digest(of: [1, 2, 3, 4]), octets: 4, contents: { _ in preconditionFailure() })
        }
        #expect(error?.code == .incomplete)
    }

    @Test("The form on the disk is the one that is described, octet for octet")
    func form() throws {
        let content = SHA256.digest(of: [9])
        let writer = vault.originals.begin()
        try writer.literal(Array("Hi\n".utf8))
        writer.reference(
            part: 0, decodedCount: 1, layout: .init(lineLength: 76, ending: .crlf, lastLineEnded: true))
        let raw = Array("Hi\nCQ==\r\n".utf8)
        let sha256 = SHA256.digest(of: raw)
        let original = try writer.finish(sha256: sha256, octets: raw.count, contents: { _ in content })
        #expect(original.location == OriginalLocation(segment: 1, offset: 24, length: 248))
        let file = try directory.data.open("originals/00000001.seg").readAll(limit: 1000)
        let mark = file[16..<24]
        func eight(_ number: UInt8) -> [UInt8] { [number, 0, 0, 0, 0, 0, 0, 0] }
        let table =
            eight(0) + eight(3) + [UInt8](repeating: 0, count: 32)
            + [1, 2, 1, 0, 76, 0, 0, 0] + eight(1) + content.octets
        let head =
            Array("MRORIG\u{1}\n".utf8) + mark + eight(248) + eight(9) + sha256.octets + eight(3)
            + SHA256.digest(of: Array("Hi\n".utf8)).octets + [2, 0, 0, 0]
        let expected =
            Array("MRSEGM\u{1}\n".utf8) + eight(1) + mark + head + [0, 0, 0, 0]
            + SHA256.digest(of: head + table).octets + Array("Hi\n".utf8) + table + [0, 0, 0, 0, 0]
        #expect(file == expected)
    }

    @Test("A full segment is followed by the next, and a start goes on where the last one ended")
    func segments() throws {
        var dice = Dice(5)
        let store = try small(limit: 4000)
        var kept: [(Message, StoredOriginal)] = []
        for count in 0..<20 {
            let message = Message.text(Dice.fixed(500 + count))
            kept.append((message, try keep(message, in: store, dice: &dice)))
        }
        #expect(Set(kept.map(\.1.location.segment)) == [1, 2, 3, 4])
        let again = try small(kept.last?.1.location, limit: 4000)
        let message = Message.text(Dice.fixed(77))
        kept.append((message, try keep(message, in: again, dice: &dice)))
        #expect(kept.last?.1.location.offset == kept[19].1.location.end)
        for (message, original) in kept { #expect(try read(original, from: again) == message.raw) }
    }

    @Test("Many at once are each whole")
    func concurrent() async throws {
        let originals = try await withThrowingTaskGroup(of: (Int, StoredOriginal).self) { group in
            for count in 0..<50 {
                group.addTask { [vault] in
                    let octets = Dice.fixed(1000 + count)
                    let writer = vault.originals.begin()
                    for start in stride(from: 0, to: octets.count, by: 100) {
                        try writer.literal(Array(octets[start..<min(octets.count, start + 100)]))
                    }
                    let original = try writer.finish(
                        sha256: SHA256.digest(of: octets), octets: octets.count,
                        contents: { _ in preconditionFailure() })
                    return (octets.count, original)
                }
            }
            var all: [(Int, StoredOriginal)] = []
            for try await original in group { all.append(original) }
            return all
        }
        for (count, original) in originals { #expect(try read(original) == Dice.fixed(count)) }
        #expect(Set(originals.map(\.1.location)).count == 50)
    }
}
