import Mail
import Mailroom
import SQLite
import Synchronization
import Systemd
import TestServers
import Text

@testable import Outbox
@testable import Store

/// A firm in Berlin that asks one client for documents: real data, and a clock that is moved on by hand.
final class Asking: Sendable {
    let directory = TestDirectory()
    let data: DataDirectory
    let letters: LetterKeeper
    let reminders: Reminders
    let settings: ReminderSettings
    private let clock: StandingClock

    static let zone = TimeZone("Europe/Berlin")!

    static func at(_ day: String, _ hour: Int, _ minute: Int = 0) -> Timestamp {
        zone.moment(CivilDay(day)!, minute: hour * 60 + minute)
    }

    init(now: Timestamp = at("2026-11-21", 10)) async throws {
        data = try await DataDirectory.open(path: directory.file("data"))
        letters = LetterKeeper(data)
        let clock = StandingClock(now)
        self.clock = clock
        let log = Log(identifier: "mailroom", descriptor: 2)
        let stationery = Stationery(
            firm: FirmDetails(name: "Bergmann & Partner"),
            from: NamedAddress(name: "Bergmann", address: EmailAddress("office@firm.example")!),
            zone: Self.zone)
        settings = ReminderSettings(
            plan: ReminderPlan(calendar: OfficeCalendar(zone: Self.zone)), stationery: stationery,
            links: RequestLinks(publicURL: nil, key: nil))
        reminders = Reminders(
            store: data.store, letters: letters, events: OutboxEvents(log),
            clock: { clock.now })
    }

    var store: Store { data.store }

    var now: Timestamp {
        get { clock.now }
        set { clock.now = newValue }
    }

    /// Makes a request and has the server take its letters.
    func ask(
        _ addresses: String..., due: String? = "2026-12-10", expires: String = "2027-03-01"
    ) async throws -> RequestID {
        let now = now
        let id = try await store.write { transaction in
            let account = try transaction.addAccount(
                NewAccount(
                    number: AccountNumber("10482")!, type: .client, name: "Bäckerei", language: .de),
                folders: [NewFolder(name: "Mandantenunterlagen", access: .edit, isDefault: true)], by: "test",
                now: now)
            return try transaction.addRequest(
                NewRequest(
                    account: account, folder: FolderPath(top: "Mandantenunterlagen"), title: "Lohnunterlagen",
                    text: "Bitte senden Sie uns", language: .de, due: due.flatMap { CivilDay($0) },
                    expires: Self.at(expires, 0), items: ["Stundenzettel"],
                    recipients: addresses.map {
                        NewRequestRecipient(
                            name: nil, address: EmailAddress($0)!, key: AddressKey($0)!, contact: nil)
                    }), author: "Jana", by: "jana", now: now)
        }
        let request = try await request(id)
        let writer = RequestLetters(
            request, account: "Bäckerei", stationery: settings.stationery!, links: settings.links, now: now)
        let written = try request.recipients.map { try writer.letter(.request, to: $0, author: "jana") }
        try await letters.queue(written, now: now) { transaction in
            try transaction.sendRequest(id, to: request.recipients.map(\.id), by: "jana", now: now)
        }
        try await send()
        return id
    }

    func request(_ id: RequestID) async throws -> Request {
        try await store.read { try $0.knownRequest(id) }
    }

    /// Has a server take all that waits.
    func send() async throws {
        let now = now
        try await store.write { transaction in
            for letter in try transaction.dueLetters(route: nil, now: now, limit: 100) {
                let places = letter.recipients.map(\.place)
                try transaction.intend(letter.id, places: places, now: now)
                try transaction.settle(
                    letter.id, places.map { SubmissionOutcome(place: $0, .sent, code: 250, words: "ok") },
                    copyTo: nil, now: now)
            }
        }
    }

    /// Works until there is nothing to do at that moment, and says what was queued: kind and address.
    func work(at moment: Timestamp) async throws -> [String] {
        now = moment
        let before = try await letterCount()
        var next = try await reminders.work(settings)
        while let again = next, again <= moment { next = try await reminders.work(settings) }
        return try await store.read { transaction in
            try transaction.db.rows(
                """
                SELECT kind, address FROM letter JOIN submission ON submission.letter = letter.id
                WHERE letter.id > ? ORDER BY letter.id
                """, before
            ) { "\($0.text(0)) to \($0.text(1))" }
        }
    }

    /// The letters that are to be sent at that moment.
    func due(at moment: Timestamp) async throws -> [LetterID] {
        try await store.read { try $0.dueLetters(route: nil, now: moment, limit: 100).map(\.id) }
    }

    /// The states of all submissions of letters of a kind.
    func submissions(_ kind: String) async throws -> [String] {
        try await store.read { transaction in
            try transaction.db.rows(
                "SELECT state FROM submission JOIN letter ON letter.id = letter WHERE kind = ?", kind
            ) { $0.text(0) }
        }
    }

    private func letterCount() async throws -> Int64 {
        try await store.read {
            try $0.db.first("SELECT coalesce(max(id), 0) FROM letter") { $0.integer(0) } ?? 0
        }
    }

    /// `0 sent`, `1 passed over`
    func noted() async throws -> [String] {
        try await store.read { transaction in
            try transaction.db.rows("SELECT number, letter FROM reminder ORDER BY recipient, number, at") {
                "\($0.int(0)) \($0.isNull(1) ? "passed over" : "sent")"
            }
        }
    }
}

/// A clock that stands where it is put.
final class StandingClock: Sendable {
    private let time: Mutex<Timestamp>

    init(_ now: Timestamp) { time = Mutex(now) }

    var now: Timestamp {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }
}
