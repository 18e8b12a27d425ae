import IMAP
import Mail
import TestServers
import Testing

@Suite("A line on which octets are changed")
struct GarbleTests {
    private static let body = "From: a@b.example\r\nSubject: hello\r\n\r\nhello {12} (world)\r\n"

    /// What a server says after the login, one element for each command of `session(with:into:)`.
    private static let answers = [
        "* LIST (\\HasNoChildren \\Sent) \".\" \"Sent\"\r\n* LIST () NIL {3}\r\na&b\r\nTAG OK done\r\n",
        "* STATUS INBOX (MESSAGES 2 UIDNEXT 6 UIDVALIDITY 7 HIGHESTMODSEQ 99)\r\nTAG OK done\r\n",
        "* LIST () \".\" INBOX\r\n* STATUS {4}\r\nSent (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 3 HIGHESTMODSEQ 4)\r\n"
            + "* STATUS INBOX (MESSAGES 2 UIDNEXT 6 UIDVALIDITY 7)\r\nTAG OK done {4}\r\n",
        "* STATUS \"Sent\" (MESSAGES 2 UIDNEXT 3)\r\nTAG OK [X {3}] notified\r\n",
        "* STATUS INBOX (MESSAGES 2)\r\n* OK {9}\r\n* STATUS Sent (MESSAGES 3)\r\nTAG OK done\r\n",
        "* FLAGS (\\Seen $x)\r\n* 2 EXISTS\r\n* OK [PERMANENTFLAGS ()] no\r\n* OK [UIDVALIDITY 7] valid\r\n"
            + "* OK [UIDNEXT 6] next\r\n* OK [HIGHESTMODSEQ 99] top\r\nTAG OK [READ-ONLY] done\r\n",
        "* SEARCH 4 5\r\nTAG OK done\r\n",
        "* 1 FETCH (UID 4 FLAGS (\\Seen $x) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\""
            + " RFC822.SIZE 55 MODSEQ (98))\r\n"
            + "* 2 FETCH (UID 5 FLAGS () INTERNALDATE \"18-Jul-1996 02:44:25 -0700\""
            + " RFC822.SIZE 55 MODSEQ (99))\r\n"
            + "TAG OK done\r\n",
        "* 1 FETCH (UID 4 FLAGS () MODSEQ (98) BODY[] {\(body.utf8.count)}\r\n\(body))\r\n"
            + "* 2 FETCH (BODY[] \"quoted \\\"body\\\"\" UID 5 FLAGS () MODSEQ (99))\r\nTAG OK done\r\n",
        "* VANISHED 4:5\r\n* 0 EXISTS\r\nTAG OK done\r\n",
    ]

    private func session(with server: ScriptedIMAPServer, into collector: Collector) async throws {
        let session = try await open(server.port, user: "a", secret: "b", seconds: 2)
        _ = try await session.list()
        _ = try await session.status(.inbox)
        let sent = MailboxName("Sent")!
        let told = try await session.statuses(of: [.inbox, sent])
        #expect(told.keys.allSatisfy { [.inbox, sent].contains($0) })
        try await session.notify(of: [sent])
        _ = try await session.status(.inbox)
        _ = try await session.examine(.inbox)
        _ = try await session.uids()
        _ = try await session.metadata(of: uids(4, 5))
        _ = try await session.fetchBodies(uids(4, 5), into: collector)
        try await session.noop()
    }

    private func start(patience: Int32 = 50, _ garble: @escaping @Sendable (Int, [UInt8]) -> [UInt8])
        -> ScriptedIMAPServer
    {
        ScriptedIMAPServer { connection in
            try connection.logIn(capabilities: "IMAP4rev1 CONDSTORE QRESYNC LIST-EXTENDED LIST-STATUS NOTIFY")
            for (index, answer) in Self.answers.enumerated() {
                let command = try connection.command()
                let octets = Array(answer.replacing("TAG", with: command.tag).utf8)
                try connection.send(octets: garble(index, octets))
                // A client that waits for more than was sent waits in vain.
                guard connection.waits(milliseconds: patience) else { return }
            }
        }
    }

    @Test("unchanged, it is a session")
    func unchanged() async throws {
        let collector = Collector()
        try await session(with: start(patience: 30_000) { $1 }, into: collector)
        #expect(collector.bodies[uid(4)] == Array(Self.body.utf8))
        #expect(collector.bodies[uid(5)] == Array("quoted \"body\"".utf8))
    }

    @Test("changed, it is a session or an error, and never a crash or a wait", arguments: 0..<8)
    func changed(_ part: Int) async throws {
        for seed in (part * 40)..<(part * 40 + 40) {
            let server = start { index, octets in
                var random = Random(seed: UInt64(seed) &* 31 &+ UInt64(index))
                return random.garbled(octets)
            }
            let collector = Collector()
            do {
                try await session(with: server, into: collector)
            } catch let error as IMAPError {
                #expect(error.code != .timeout, "seed \(seed): \(error)")
            }
            #expect(collector.isConsistent, "seed \(seed)")
            #expect(collector.bodies.keys.allSatisfy { uids(4, 5).contains($0) }, "seed \(seed)")
        }
    }

    /// The same numbers on every machine. Marsaglia's xorshift.
    struct Random {
        private var state: UInt64

        init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

        mutating func next(below limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state >> 11) % limit
        }

        mutating func garbled(_ octets: [UInt8]) -> [UInt8] {
            var octets = octets
            let tokens = [
                "(", ")", "{9}\r\n", "\"", "\r\n", "NIL", " ", "99999999999", "[", "]", "BODY[]", "\\", "\0",
                "* ",
            ]
            // Two answers of three are left as they are, or hardly any session would get far.
            guard next(below: 3) == 0 else { return octets }
            for _ in 0...next(below: 3) {
                let place = next(below: octets.count)
                switch next(below: 4) {
                case 0: octets[place] = UInt8(next(below: 256))
                case 1: octets.remove(at: place)
                case 2: octets.insert(contentsOf: Array(tokens[next(below: tokens.count)].utf8), at: place)
                default: octets[place] ^= UInt8(1 << next(below: 8))
                }
            }
            return octets
        }
    }
}
