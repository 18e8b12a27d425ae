import Mail
import Testing
import Text

@testable import Mailroom

@Suite("States of requests, every cell of their tables")
struct RequestStateTests {
    /// The rows of a table as a comment has it: a dash for what can't be.
    private static func cells(_ table: String) -> [[String]] {
        table.split(separator: "\n").map { row in
            row.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
        }
    }

    @Test("a request")
    func requests() {
        let table = Self.cells(
            """
            draft    | open | -        | draft | revoked | -        | draft
            open     | open | answered | open  | revoked | expired  | open
            answered | -    | answered | open  | revoked | answered | answered
            revoked  | -    | -        | -     | revoked | revoked  | -
            expired  | -    | answered | -     | revoked | expired  | open
            """)
        #expect(table.map { $0[0] } == RequestState.allCases.map(\.rawValue))
        for row in table {
            let state = RequestState(rawValue: row[0])!
            let next = RequestState.Event.allCases.map { state.after($0)?.rawValue ?? "-" }
            #expect(next == Array(row.dropFirst()), "\(state)")
        }
    }

    @Test("an item")
    func items() {
        let table = Self.cells(
            """
            open        | received | accepted | -        | -    | unavailable | -
            received    | received | accepted | rejected | open | -           | received
            accepted    | accepted | accepted | rejected | open | -           | received
            rejected    | received | accepted | rejected | open | unavailable | -
            unavailable | received | accepted | rejected | open | unavailable | -
            """)
        #expect(table.map { $0[0] } == ItemState.allCases.map(\.rawValue))
        for row in table {
            let state = ItemState(rawValue: row[0])!
            let next = ItemState.Event.allCases.map { state.after($0)?.rawValue ?? "-" }
            #expect(next == Array(row.dropFirst()), "\(state)")
        }
    }

    @Test("a recipient")
    func recipients() {
        let table = Self.cells(
            """
            queued      | queued | sent        | undelivered | opened | done | queued
            sent        | queued | sent        | undelivered | opened | done | sent
            undelivered | queued | undelivered | undelivered | opened | done | undelivered
            opened      | opened | opened      | undelivered | opened | done | opened
            done        | queued | done        | done        | done   | done | opened
            """)
        #expect(table.map { $0[0] } == RecipientState.allCases.map(\.rawValue))
        for row in table {
            let state = RecipientState(rawValue: row[0])!
            let next = RecipientState.Event.allCases.map { state.after($0).rawValue }
            #expect(next == Array(row.dropFirst()), "\(state)")
        }
    }

    @Test("what staff can do with a request agrees with where it can go")
    func deeds() {
        let events: [RequestDeed: RequestState.Event] = [
            .send: .send, .addItems: .askAgain, .extend: .extend, .revoke: .revoke,
        ]
        for (deed, event) in events {
            for state in RequestState.allCases where !(deed == .revoke && state == .revoked) {
                #expect((deed.refusal(in: state) == nil) == (state.after(event) != nil), "\(deed) \(state)")
            }
        }
        for deed in RequestDeed.allCases {
            #expect(deed.refusal(in: .revoked) != nil, "\(deed)")
            #expect(deed.refusal(in: .open) == nil, "\(deed)")
        }
        let late = RequestDeed.allCases.filter { $0.refusal(in: .answered) == nil }
        #expect(late == [.addItems, .copyLink, .extend, .revoke, .accept, .reject, .tick, .untick])
        #expect(
            RequestDeed.allCases.filter { $0.refusal(in: .expired) == nil } == [
                .extend, .revoke, .accept, .tick,
            ])
    }

    @Test("it holds 60 days beyond its due day, and 90 at least")
    func terms() {
        let berlin = RequestTerms(zone: TimeZone("Europe/Berlin")!)
        let today = CivilDay("2026-11-21")!
        #expect(berlin.lastDay(today: today, due: nil).description == "2027-02-19")
        #expect(berlin.lastDay(today: today, due: CivilDay("2026-12-10")).description == "2027-02-19")
        #expect(berlin.lastDay(today: today, due: CivilDay("2027-03-31")).description == "2027-05-30")
        // The clock goes forward on 28 March: that day has 23 hours.
        let end = berlin.end(of: CivilDay("2027-03-28")!)
        #expect(end.rfc3339 == "2027-03-28T22:00:00Z")
        #expect(berlin.lastDay(before: end).description == "2027-03-28")
    }

    @Test("replies count while it is open, and 30 days after it expired")
    func grace() {
        let closed = Timestamp(seconds: 1_000_000)
        let last = Timestamp(seconds: 1_000_000 + 30 * 86_400 - 1)
        let late = Timestamp(seconds: 1_000_000 + 30 * 86_400)
        #expect(RequestTerms.takesReplies(.open, closed: nil, at: late))
        #expect(RequestTerms.takesReplies(.expired, closed: closed, at: last))
        #expect(!RequestTerms.takesReplies(.expired, closed: closed, at: late))
        for state in [RequestState.draft, .answered, .revoked] {
            #expect(!RequestTerms.takesReplies(state, closed: closed, at: closed))
        }
    }

    @Test("days of the calendar")
    func days() {
        #expect(CivilDay("2026-02-29") == nil)
        #expect(CivilDay("2026-2-9") == nil)
        #expect(CivilDay("+026-02-09") == nil)
        #expect(CivilDay("1970-01-01")?.number == 0)
        #expect(CivilDay("1969-12-31")?.number == -1)
        #expect((CivilDay("2026-12-31")! + 1).description == "2027-01-01")
        #expect(CivilDay("2026-11-21")?.weekday == 6)
        #expect(CivilDay("1969-12-28")?.weekday == 7)
        let berlin = TimeZone("Europe/Berlin")!
        #expect(berlin.day(Timestamp(year: 2026, month: 11, day: 21, hour: 23)!).description == "2026-11-22")
        // Skipped in spring, twice in autumn.
        #expect(berlin.moment(CivilDay("2026-03-29")!, minute: 150).rfc3339 == "2026-03-29T01:30:00Z")
        #expect(berlin.moment(CivilDay("2026-10-25")!, minute: 150).rfc3339 == "2026-10-25T00:30:00Z")
        #expect(berlin.moment(CivilDay("2026-07-01")!, minute: 510).rfc3339 == "2026-07-01T06:30:00Z")
    }
}

@Suite("Links: unguessable, and the same each time")
struct LinkTokenTests {
    private static let key = LinkKey([UInt8](repeating: 7, count: 32))!
    private static let other = LinkKey([UInt8](repeating: 8, count: 32))!

    private static func token(
        _ target: LinkTarget, generation: Int = 0, key: LinkKey = key
    ) -> String {
        LinkToken(target, purpose: .upload, generation: generation, key: key).text
    }

    private static func isGenuine(_ text: String, generation: Int = 0, key: LinkKey = key) -> Bool {
        LinkToken.isGenuine(text, purpose: .upload, generation: generation, key: key)
    }

    @Test("a link names a recipient or a request, and is found genuine")
    func genuine() {
        for target in [
            LinkTarget.recipient(RequestRecipientID(1)), .request(RequestID(1)),
            .request(RequestID((1 << 40) - 1)),
        ] {
            let token = Self.token(target)
            #expect(token.utf8.count == 30)
            #expect(token == Self.token(target))
            #expect(LinkToken.target(of: token) == target)
            #expect(Self.isGenuine(token))
        }
        let one = Set([
            Self.token(.recipient(RequestRecipientID(1))), Self.token(.request(RequestID(1))),
            Self.token(.request(RequestID(2))), Self.token(.request(RequestID(1)), generation: 1),
            Self.token(.request(RequestID(1)), key: Self.other),
        ])
        #expect(one.count == 5)
    }

    @Test("another key, another generation, any other character: none is genuine")
    func forged() {
        let token = Self.token(.request(RequestID(318)))
        #expect(!Self.isGenuine(token, generation: 1))
        #expect(!Self.isGenuine(token, key: Self.other))
        for index in token.indices {
            for character in "A-z" where token[index] != character {
                var forged = token
                forged.replaceSubrange(index...index, with: String(character))
                #expect(!Self.isGenuine(forged), "\(forged)")
            }
        }
        for text in ["", "A", token + "A", String(token.dropLast()), token + "=", " " + token.dropFirst()] {
            #expect(!Self.isGenuine(text))
            #expect(LinkToken.target(of: text) == nil)
        }
    }

    @Test("a key never prints itself")
    func silent() {
        #expect("\(Self.key)" == "the key of links")
        var dumped = ""
        dump(Self.key, to: &dumped)
        #expect(!dumped.contains("7"))
        #expect(LinkKey([1, 2, 3]) == nil)
    }
}
