import Mail
import Testing
import Text

@testable import Mailroom

@Suite("When a recipient of a request is reminded")
struct ReminderPlanTests {
    static let berlin = TimeZone("Europe/Berlin")!
    static let tokyo = TimeZone("Asia/Tokyo")!

    static func day(_ text: String) -> CivilDay { CivilDay(text)! }

    /// `2026-03-30T08:30:00+02:00` in the zone's own words.
    static func at(_ day: String, _ hour: Int, _ minute: Int = 0, in zone: TimeZone = berlin) -> Timestamp {
        zone.moment(Self.day(day), minute: hour * 60 + minute)
    }

    static func plan(_ zone: TimeZone = berlin, holidays: [String] = [], opening: Int = 510) -> ReminderPlan {
        ReminderPlan(
            calendar: OfficeCalendar(zone: zone, holidays: Set(holidays.map(day)), opening: opening))
    }

    static func subject(
        sent: Timestamp?, due: String? = nil, expires: Timestamp? = nil, days: [Int]? = nil,
        state: RequestState = .open, recipient: RecipientState = .sent, done: [Int: Timestamp] = [:],
        last: Timestamp? = nil
    ) -> ReminderPlan.Subject {
        ReminderPlan.Subject(
            state: state, recipient: recipient, due: due.map(day), expires: expires ?? at("2099-01-01", 0),
            days: days, sent: sent, done: done, lastReminded: last)
    }

    struct Dates: CustomTestStringConvertible, Sendable {
        let sentence: String
        var zone = berlin
        var sent: String
        var due: String?
        var days: [Int]?
        var holidays: [String] = []
        var expires: String?
        /// RFC 3339 with the zone's offset.
        let planned: [String]

        var testDescription: String { sentence }
    }

    static let goldenWeek = ["2026-04-29", "2026-05-04", "2026-05-05", "2026-05-06"]

    @Test(
        "A cadence falls on working days, when the office opens",
        arguments: [
            Dates(
                sentence: "a due date: 3 days before, 1 and 7 after", sent: "2026-11-21", due: "2026-12-10",
                planned: [
                    "2026-12-07T08:30:00+01:00", "2026-12-11T08:30:00+01:00", "2026-12-17T08:30:00+01:00",
                ]),
            Dates(
                sentence: "none: after 7 and 14 days", sent: "2026-11-23",
                planned: ["2026-11-30T08:30:00+01:00", "2026-12-07T08:30:00+01:00"]),
            Dates(
                sentence: "its own cadence without a due date", sent: "2026-11-23", days: [2, 9],
                planned: ["2026-11-25T08:30:00+01:00", "2026-12-02T08:30:00+01:00"]),
            Dates(
                sentence: "its own cadence around a due date", sent: "2026-11-02", due: "2026-11-26",
                days: [-7, 0],
                planned: ["2026-11-19T08:30:00+01:00", "2026-11-26T08:30:00+01:00"]),
            Dates(
                sentence: "a weekend goes to Monday; two on one day are one", sent: "2026-11-02",
                due: "2026-11-21", days: [0, 1, 2],
                planned: ["2026-11-23T08:30:00+01:00"]),
            Dates(
                sentence: "Berlin in spring: the Monday after has another offset", sent: "2026-03-02",
                due: "2026-03-29",
                planned: [
                    "2026-03-26T08:30:00+01:00", "2026-03-30T08:30:00+02:00", "2026-04-06T08:30:00+02:00",
                ]),
            Dates(
                sentence: "Berlin in autumn", sent: "2026-10-05", due: "2026-10-25",
                planned: [
                    "2026-10-22T08:30:00+02:00", "2026-10-26T08:30:00+01:00", "2026-11-02T08:30:00+01:00",
                ]),
            Dates(
                sentence: "Tokyo has one offset all year", zone: tokyo, sent: "2026-03-02", due: "2026-03-29",
                planned: [
                    "2026-03-26T08:30:00+09:00", "2026-03-30T08:30:00+09:00", "2026-04-06T08:30:00+09:00",
                ]),
            Dates(
                sentence: "golden week: what falls into it goes behind it, once", zone: tokyo,
                sent: "2026-04-01",
                due: "2026-05-02", days: [-3, 1, 3, 7], holidays: goldenWeek,
                planned: [
                    "2026-04-30T08:30:00+09:00", "2026-05-07T08:30:00+09:00", "2026-05-11T08:30:00+09:00",
                ]),
            Dates(
                sentence: "the year's end, closed between the years", sent: "2026-12-18",
                holidays: [
                    "2026-12-24", "2026-12-25", "2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31",
                    "2027-01-01",
                ],
                planned: ["2027-01-04T08:30:00+01:00"]),
            Dates(
                sentence: "a leap day", sent: "2028-02-01", due: "2028-02-28",
                planned: [
                    "2028-02-25T08:30:00+01:00", "2028-02-29T08:30:00+01:00", "2028-03-06T08:30:00+01:00",
                ]),
            Dates(
                sentence: "none before the letter, nor on its day", sent: "2026-11-24", due: "2026-11-26",
                planned: ["2026-11-27T08:30:00+01:00", "2026-12-03T08:30:00+01:00"]),
            Dates(
                sentence: "none after the expiry", sent: "2026-11-02", due: "2026-11-25",
                expires: "2026-11-30",
                planned: ["2026-11-23T08:30:00+01:00", "2026-11-26T08:30:00+01:00"]),
            Dates(
                sentence: "asked for after it was due: as if there were no due date", sent: "2026-11-24",
                due: "2026-11-20",
                planned: ["2026-12-01T08:30:00+01:00", "2026-12-08T08:30:00+01:00"]),
        ])
    func planned(_ case: Dates) {
        let plan = Self.plan(`case`.zone, holidays: `case`.holidays)
        let subject = Self.subject(
            sent: Self.at(`case`.sent, 10, in: `case`.zone), due: `case`.due,
            expires: `case`.expires.map { Self.at($0, 0, in: `case`.zone) }, days: `case`.days)
        #expect(plan.planned(subject).map { `case`.zone.rfc3339($0.at) } == `case`.planned)
    }

    @Test("A time that the clock skips or shows twice is a moment of that day")
    func clockChanges() {
        let calendar = OfficeCalendar(zone: Self.berlin, opening: 150)
        // 29 March 2026: 02:30 does not exist, the clock goes from 02:00 to 03:00.
        let gap = calendar.opening(Self.day("2026-03-29"))
        #expect(Self.berlin.rfc3339(gap) == "2026-03-29T03:30:00+02:00")
        // 25 October 2026: 02:30 is shown twice; the first counts.
        let overlap = calendar.opening(Self.day("2026-10-25"))
        #expect(Self.berlin.rfc3339(overlap) == "2026-10-25T02:30:00+02:00")
    }

    // MARK: - What is to be done now

    struct Now: CustomTestStringConvertible, Sendable {
        let sentence: String
        var subject: ReminderPlan.Subject
        let now: Timestamp
        let step: ReminderPlan.Step

        var testDescription: String { sentence }
    }

    /// Due on 10 December: 7, 11 and 17 December at 08:30.
    static let december = subject(sent: at("2026-11-21", 10), due: "2026-12-10")

    static func december(_ change: (inout ReminderPlan.Subject) -> Void) -> ReminderPlan.Subject {
        var subject = december
        change(&subject)
        return subject
    }

    @Test(
        "What is to be done about a recipient",
        arguments: [
            Now(
                sentence: "before the first it waits", subject: december, now: at("2026-12-01", 12),
                step: .wait(until: at("2026-12-07", 8, 30))),
            Now(
                sentence: "to the minute", subject: december, now: at("2026-12-07", 8, 30),
                step: .send(0, passingOver: [])),
            Now(
                sentence: "a second earlier it waits", subject: december,
                now: Timestamp(seconds: at("2026-12-07", 8, 30).seconds - 1),
                step: .wait(until: at("2026-12-07", 8, 30))),
            Now(
                sentence: "what was sent is not sent twice",
                subject: december {
                    $0.done = [0: at("2026-12-07", 8, 30)]
                    $0.lastReminded = at("2026-12-07", 8, 30)
                }, now: at("2026-12-07", 8, 31), step: .wait(until: at("2026-12-11", 8, 30))),
            Now(
                sentence: "after a long stop the latest alone", subject: december, now: at("2026-12-18", 9),
                step: .send(2, passingOver: [0, 1])),
            Now(
                sentence: "after a long stop, on a Sunday night: when the office opens", subject: december,
                now: at("2026-12-20", 3), step: .wait(until: at("2026-12-21", 8, 30))),
            Now(
                sentence: "after a long stop, in the evening: the next morning", subject: december,
                now: at("2026-12-17", 19), step: .wait(until: at("2026-12-18", 8, 30))),
            Now(
                sentence: "after the last there is none",
                subject: december {
                    $0.done = [
                        0: at("2026-12-17", 9), 1: at("2026-12-17", 9), 2: at("2026-12-17", 9),
                    ]
                }, now: at("2026-12-18", 9), step: .never),
            Now(
                sentence: "staff reminded this morning",
                subject: december { $0.lastReminded = at("2026-12-11", 8) }, now: at("2026-12-11", 8, 30),
                step: .passOver([0, 1])),
            Now(
                sentence: "the due date moved on: reminders begin anew",
                subject: december {
                    $0.due = day("2027-01-14")
                    $0.done = [0: at("2026-12-07", 8, 30)]
                    $0.lastReminded = at("2026-12-07", 8, 30)
                }, now: at("2026-12-08", 9), step: .wait(until: at("2027-01-11", 8, 30))),
            Now(
                sentence: "never after it was answered", subject: december { $0.state = .answered },
                now: at("2026-12-18", 9), step: .never),
            Now(
                sentence: "never after it was revoked", subject: december { $0.state = .revoked },
                now: at("2026-12-18", 9), step: .never),
            Now(
                sentence: "never after it expired", subject: december { $0.state = .expired },
                now: at("2026-12-18", 9), step: .never),
            Now(
                sentence: "never past the expiry that nobody has noted yet",
                subject: december { $0.expires = at("2026-12-18", 0) }, now: at("2026-12-18", 9), step: .never
            ),
            Now(
                sentence: "never before it was sent at all", subject: december { $0.recipient = .queued },
                now: at("2026-12-18", 9), step: .never),
            Now(
                sentence: "never for whom it came back", subject: december { $0.recipient = .undelivered },
                now: at("2026-12-18", 9), step: .never),
            Now(
                sentence: "never for who is done", subject: december { $0.recipient = .done },
                now: at("2026-12-18", 9), step: .never),
            Now(
                sentence: "for who opened the link and sent nothing",
                subject: december { $0.recipient = .opened }, now: at("2026-12-07", 9),
                step: .send(0, passingOver: [])),
        ])
    func step(_ case: Now) {
        #expect(Self.plan().step(`case`.subject, now: `case`.now) == `case`.step)
    }

    @Test("A year of waking at each next moment sends each reminder once, and only in office hours")
    func year() {
        for (zone, due) in [
            (Self.berlin, "2026-03-29"), (Self.tokyo, "2026-05-02"), (TimeZone("America/New_York")!, nil),
        ] {
            let plan = Self.plan(zone, holidays: Self.goldenWeek)
            var subject = Self.subject(sent: Self.at("2026-03-02", 23, 50, in: zone), due: due)
            var now = Self.at("2026-03-02", 23, 50, in: zone)
            var sent: [Int] = []
            loop: for _ in 0..<100 {
                switch plan.step(subject, now: now) {
                case .send(let number, let passed):
                    let civil = zone.civil(now)
                    #expect(civil.weekday <= 5 && civil.hour == 8 && civil.minute == 30)
                    sent.append(number)
                    for one in passed + [number] { subject.done[one] = now }
                    subject.lastReminded = now
                case .passOver(let numbers): for one in numbers { subject.done[one] = now }
                case .wait(let until):
                    #expect(until > now)
                    now = until
                case .never: break loop
                }
            }
            #expect(sent == Array(0..<(due == nil ? 2 : 3)))
        }
    }
}
