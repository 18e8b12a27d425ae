import Daemon
import Intake
import Mail
import Store
import TestServers
import Testing

@testable import Commands

@Suite("mailbox list, test, resync")
struct MailboxTests {
    @Test("a configured mailbox that never ran is listed")
    func list() async throws {
        let bench = try await Bench()
        #expect(
            try await bench.lines("mailbox", "list", "--json") == [
                "{\"name\": \"office\", \"host\": \"127.0.0.1\", \"user\": \"office\", \"state\": null, "
                    + "\"last_contact\": null, \"next_try\": null, \"error\": null, \"mailboxes\": []}"
            ])
        try await bench.receive(Letter())
        #expect(
            try await bench.lines("mailbox", "list", "--json")[0].hasSuffix(
                "\"mailboxes\": [{\"name\": \"INBOX\", \"uid_validity\": 7, \"sent\": false, \"messages\": 1, "
                    + "\"recorded\": 1, \"waiting\": 0, \"quarantined\": 0, \"excluded\": 0, "
                    + "\"newest\": \"2026-11-21T08:00:00Z\"}]}"))
    }

    @Test("a resync forgets how far it was read, and nothing that was")
    func resync() async throws {
        let bench = try await Bench()
        try await bench.receive(Letter())
        let store = bench.office.data.store
        try await store.write { transaction in
            let box = try transaction.mailbox(.inbox, source: 1)!
            try transaction.setModSeq(ModSeq(5), of: box.id)
        }
        #expect(
            try await bench.lines("mailbox", "resync", "office") == [
                "office: 1 mailbox compared anew with the next mailroom sync --once"
            ])
        let (box, present) = try await store.read { transaction in
            let box = try transaction.mailbox(.inbox, source: 1)!
            return (box, try transaction.presentUIDs(in: box.id))
        }
        #expect(box.modSeq == nil && box.listedTo == nil)
        #expect(present == UIDSet([UID(1)!]))
        #expect(try await bench.audit()[0].action == "mailbox.resync")
        let wrong = await bench.run("mailbox", "resync", "ofice")
        #expect(wrong.code == .noSuchThing)
        #expect(wrong.printed.complaints == ["there is no [mailbox.ofice] (did you mean “office”?)"])
    }

    @Test("a resync of a real server lists all anew, and reads and files nothing twice")
    func resyncFromServer() async throws {
        guard let dovecot = DovecotServer() else {
            print("skipped: Dovecot is not installed")
            return
        }
        defer { dovecot.stop() }
        let bench = try await Bench(
            mailbox: "history = \"file\"", port: dovecot.port, password: dovecot.options.users["office"]!)
        _ = try await bench.lines(
            "account", "add", "Hofmann", "--number", "1", "--address", "buero@hofmann-brot.example")
        dovecot.deliver(Letter().with("a.pdf", Letter.pdf("a")).octets, to: "office")
        dovecot.deliver(Letter(id: "2@x").with("b.pdf", Letter.pdf("b")).octets, to: "office")
        #expect(try await bench.lines("sync", "--once", "--json")[0].contains("\"fetched\": 2,"))
        let before = bench.files
        #expect(before.count == 2)
        _ = try await bench.lines("mailbox", "resync", "office")
        dovecot.deliver(Letter(id: "3@x").with("c.pdf", Letter.pdf("c")).octets, to: "office")
        bench.office.health.remove("office")
        let again = try await bench.lines("sync", "--once", "--json")[0]
        #expect(again.contains("\"messages_server\": 3, \"messages_accounted\": 3, \"fetched\": 1,"))
        #expect(bench.files.count == 3)
        let tested = await Dispatch.run(
            ["-C", bench.configurationPath, "mailbox", "test", "office"], Printed())
        #expect(tested == .ok)
    }

    @Test("a resync judges nothing anew: what was read stays read, though its sender is nobody's now")
    func resyncKeeps() async throws {
        guard let dovecot = DovecotServer() else {
            print("skipped: Dovecot is not installed")
            return
        }
        defer { dovecot.stop() }
        let bench = try await Bench(
            mailbox: "unmatched = \"headers\"", port: dovecot.port,
            password: dovecot.options.users["office"]!)
        _ = try await bench.lines(
            "account", "add", "Hofmann", "--number", "1", "--address", "buero@hofmann-brot.example")
        let letter = Letter().with("a.pdf", Letter.pdf("a"))
        dovecot.deliver(letter.octets, to: "office")
        _ = try await bench.lines("sync", "--once")
        _ = try await bench.lines("contact", "remove", "buero@hofmann-brot.example")
        _ = try await bench.lines("mailbox", "resync", "office")
        _ = try await bench.lines("sync", "--once")
        let saved = await bench.run("message", "save", "1")
        #expect(saved.printed.octets == letter.octets)
        let list = try await bench.lines("message", "list", "--json")
        #expect(list.count == 1 && list[0].contains("\"uid\": 1,") && list[0].contains("\"parts\": 2}"))
    }

    @Test("what is set aside is listed, and asked for once more")
    func quarantined() async throws {
        let bench = try await Bench()
        try await bench.receive(Letter())
        let store = bench.office.data.store
        try await store.write { transaction in
            let box = try transaction.mailbox(.inbox, source: 1)!
            try transaction.want(UIDSet([UID(2)!]), in: box.id, listedTo: UID(2), now: Bench.now)
            try transaction.setPlacement(
                UID(2)!, in: box.id, state: .quarantined, tries: 3, nextTry: nil, reason: "unreadable")
        }
        #expect(
            try await bench.lines("message", "list", "--quarantined", "--json") == [
                "{\"source\": \"office\", \"mailbox\": \"INBOX\", \"uid_validity\": 7, \"uid\": 2, "
                    + "\"reason\": \"unreadable\", \"sha256\": null, \"since\": \"2026-11-21T08:00:00Z\", \"gone\": false}"
            ])
        #expect(
            try await bench.lines("mailbox", "resync", "office", "--quarantined") == [
                "office: 1 message set aside read once more with the next mailroom sync --once"
            ])
        let due = try await store.read { transaction in
            let box = try transaction.mailbox(.inbox, source: 1)!
            return try transaction.due(in: box.id, now: Bench.now, limit: 10)
        }
        #expect(due.map(\.uid) == [UID(2)!])
        #expect(due.map(\.attempts) == [0])
        #expect(try await bench.lines("message", "list", "--quarantined") == ["Every message could be read."])
    }
}
