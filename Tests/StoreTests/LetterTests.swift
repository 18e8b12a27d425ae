import Mail
import Mailroom
import SQLite
import Testing

@testable import Store

/// A letter as it is written: a text, and a file where `attached` has octets.
func letterOctets(_ token: String, subject: String = "Unterlagen", attached: [UInt8] = []) -> [UInt8] {
    var base64 = ""
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var column = 0
    for index in stride(from: 0, to: attached.count - attached.count % 3, by: 3) {
        let word = Int(attached[index]) << 16 | Int(attached[index + 1]) << 8 | Int(attached[index + 2])
        for shift in [18, 12, 6, 0] { base64.append(alphabet[word >> shift & 63]) }
        column += 4
        if column == 76 {
            base64 += "\r\n"
            column = 0
        }
    }
    let text = """
        Date: Sat, 21 Nov 2026 09:00:00 +0100
        From: Bergmann <office@firm.example>
        To: Sabine <sabine@client.example>
        Subject: \(subject)
        Message-ID: <\(token)@firm.example>
        References: <older@client.example> <\(token).r@firm.example>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="=_m"

        --=_m
        Content-Type: text/plain; charset=utf-8

        Guten Tag
        --=_m
        Content-Type: application/octet-stream
        Content-Disposition: attachment; filename="a.bin"
        Content-Transfer-Encoding: base64

        \(base64)
        --=_m--

        """
    return Array(text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n").utf8)
}

extension NewLetter {
    static func free(
        _ token: String, route: String? = nil, to addresses: [String] = ["sabine@client.example"],
        showing: Matching? = nil
    ) -> NewLetter {
        NewLetter(
            kind: .free, route: route, reversePath: EmailAddress("office@firm.example")!,
            recipients: addresses.map { Recipient(EmailAddress($0)!) }, token: token, author: "jana",
            showing: showing)
    }
}

@Suite("Letters: queued with their octets, and what becomes of them")
struct LetterTests {
    private let directory = ScratchDirectory()
    private let token = "abcdefghijklmnopqrstuvwxyz"

    private func open() async throws -> DataDirectory { try await DataDirectory.open(path: directory.path) }

    private func queue(
        _ data: DataDirectory, _ new: NewLetter, attached: [UInt8] = [], now: Timestamp = noon
    ) async throws -> LetterID {
        let octets = letterOctets(new.token, attached: attached)
        return try await LetterKeeper(data).keep([{ sink in try sink(octets.span) }]) { transaction, kept in
            try transaction.queueLetter(new, kept[0], now: now)
        }
    }

    private func later(_ seconds: Int64) -> Timestamp { Timestamp(seconds: noon.seconds + seconds) }

    @Test("its octets come back to the last one, the large file kept once for all letters")
    func octetsKept() async throws {
        let data = try await open()
        let file = (0..<90_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
        let first = try await queue(data, .free(token), attached: file)
        let second = try await queue(data, .free("zyxwvutsrqponmlkjihgfedcba"), attached: file)
        for (id, name) in [(first, token), (second, "zyxwvutsrqponmlkjihgfedcba")] {
            let letter = try #require(try await data.store.read { try $0.letter(id) })
            var read: [UInt8] = []
            try data.vault.originals.stream(
                OriginalLocation(
                    segment: letter.place.segment, offset: Int(letter.place.offset),
                    length: Int(letter.place.length)), sha256: letter.sha256, contents: data.vault.contents
            ) { piece in for index in 0..<piece.count { read.append(piece[index]) } }
            #expect(read == letterOctets(name, attached: file))
            #expect(letter.octets == read.count)
        }
        let kept = try await data.store.read { try $0.storedOctets() }
        // Both letters together take hardly more than the file.
        #expect(kept < 100_000)
    }

    @Test("it is known by its Message-ID, by the id in its References, and by what a server makes of it")
    func names() async throws {
        let data = try await open()
        let id = try await queue(data, .free(token))
        try await data.store.write { try $0.addName(MessageID("0100019@eu.ses.example")!, of: id) }
        for name in ["\(token)@firm.example", "\(token).r@firm.example", "0100019@eu.ses.example"] {
            let found = try await data.store.read { try $0.letter(named: [MessageID(name)!]) }
            #expect(found == id, "\(name)")
        }
        let other = try await data.store.read { try $0.letter(named: [MessageID("older@client.example")!]) }
        #expect(other == nil)
    }

    @Test(
        "a colleague's letter in the same conversation is news; one that was taken back is no message of ours"
    )
    func rivals() async throws {
        let data = try await open()
        let first = try await queue(data, .free(token, showing: .ours(to: nil)))
        let second = try await queue(
            data, .free("zyxwvutsrqponmlkjihgfedcba", showing: .ours(to: nil)), now: later(60))
        func told(_ actor: String, since: Int64) async throws -> [LetterID] {
            let since = later(since)
            return try await data.store.read { transaction in
                let message = try transaction.db.first(
                    "SELECT message FROM letter WHERE id = ?", first.rawValue, read: { $0.integer(0) })
                return try transaction.answers(
                    to: MessageNumber(message ?? 0), since: since, besides: actor
                ).map(\.letter)
            }
        }
        #expect(try await told("yuki", since: 0) == [second, first])
        #expect(try await told("yuki", since: 30) == [second])
        #expect(try await told("jana", since: 0).isEmpty, "what one sent oneself")
        let conversation = try #require(try await data.store.read { try $0.conversation(ofLetter: first) })
        #expect(try await data.store.read { try $0.messages(in: conversation, for: nil) }.count == 2)
        try await data.store.write { try $0.cancelLetter(second, by: "jana", now: noon) }
        #expect(try await data.store.read { try $0.messages(in: conversation, for: nil) }.count == 1)
        #expect(try await told("yuki", since: 0) == [first])
        try await data.store.write { try $0.cancelLetter(first, by: "jana", now: noon) }
        let row = try await data.store.read { try $0.conversation(conversation, for: nil) }
        #expect(row?.state == .done, "nothing is left to do")
    }

    @Test("on the Email tab it is a message of ours with its parts, and its copy is the same message")
    func shown() async throws {
        let data = try await open()
        let id = try await queue(data, .free(token, showing: .ours(to: nil)))
        let letter = try #require(try await data.store.read { try $0.queuedLetter(id) })
        let number = try #require(letter.message)
        let (message, parts) = try await data.store.read {
            (try $0.message(number), try $0.parts(of: number))
        }
        #expect(message?.direction == "out")
        #expect(message?.subject == "Unterlagen")
        #expect(parts.map(\.name) == [nil, "a.bin"])
        #expect(parts.allSatisfy { $0.state == .shown })
        let copy = try await data.store.read {
            try $0.message(ofCopyWith: [MessageID("x@y.example")!, MessageID("\(token).r@firm.example")!])
        }
        #expect(copy?.number == number)
        let answer = try await data.store.read {
            try $0.message(ofCopyWith: [MessageID("\(token).r@firm.example")!, MessageID("x@y.example")!])
        }
        #expect(answer?.number == nil, "what an answer names is not itself")
    }

    @Test("an intent is taken back by an answer, and a second one without makes it “maybe twice”")
    func intents() async throws {
        let data = try await open()
        let id = try await queue(data, .free(token))
        func submission() async throws -> QueuedLetter.Submission {
            try #require(try await data.store.read { try $0.queuedLetter(id) }).submissions[0]
        }
        try await data.store.write { try $0.intend(id, places: [0], now: noon) }
        try await data.store.write {
            try $0.settle(
                id, [SubmissionOutcome(place: 0, .delayed(until: later(300)), code: 451, words: "later")],
                copyTo: nil, now: noon)
        }
        #expect(try await submission().intents == 0)
        #expect(try await submission().attempts == 1)
        #expect(
            try await data.store.read { try $0.dueLetters(route: nil, now: later(299), limit: 9) }.isEmpty)

        try await data.store.write { try $0.intend(id, places: [0], now: later(300)) }
        try await data.store.write {
            try $0.settle(
                id, [SubmissionOutcome(place: 0, .unanswered, words: "the line broke")], copyTo: nil,
                now: later(300))
        }
        #expect(try await submission().state == .intended)
        let early = try await data.store.write {
            try $0.releaseUnanswered(route: nil, patience: 600, now: later(800))
        }
        #expect(early == 0)
        let released = try await data.store.write {
            try $0.releaseUnanswered(route: nil, patience: 600, now: later(900))
        }
        #expect(released == 1)

        try await data.store.write { try $0.intend(id, places: [0], now: later(901)) }
        let again = try await data.store.write {
            try $0.releaseUnanswered(route: nil, patience: 600, now: later(9000))
        }
        #expect(again == 0, "a second time nobody sends it but staff")
        #expect(try await data.store.read { try $0.queueCounts(now: later(9000)) }.unanswered == 1)
        try await data.store.write { try $0.retryLetter(id, by: "jana", now: later(9001)) }
        try await data.store.write { try $0.intend(id, places: [0], now: later(9001)) }
        try await data.store.write {
            try $0.settle(
                id, [SubmissionOutcome(place: 0, .sent, code: 250, words: "ok")], copyTo: "office",
                now: later(9002))
        }
        let sent = try await submission()
        #expect(sent.state == .sent)
        #expect(sent.maybeTwice)
        #expect(try await data.store.read { try $0.sourcesWantingCopies() } == ["office"])
    }

    @Test("what was held or cancelled meanwhile is not sent")
    func heldMeanwhile() async throws {
        let data = try await open()
        let id = try await queue(data, .free(token))
        try await data.store.write { try $0.holdLetter(id, true, by: "jana", now: noon) }
        await #expect(throws: StoreError.self) {
            try await data.store.write { try $0.intend(id, places: [0], now: noon) }
        }
        #expect(try await data.store.read { try $0.dueLetters(route: nil, now: noon, limit: 9) }.isEmpty)
        try await data.store.write { try $0.holdLetter(id, false, by: "jana", now: noon) }
        #expect(try await data.store.read { try $0.dueLetters(route: nil, now: noon, limit: 9) }.count == 1)
        try await data.store.write { try $0.cancelLetter(id, by: "jana", now: noon) }
        #expect(try await data.store.read { try $0.dueLetters(route: nil, now: noon, limit: 9) }.isEmpty)
        let actions = try await data.store.read { try $0.auditEntries().map(\.action) }
        #expect(actions == ["queue.cancel", "queue.release", "queue.hold"])
    }

    @Test("routes have queues of their own; the one who waited longest is first")
    func order() async throws {
        let data = try await open()
        let names = ["aaaa", "bbbb", "cccc", "dddd"]
        var ids: [LetterID] = []
        for (index, name) in names.enumerated() {
            ids.append(
                try await queue(
                    data, .free(name, route: index == 1 ? "payroll" : nil), now: later(Int64(index))))
        }
        let first = ids[0]
        try await data.store.write {
            try $0.settle(
                first, [SubmissionOutcome(place: 0, .delayed(until: later(60)), code: 450, words: "busy")],
                copyTo: nil, now: later(4))
        }
        let (own, others) = try await data.store.read {
            (
                try $0.dueLetters(route: nil, now: later(60), limit: 9).map(\.id),
                try $0.dueLetters(route: "payroll", now: later(60), limit: 9).map(\.id)
            )
        }
        #expect(own == [ids[2], ids[3], ids[0]])
        #expect(others == [ids[1]])
        let next = try await data.store.read { try $0.nextLetterDue(route: nil, patience: 600) }
        #expect(next == Timestamp(milliseconds: 0), "some are due at once")
    }

    @Test("one refused recipient is told to staff, the others are sent")
    func refused() async throws {
        let data = try await open()
        let id = try await queue(data, .free(token, to: ["a@client.example", "b@client.example"]))
        try await data.store.write { try $0.intend(id, places: [0, 1], now: noon) }
        try await data.store.write {
            try $0.settle(
                id,
                [
                    SubmissionOutcome(place: 0, .refused, code: 550, status: "5.1.1", words: "no such user"),
                    SubmissionOutcome(place: 1, .sent, code: 250, words: "queued"),
                ], copyTo: nil, now: noon)
        }
        let (letter, counts, events) = try await data.store.read {
            (
                try $0.queuedLetter(id), try $0.queueCounts(now: noon), try $0.staffEvents(limit: 9)
            )
        }
        #expect(letter?.submissions.map(\.state) == [.refused, .sent])
        #expect(letter?.submissions.map(\.intents) == [0, 1])
        #expect(counts.refused == 1)
        #expect(counts.queued == 0)
        #expect(events.map(\.kind) == ["letter.refused"])
        #expect(events.first?.who == "a@client.example")
        #expect(try await data.store.read { try $0.sentCount(route: nil, since: noon, now: noon) } == 1)
    }

    @Test("what was sent while the clock was a day ahead does not count for this hour")
    func clockSetBack() async throws {
        let data = try await open()
        let id = try await queue(data, .free(token))
        let ahead = later(86_400)
        try await data.store.write { try $0.intend(id, places: [0], now: ahead) }
        try await data.store.write {
            try $0.settle(
                id, [SubmissionOutcome(place: 0, .sent, code: 250, words: "ok")], copyTo: nil, now: ahead)
        }
        #expect(try await data.store.read { try $0.sentCount(route: nil, since: noon, now: noon) } == 0)
        #expect(try await data.store.read { try $0.oldestSent(route: nil, since: noon, now: noon) } == nil)
    }

    @Test("cancelled while the server thought about it: what it took is known as sent")
    func cancelledTooLate() async throws {
        let data = try await open()
        let id = try await queue(data, .free(token))
        try await data.store.write { try $0.intend(id, places: [0], now: noon) }
        try await data.store.write { try $0.cancelLetter(id, by: "jana", now: noon) }
        try await data.store.write {
            try $0.settle(
                id, [SubmissionOutcome(place: 0, .sent, code: 250, words: "ok")], copyTo: nil, now: noon)
        }
        let letter = try await data.store.read { try $0.queuedLetter(id) }
        #expect(letter?.submissions.map(\.state) == [.sent])
    }

    @Test("a copy is intended before it is made, and searched for after a crash")
    func copies() async throws {
        let data = try await open()
        let id = try await queue(data, .free(token))
        try await data.store.write { try $0.intend(id, places: [0], now: noon) }
        try await data.store.write {
            try $0.settle(
                id, [SubmissionOutcome(place: 0, .sent, code: 250, words: "ok")], copyTo: "office", now: noon)
        }
        var due = try await data.store.read { try $0.dueCopies(source: "office", now: noon, limit: 9) }
        #expect(due == [SentCopy(letter: id, isIntended: false, tries: 0, sent: noon, serverFilesCopy: nil)])
        try await data.store.write { try $0.intendCopy(of: id) }
        due = try await data.store.read { try $0.dueCopies(source: "office", now: noon, limit: 9) }
        #expect(due.map(\.isIntended) == [true])
        try await data.store.write { try $0.copyIsThere(of: id) }
        due = try await data.store.read { try $0.dueCopies(source: "office", now: noon, limit: 9) }
        #expect(due.isEmpty)
    }
}
