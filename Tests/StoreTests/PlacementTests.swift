import Mail
import Testing

@testable import Store

@Suite("Placements: one row for each UID the server listed")
struct PlacementTests {
    let directory = ScratchDirectory()

    private func mailbox(_ store: Store) async throws -> MailboxRecord {
        try await store.write { transaction in
            let source = try transaction.source("office", now: noon)
            return try transaction.beginMailbox(
                .inbox, source: source.id, uidValidity: UIDValidity(7)!, isSent: false)
        }
    }

    @Test("what was listed stays wanted until something became of it")
    func wanted() async throws {
        let store = try Store.open(path: directory.file("db"))
        let box = try await mailbox(store)
        try await store.write { transaction in
            try transaction.want(UIDSet(parsing: "3:5,9")!, in: box.id, listedTo: UID(9), now: noon)
            try transaction.setPlacement(
                UID(4)!, in: box.id, state: .absent, tries: 1, nextTry: Timestamp(seconds: noon.seconds + 60),
                reason: "gave_nothing")
        }
        let now = try await store.read { try $0.due(in: box.id, now: noon, limit: 10) }
        #expect(now.map(\.uid.rawValue) == [3, 5, 9])
        let later = Timestamp(seconds: noon.seconds + 61)
        let then = try await store.read { try $0.due(in: box.id, now: later, limit: 10) }
        // What already failed once comes behind what is new.
        #expect(then.map(\.uid.rawValue) == [3, 5, 9, 4])
        let known = try await store.read { transaction in
            (try transaction.openCount(in: box.id), try transaction.mailbox(.inbox, source: 1)?.listedTo)
        }
        #expect(known.0 == 4)
        #expect(known.1 == UID(9))
    }

    @Test("a UID listed twice keeps what is known of it")
    func listedTwice() async throws {
        let store = try Store.open(path: directory.file("db"))
        let box = try await mailbox(store)
        try await store.write { transaction in
            try transaction.want(UIDSet(parsing: "1:2")!, in: box.id, listedTo: UID(2), now: noon)
            try transaction.countAttempt([UID(1)!], in: box.id)
            try transaction.markGone(UIDSet(parsing: "1")!, in: box.id, at: noon)
            try transaction.want(UIDSet(parsing: "1:3")!, in: box.id, listedTo: UID(3), now: noon)
        }
        let due = try await store.read { try $0.due(in: box.id, now: noon, limit: 10) }
        #expect(due.map(\.uid.rawValue) == [1, 2, 3])
        #expect(due.map(\.attempts) == [1, 0, 0])
    }

    @Test("a new UIDVALIDITY begins a generation; the old one comes back with all it knew")
    func generations() async throws {
        let store = try Store.open(path: directory.file("db"))
        let box = try await mailbox(store)
        try await store.write { transaction in
            try transaction.want(UIDSet(parsing: "1:3")!, in: box.id, listedTo: UID(3), now: noon)
            try transaction.supersede(box.id, at: noon)
            let new = try transaction.beginMailbox(
                .inbox, source: 1, uidValidity: UIDValidity(8)!, isSent: false)
            #expect(new.id != box.id)
            #expect(new.listedTo == nil)
            try transaction.supersede(new.id, at: noon)
            let old = try transaction.beginMailbox(
                .inbox, source: 1, uidValidity: UIDValidity(7)!, isSent: false)
            #expect(old.id == box.id)
            #expect(old.listedTo == UID(3))
        }
    }

    @Test("an error takes the whole transaction back")
    func rollback() async throws {
        let store = try Store.open(path: directory.file("db"))
        let box = try await mailbox(store)
        await #expect(throws: StoreError.self) {
            try await store.write { transaction in
                try transaction.want(UIDSet(parsing: "1:3")!, in: box.id, listedTo: UID(3), now: noon)
                throw StoreError(.conflict, "on purpose")
            }
        }
        #expect(try await store.read { try $0.openCount(in: box.id) } == 0)
    }
}
