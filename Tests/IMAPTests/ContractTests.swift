import IMAP
import Mail
import TestServers
import Testing

@Suite("What an IMAP session does, whoever the server is")
struct ContractTests {
    @Test("a session learns what the server can do, and who it is", arguments: ServerKind.available)
    func facts(_ kind: ServerKind) async throws {
        let server = try kind.start()
        defer { server.stop() }
        let session = try await server.open()
        #expect(session.has("idle") && session.has("QRESYNC") && !session.has("X-GM-EXT-1"))
        #expect(session.identity.name == (kind == .fake ? "Fake" : "Dovecot"))
        #expect(session.identity.tlsVersion == nil)
        #expect(session.bytesReceived > 0)
        await session.logout()
    }

    @Test("a wrong secret is a refused login and nothing else", arguments: ServerKind.available)
    func wrongSecret(_ kind: ServerKind) async throws {
        let server = try kind.start()
        defer { server.stop() }
        let login = IMAPLogin(user: server.login.user, secret: "not this one")
        let error = await #expect(throws: IMAPError.self) {
            try await IMAPSession.open(server.endpoint, login)
        }
        #expect(error?.code == .authenticationFailed)
        #expect(error?.responseCode == "AUTHENTICATIONFAILED")
        #expect(error?.isTransient == false)
        #expect(error.map { "\($0)" }?.contains("not this one") == false)
    }

    @Test("bodies come as they were delivered, octet for octet", arguments: ServerKind.available)
    func bodies(_ kind: ServerKind) async throws {
        let server = try kind.start()
        defer { server.stop() }
        let sent = [message(1), message(2, octets: 300_000), message(3)]
        for octets in sent { server.deliver(octets, to: .inbox) }
        let session = try await server.open()
        let selection = try await session.examine(.inbox)
        #expect(selection.exists == 3)
        #expect(selection.uidValidity != nil && selection.highestModSeq != nil)
        #expect(selection.uidNext == uid(4))
        let all = try await session.uids()
        #expect(all == uids(1, 2, 3))
        let collector = Collector()
        let received = try await session.fetchBodies(all, into: collector)
        #expect(received == all)
        #expect(collector.isConsistent)
        #expect(Set(collector.bodies.values) == Set(sent))
        #expect(collector.messages.allSatisfy { $0.internalDate != nil && $0.modSeq != nil })
        await session.logout()
    }

    @Test("headers alone end with the blank line", arguments: ServerKind.available)
    func headers(_ kind: ServerKind) async throws {
        let server = try kind.start()
        defer { server.stop() }
        server.deliver(message(1, octets: 5000), to: .inbox)
        let session = try await server.open()
        _ = try await session.examine(.inbox)
        let collector = Collector()
        let received = try await session.fetchHeaders(uids(1), into: collector)
        #expect(received == uids(1))
        let text = collector.bodies[uid(1)].map { String(decoding: $0, as: UTF8.self) }
        #expect(text?.hasSuffix("<1@b.example>\r\n\r\n") == true)
    }

    @Test("UIDs are found in ranges, and n:* never brings one below n", arguments: ServerKind.available)
    func search(_ kind: ServerKind) async throws {
        let server = try kind.start()
        defer { server.stop() }
        for number in 1...5 { server.deliver(message(number), to: .inbox) }
        let session = try await server.open()
        _ = try await session.examine(.inbox)
        server.expunge(uid(3), from: .inbox)
        _ = try await session.examine(.inbox)
        #expect(try await session.uids(in: uid(2)...uid(4)) == uids(2, 4))
        #expect(try await session.uids(from: uid(4)) == uids(4, 5))
        #expect(try await session.uids(from: uid(6)).isEmpty)
    }

    @Test("metadata gives flags, date and size", arguments: ServerKind.available)
    func metadata(_ kind: ServerKind) async throws {
        let server = try kind.start()
        defer { server.stop() }
        server.deliver(message(1), to: .inbox)
        let session = try await server.open()
        _ = try await session.examine(.inbox)
        let found = try await session.metadata(of: uids(1, 9))
        #expect(found.map(\.uid) == [uid(1)])
        #expect(found.first?.size == UInt32(message(1).count))
        #expect(found.first?.internalDate != nil)
        let states = try await session.flags(of: uids(1))
        #expect(states.map(\.uid) == [uid(1)])
        #expect(states.first?.flags.contains(.seen) == false, "a session reads without marking as read (F4)")
    }

    @Test("with a resync point, what vanished is told at EXAMINE", arguments: ServerKind.available)
    func resync(_ kind: ServerKind) async throws {
        let server = try kind.start()
        defer { server.stop() }
        for number in 1...4 { server.deliver(message(number), to: .inbox) }
        let first = try await server.open()
        let before = try await first.examine(.inbox)
        await first.logout()
        server.expunge(uid(2), from: .inbox)
        server.deliver(message(5), to: .inbox)
        let validity = try #require(before.uidValidity)
        let modSeq = try #require(before.highestModSeq)
        let second = try await server.open()
        let point = ResyncPoint(uidValidity: validity, modSeq: modSeq)
        let after = try await second.examine(.inbox, since: point)
        #expect(after.isResync)
        #expect(after.vanished == uids(2))
        #expect(after.changed.map(\.uid) == [uid(5)])
        #expect(after.exists == 4)
        let changes = try await second.flags(of: uids(1, 3, 4, 5), changedSince: modSeq)
        #expect(changes.map(\.uid) == [uid(5)])
    }

    @Test("mailboxes are listed with their names decoded", arguments: ServerKind.available)
    func list(_ kind: ServerKind) async throws {
        let server = try kind.start()
        defer { server.stop() }
        let name = try #require(MailboxName("Steuern & Bücher"))
        server.deliver(message(1), to: .inbox)
        server.deliver(message(2), to: name)
        server.deliver(message(3), to: MailboxName("Sent")!)
        if let fake = server as? FakeFixture {
            fake.server.change("Sent") { $0.attributes = "\\HasNoChildren \\Sent" }
        }
        let session = try await server.open()
        let found = try await session.list()
        #expect(found.map(\.name).contains(.inbox) && found.map(\.name).contains(name))
        #expect(found.allSatisfy { $0.isSelectable && $0.delimiter == "." })
        #expect(found.first { $0.uses == [.sent] }?.name.decoded == "Sent")
        let status = try await session.status(name)
        #expect(status.messages == 1 && status.uidNext == uid(2) && status.uidValidity != nil)
        #expect(status.highestModSeq != nil)
        #expect(try await session.examine(name).exists == 1)
    }

    @Test("what STATUS tells of many mailboxes comes with one LIST", arguments: ServerKind.available)
    func statuses(_ kind: ServerKind) async throws {
        let server = try kind.start()
        defer { server.stop() }
        let names = [MailboxName.inbox] + ["Steuern & Bücher", "two words", "Sent"].map { MailboxName($0)! }
        for (index, name) in names.enumerated() {
            for number in 0...index { server.deliver(message(number), to: name) }
        }
        let fake = server as? FakeFixture
        fake?.server.fail { $0.capabilities += " LIST-EXTENDED LIST-STATUS" }
        let session = try await server.open()
        let nowhere = MailboxName("Nowhere")!
        let told = try await session.statuses(of: names + [nowhere])
        for (index, name) in names.enumerated() {
            #expect(told[name]?.messages == UInt32(index + 1), "\(name)")
            #expect(try await told[name] == session.status(name))
        }
        #expect(told[nowhere] == nil)
        guard let fake else { return }
        fake.server.fail { $0.refusesListStatus = true }
        #expect(try await session.statuses(of: names) == [:])
        #expect(try await session.status(.inbox).messages == 1, "the session goes on")
    }

    @Test("a mailbox that is not there is a NO with its code", arguments: ServerKind.available)
    func missing(_ kind: ServerKind) async throws {
        let server = try kind.start()
        defer { server.stop() }
        let session = try await server.open()
        let error = await #expect(throws: IMAPError.self) {
            try await session.examine(MailboxName("Nowhere")!)
        }
        #expect(error?.code == .no)
        #expect(error?.isTransient == (error?.responseCode != "NONEXISTENT"))
        let after = await #expect(throws: IMAPError.self) { try await session.noop() }
        #expect(after?.code == .closed, "after an error the session is over")
    }

    @Test("IDLE ends when a message arrives, and the session goes on", arguments: ServerKind.available)
    func idle(_ kind: ServerKind) async throws {
        let server = try kind.start()
        defer { server.stop() }
        server.deliver(message(1), to: .inbox)
        let session = try await server.open()
        _ = try await session.examine(.inbox)
        async let outcome = session.idle(seconds: 20)
        if let fake = server as? FakeFixture {
            while !fake.server.commands.contains("IDLE") { await Task.yield() }
        }
        server.deliver(message(2), to: .inbox)
        guard case .changed(let changes) = try await outcome else {
            Issue.record("no news in 20 seconds")
            return
        }
        #expect(changes.exists == 2)
        #expect(try await session.uids() == uids(1, 2))
        await session.logout()
    }

    @Test("with NOTIFY, IDLE ends for a message in another mailbox", arguments: ServerKind.available)
    func notify(_ kind: ServerKind) async throws {
        // Of other mailboxes it hears by their common index, which it has unless it is told otherwise.
        let server = try kind.start(dovecot: "mailbox_list_index = yes")
        defer { server.stop() }
        let sent = MailboxName("Sent")!
        server.deliver(message(1), to: .inbox)
        server.deliver(message(1), to: sent)
        let fake = (server as? FakeFixture)?.server
        fake?.fail { $0.capabilities += " NOTIFY" }
        let session = try await server.open()
        _ = try await session.examine(.inbox)
        try await session.notify(of: [sent, MailboxName("Nowhere")!])
        async let outcome = session.idle(seconds: 20)
        while fake?.idlers == 0 { await Task.yield() }
        if let dovecot = server as? DovecotFixture {
            // As LMTP would: what others put into a Maildir it learns of when it is asked.
            try dovecot.append(message(2), to: sent)
        } else {
            server.deliver(message(2), to: sent)
        }
        guard case .changed(let changes) = try await outcome else {
            Issue.record("no news in 20 seconds")
            return
        }
        #expect(changes.hasOthers && changes.exists == nil)
        // And of the open one as ever.
        async let own = session.idle(seconds: 20)
        while fake?.idlers == 0 { await Task.yield() }
        server.deliver(message(3), to: .inbox)
        guard case .changed(let news) = try await own else {
            Issue.record("no news in 20 seconds")
            return
        }
        #expect(news.exists == 2)
        #expect(try await session.status(sent).messages == 2)
        await session.logout()
    }

    @Test("IDLE without news ends in its time", arguments: ServerKind.available)
    func idleTimeout(_ kind: ServerKind) async throws {
        let server = try kind.start()
        defer { server.stop() }
        let session = try await server.open()
        _ = try await session.examine(.inbox)
        let began = ContinuousClock.now
        #expect(try await session.idle(seconds: 1) == .timeout)
        #expect(began.duration(to: .now) < .seconds(20))
        try await session.noop()
    }
}
