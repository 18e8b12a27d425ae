import MIME
import Mail
import Mailroom
import SQLite
import TestServers
import Testing
import Text

@testable import Outbox
@testable import Store

@Suite("Reminders go out once, and only to who has not answered")
struct ReminderStoryTests {
    private static let kate = "kate@bakery.example"

    @Test("each is queued when it is due, in the transaction that notes it, and never twice")
    func cadence() async throws {
        let asking = try await Asking()
        let request = try await asking.ask(Self.kate)
        #expect(try await asking.work(at: Asking.at("2026-12-06", 12)).isEmpty)
        #expect(try await asking.work(at: Asking.at("2026-12-07", 8, 30)) == ["reminder to \(Self.kate)"])
        // Its letter is not sent yet: nothing more for now.
        #expect(try await asking.work(at: Asking.at("2026-12-07", 8, 31)).isEmpty)
        try await asking.send()
        #expect(try await asking.work(at: Asking.at("2026-12-07", 8, 32)).isEmpty)
        #expect(try await asking.work(at: Asking.at("2026-12-11", 8, 30)) == ["reminder to \(Self.kate)"])
        try await asking.send()
        #expect(try await asking.work(at: Asking.at("2026-12-17", 8, 30)) == ["reminder to \(Self.kate)"])
        try await asking.send()
        #expect(try await asking.work(at: Asking.at("2027-01-20", 9)).isEmpty)
        #expect(try await asking.noted() == ["0 sent", "1 sent", "2 sent"])
        let audited = try await asking.store.read { transaction in
            try transaction.db.first(
                "SELECT count(*) FROM audit WHERE action = 'request.remind' AND actor = 'mailroom'"
            ) { $0.int(0) }
        }
        #expect(audited == 3)
        #expect(try await asking.request(request).state == .open)
    }

    @Test("after a long stop one letter goes out, the latest due")
    func longStop() async throws {
        let asking = try await Asking()
        _ = try await asking.ask(Self.kate)
        #expect(try await asking.work(at: Asking.at("2026-12-20", 4)).isEmpty)
        #expect(try await asking.work(at: Asking.at("2026-12-21", 8, 30)) == ["reminder to \(Self.kate)"])
        #expect(try await asking.noted() == ["0 passed over", "1 passed over", "2 sent"])
    }

    @Test("each recipient has reminders of their own: never whose letter came back")
    func perRecipient() async throws {
        let asking = try await Asking()
        let request = try await asking.ask(Self.kate, "bert@bakery.example", "gone@bakery.example")
        let token = try await asking.store.read { transaction in
            try transaction.db.first(
                "SELECT message_id FROM letter JOIN submission ON letter = letter.id WHERE address LIKE 'gone%'"
            ) { $0.text(0) }
        }
        let name = try #require(MessageID(token ?? ""))
        let now = asking.now
        try await asking.store.write { transaction in
            let message = MessageNumber(
                try #require(try transaction.db.first("SELECT id FROM message LIMIT 1") { $0.integer(0) }))
            let letter = try #require(try transaction.reportedLetter([name]))
            try transaction.record(
                [
                    MachineReport(
                        recipient: EmailAddress("gone@bakery.example"), action: .failed,
                        status: EnhancedStatus("5.1.1"), words: "550 no such user")
                ], of: message, on: letter, now: now)
        }
        #expect(try await asking.request(request).recipients.map(\.state) == [.sent, .sent, .undelivered])
        #expect(
            try await asking.work(at: Asking.at("2026-12-07", 8, 30)) == [
                "reminder to \(Self.kate)", "reminder to bert@bakery.example",
            ])
    }

    @Test("one that waits when the letter comes back is taken back")
    func cameBack() async throws {
        let asking = try await Asking()
        let request = try await asking.ask(Self.kate)
        #expect(try await asking.work(at: Asking.at("2026-12-07", 8, 30)) == ["reminder to \(Self.kate)"])
        let (now, kate) = (asking.now, Self.kate)
        try await asking.store.write { transaction in
            let row = try #require(
                try transaction.db.first("SELECT message_id, message FROM letter WHERE kind = 'request'") {
                    (name: $0.text(0), message: MessageNumber($0.integer(1)))
                })
            let name = try #require(MessageID(row.name))
            let letter = try #require(try transaction.reportedLetter([name]))
            let report = MachineReport(
                recipient: EmailAddress(kate), action: .failed, status: EnhancedStatus("5.1.1"),
                words: "550 no such user")
            try transaction.record([report], of: row.message, on: letter, now: now)
        }
        #expect(try await asking.request(request).recipients.map(\.state) == [.undelivered])
        #expect(try await asking.due(at: now).isEmpty)
        #expect(try await asking.submissions("reminder") == ["cancelled"])
    }

    @Test(
        "one whose answer was lost is not offered again when the request is over", arguments: [true, false])
    func lostThenRevoked(_ isPutOff: Bool) async throws {
        let asking = try await Asking()
        let request = try await asking.ask(Self.kate)
        #expect(try await asking.work(at: Asking.at("2026-12-07", 8, 30)) == ["reminder to \(Self.kate)"])
        let now = asking.now
        let letter = try #require(try await asking.due(at: now).first)
        try await asking.store.write { try $0.intend(letter, places: [0], now: now) }
        try await asking.store.write { try $0.revokeRequest(request, by: "jana", now: now) }
        if isPutOff {
            let answer = SubmissionOutcome(place: 0, .delayed(until: now), code: 451, words: "later")
            try await asking.store.write {
                try $0.settle(letter, [answer], copyTo: nil, now: now)
            }
        }
        let later = Asking.at("2026-12-07", 9)
        let released = try await asking.store.write {
            try $0.releaseUnanswered(route: nil, patience: 600, now: later)
        }
        #expect(released == 0)
        #expect(try await asking.due(at: later).isEmpty)
        #expect(try await asking.submissions("reminder") == [isPutOff ? "cancelled" : "intended"])
    }

    @Test("who has the letter by its copy in Sent alone is reminded like the others")
    func metInSent() async throws {
        let asking = try await Asking()
        let request = try await asking.ask(Self.kate)
        let now = asking.now
        try await asking.store.write { transaction in
            // As if the answer had been lost.
            try transaction.db.run("UPDATE submission SET state = 'intended', intents = 1")
            try transaction.db.run("UPDATE request_recipient SET state = 'queued', sent = NULL")
            let row = try transaction.source("office", now: now)
            let mailbox = try transaction.beginMailbox(
                .inbox, source: row.id, uidValidity: UIDValidity(7)!, isSent: true)
            try transaction.want(UIDSet([UID(1)!]), in: mailbox.id, listedTo: UID(1)!, now: now)
            try transaction.db.run(
                "UPDATE placement SET state = 'recorded', message = (SELECT message FROM letter)")
        }
        let later = Asking.at("2026-11-21", 11)
        _ = try await asking.store.write {
            try $0.releaseUnanswered(route: nil, patience: 600, now: later)
        }
        #expect(try await asking.submissions("request") == ["sent"])
        let recipient = try await asking.request(request).recipients[0]
        #expect(recipient.state == .sent)
        #expect(recipient.sent == later)
        #expect(try await asking.work(at: Asking.at("2026-12-07", 8, 30)) == ["reminder to \(Self.kate)"])
    }

    @Test("never after it was answered or revoked, even between the plan and the letter")
    func ended() async throws {
        let asking = try await Asking()
        let request = try await asking.ask(Self.kate)
        let subject = try #require(try await asking.store.read { try $0.reminderSubjects().first })
        asking.now = Asking.at("2026-12-07", 8, 30)
        let reminding = Reminding(
            subject: subject, plan: asking.settings.plan, stationery: asking.settings.stationery!,
            links: asking.settings.links, now: asking.now)
        let now = asking.now
        try await asking.store.write { try $0.revokeRequest(request, by: "jana", now: now) }
        #expect(try await reminding.queue(store: asking.store, letters: asking.letters) == nil)
        #expect(try await asking.work(at: Asking.at("2026-12-07", 9)).isEmpty)
        #expect(try await asking.noted().isEmpty)
    }

    @Test("a letter tells nobody that what they have none of was received")
    func unavailable() async throws {
        let asking = try await Asking()
        let id = try await asking.ask(Self.kate)
        let now = asking.now
        try await asking.store.write { transaction in
            try transaction.addItems(["Kassenbuch"], to: id, holdingUntil: now, by: "jana", now: now)
            try transaction.changeItem(2, of: id, .decline, holdingUntil: now, by: "jana", now: now)
        }
        let request = try await asking.request(id)
        let letter = try RequestLetters(
            request, account: "Bäckerei", stationery: asking.settings.stationery!,
            links: asking.settings.links,
            now: now
        ).letter(.reminder, to: request.recipients[0], author: "mailroom")
        let text = try MessageReader.read(try letter.message.bytes()).text
        #expect(text.contains("Stundenzettel"))
        #expect(!text.contains("Kassenbuch"))
    }

    @Test("where staff remind by hand that day, the cadence passes it over")
    func byHand() async throws {
        let asking = try await Asking()
        _ = try await asking.ask(Self.kate)
        asking.now = Asking.at("2026-12-07", 8)
        let subject = try #require(try await asking.store.read { try $0.reminderSubjects().first })
        let now = asking.now
        try await asking.store.write { transaction in
            let letter = LetterID(
                try #require(try transaction.db.first("SELECT max(id) FROM letter") { $0.integer(0) }))
            try transaction.recordReminder(nil, to: subject.recipient, letter: letter, now: now)
        }
        #expect(try await asking.work(at: Asking.at("2026-12-07", 9)).isEmpty)
        #expect(try await asking.noted() == ["-1 sent", "0 passed over"])
        #expect(try await asking.work(at: Asking.at("2026-12-11", 8, 30)) == ["reminder to \(Self.kate)"])
    }

    @Test("a request whose time is over ends, and staff hear of it")
    func expiry() async throws {
        let asking = try await Asking()
        let request = try await asking.ask(Self.kate, due: nil, expires: "2026-11-27")
        #expect(try await asking.work(at: Asking.at("2026-11-26", 23, 59)).isEmpty)
        #expect(try await asking.request(request).state == .open)
        #expect(try await asking.work(at: Asking.at("2026-11-30", 9)).isEmpty)
        #expect(try await asking.request(request).state == .expired)
        let events = try await asking.store.read { try $0.staffEvents().map(\.kind) }
        #expect(events == ["request.expired"])
    }

    @Test("the service wakes when something changes")
    func wakes() async throws {
        let asking = try await Asking(now: Asking.at("2026-11-23", 10))
        let settings = asking.settings
        await asking.reminders.start { settings }
        let request = try await asking.ask(Self.kate, due: "2026-12-10")
        asking.now = Asking.at("2026-12-07", 9)
        // Any change of it will do.
        try await asking.store.write {
            try $0.extendRequest(
                request, until: Asking.at("2027-04-01", 0), due: nil, by: "jana", now: asking.now)
        }
        #expect(try await until(10) { try await asking.noted() == ["0 sent"] })
        await asking.reminders.stop()
    }

    @Test("answers by machine: one for an address and day, the detail of it aside")
    func automaticAnswers() async throws {
        let asking = try await Asking()
        let now = asking.now
        let address = AddressKey("Kate+work@bakery.example")!
        let noted = try await asking.store.write { transaction in
            [
                try transaction.wasAnsweredAutomatically(address, now: now),
                try transaction.noteAutomaticAnswer(to: address, now: now),
                try transaction.noteAutomaticAnswer(to: AddressKey(Self.kate)!, now: now),
                try transaction.wasAnsweredAutomatically(AddressKey(Self.kate)!, now: now),
                try transaction.noteAutomaticAnswer(
                    to: address, now: Timestamp(seconds: now.seconds + 86_400)),
            ]
        }
        #expect(noted == [false, true, false, true, true])
    }
}
