import FoundationEssentials
import Glibc
import Mail
import SQLite
import Synchronization
import TestServers
import Testing

extension EndToEnd {
    @Suite("Sending: what the server got, and what the firm knows of it")
    struct SendingTests {
        /// A firm whose letters leave by a scripted server.
        private func firm(_ server: ScriptedSMTPServer, _ sources: [Firm.Source] = []) -> Firm {
            Firm(
                sources,
                lines: """
                    [smtp]
                    host = "127.0.0.1"
                    port = \(server.port)
                    security = "plain"
                    from = "Bergmann & Partner <office@firm.example>"
                    per_hour = 1000000
                    \(sources.isEmpty ? "" : "copy_to = \"\(sources[0].name)\"")
                    """)
        }

        private func queue(_ count: Int, _ firm: Firm) {
            for number in 1...count {
                let answer = firm.run(
                    "message", "send", "--to", "kate\(number)@client.example", "--subject", "Brief \(number)",
                    "--text", "Guten Tag")
                #expect(answer.status == 0, "\(answer.text)")
            }
        }

        /// A letter of `queue list --json`.
        private struct Listed: Decodable {
            struct Recipient: Decodable {
                let state: String
                let maybeTwice: Bool
            }
            let messageId: String
            let recipients: [Recipient]
        }

        private func letters(_ firm: Firm) throws -> [Listed] {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try firm.run("queue", "list", "--all", "--json").text.split(separator: "\n")
                .filter { $0.hasPrefix("{") }.map { try decoder.decode(Listed.self, from: Data($0.utf8)) }
        }

        /// How often each letter arrived, by its Message-ID.
        private func deliveries(_ server: ScriptedSMTPServer) -> [String: Int] {
            var counts: [String: Int] = [:]
            for delivery in server.deliveries {
                let text = String(decoding: delivery.octets, as: UTF8.self)
                let line = text.split(separator: "\r\n").first { $0.hasPrefix("Message-ID: <") } ?? ""
                counts[String(line.dropFirst(13).dropLast()), default: 0] += 1
            }
            return counts
        }

        private struct Figures: CustomStringConvertible {
            var missing = 0
            var twice = 0
            var unflagged = 0
            var more = 0
            var leftToStaff = 0
            var description: String {
                "\(missing) missing, \(twice) twice (\(unflagged) of them not flagged), "
                    + "\(more) more than twice, \(leftToStaff) in doubt for staff"
            }
        }

        private func figures(_ firm: Firm, _ server: ScriptedSMTPServer) throws -> Figures {
            let arrived = deliveries(server)
            var figures = Figures()
            for letter in try letters(firm) {
                let count = arrived[letter.messageId] ?? 0
                let isInDoubt = letter.recipients.contains { $0.state == "intended" }
                if isInDoubt { figures.leftToStaff += 1 }
                if count == 0, !isInDoubt { figures.missing += 1 }
                if count == 2 { figures.twice += 1 }
                if count == 2, !letter.recipients.contains(where: \.maybeTwice) { figures.unflagged += 1 }
                if count > 2 { figures.more += 1 }
            }
            return figures
        }

        /// Lets the daemon run until nothing is to be sent any more but what staff must resolve.
        private func finish(_ firm: Firm) async throws {
            let daemon = firm.serve(["MAILROOM_PATIENCE": "1"])
            // Before it holds the data a command opens them itself, and a signal would find nobody listening.
            #expect(try await until(20) { firm.run("status").text.contains(", up ") })
            let isDone = try await until(120) {
                let answer = firm.run("queue", "list", "--json").text
                return !answer.contains("\"state\": \"queued\"") && !answer.contains("\"maybe_twice\": false")
            }
            #expect(isDone, "\(firm.run("queue", "list").text.suffix(2000))")
            daemon.signal(SIGTERM)
            #expect(await daemon.end(within: 5) == 0)
        }

        @Test("random kill -9 while letters go out: none missing, none twice but in the one window")
        func random() async throws {
            print("seed \(Effort.seed): MAILROOM_SEED=\(Effort.seed) has this run again")
            var dice = Dice(seed: Effort.seed)
            let server = ScriptedSMTPServer { $0.step == .mail ? .wait(milliseconds: 15) : .usual }
            let firm = firm(server)
            queue(Effort.letters, firm)
            var early = 0
            for _ in 0..<Effort.kills {
                let before = server.deliveries.count
                let daemon = firm.serve(["MAILROOM_PATIENCE": "1"])
                // From before it is ready until it has sent a few.
                _ = try await until(0.6) { server.deliveries.count > before }
                Pause.milliseconds(Int.random(in: 0...60, using: &dice))
                if daemon.kill() != 128 + SIGKILL { early += 1 }
            }
            try await finish(firm)
            let figures = try figures(firm, server)
            print(
                "\(Effort.kills) kills, \(Effort.letters) letters, \(server.deliveries.count) deliveries over "
                    + "\(server.connections) connections: \(figures)")
            #expect(early == 0, "it ended by itself: \(firm.logText.suffix(2000))")
            #expect(figures.missing == 0)
            #expect(figures.unflagged == 0)
            #expect(figures.more == 0)
        }

        struct Point: Sendable, CustomTestStringConvertible {
            let name: String
            /// How often the letter arrives that was under way.
            let arrivals: Int
            let isFlagged: Bool
            var testDescription: String { name }
        }

        @Test(
            "killed at each step around the final dot",
            .enabled(if: Binary.takesOrders, "a release build takes no orders to fail"),
            arguments: [
                Point(name: "before-intent", arrivals: 1, isFlagged: false),
                Point(name: "before-dot", arrivals: 1, isFlagged: true),
                Point(name: "after-dot", arrivals: 2, isFlagged: true),
                Point(name: "outcome-committed", arrivals: 1, isFlagged: false),
            ])
        func steps(_ point: Point) async throws {
            let server = ScriptedSMTPServer()
            let firm = firm(server)
            queue(3, firm)
            let daemon = firm.serve(["MAILROOM_FAULT": "kill:\(point.name):2"])
            #expect(await daemon.end(within: 20) == 128 + SIGKILL)
            try await finish(firm)
            let arrived = deliveries(server)
            let letters = try letters(firm)
            #expect(letters.count == 3)
            // The newest is first in the list.
            let second = letters[1]
            #expect(arrived[second.messageId] == point.arrivals)
            #expect(second.recipients.map(\.maybeTwice) == [point.isFlagged])
            for other in [letters[0], letters[2]] {
                #expect(arrived[other.messageId] == 1)
                #expect(other.recipients.map(\.maybeTwice) == [false])
            }
        }

        @Test(
            "F42: a reply is on the account's Email tab at once, and in Sent exactly once",
            .enabled(if: DovecotServer.isInstalled, "Dovecot is not installed"),
            arguments: [false, true])
        func sentCopies(_ serverFilesCopy: Bool) async throws {
            guard let dovecot = DovecotServer() else { throw NoServer() }
            dovecot.create("office", "Sent")
            let server = ScriptedSMTPServer()
            let firm = firm(server, [Firm.Source(port: dovecot.port, lines: "poll = \"30 s\"")])
            try firm.addClients()
            let question = """
                From: Kate Smith <kate@smith.example>
                To: office@firm.example
                Subject: A question
                Date: Sat, 21 Nov 2026 08:00:00 +0000
                Message-ID: <question@smith.example>

                Is it done?

                """
            dovecot.deliver(Array(question.replacing("\n", with: "\r\n").utf8), to: "office")
            #expect(firm.run("sync", "--once").status == 0)
            let daemon = firm.serve(["MAILROOM_PATIENCE": serverFilesCopy ? "4" : "1"])
            #expect(try await until(20) { firm.run("status").text.contains("up ") })
            firm.directory.write(Array("a file".utf8), to: "note.txt")
            firm.directory.write([UInt8](repeating: 65, count: 200_000), to: "large.txt")
            let answer = firm.run(
                "message", "reply", "1", "--text", "It is.", "--attach", firm.directory.file("note.txt"),
                "--attach", firm.directory.file("large.txt"))
            #expect(answer.status == 0, "\(answer.text)")
            let tab = firm.run("message", "list", "--account", "2", "--json").text
            #expect(tab.contains("\"direction\": \"out\""), "\(tab)")
            #expect(try await until(20) { server.deliveries.count == 1 })
            let sent = server.deliveries[0]
            #expect(sent.recipients == ["<kate@smith.example>"])
            let text = String(decoding: sent.octets, as: UTF8.self)
            #expect(text.contains("In-Reply-To: <question@smith.example>"))
            #expect(text.contains("Subject: Re: A question"))
            #expect(text.contains("> Is it done?"))
            #expect(text.contains("note.txt"))
            #expect(text.contains("large.txt"))
            if serverFilesCopy { dovecot.deliver(sent.octets, to: "office", MailboxName("Sent")!) }
            func copies() -> [TinyIMAP.Message] {
                dovecot.everything(of: "office").filter { $0.mailbox.decoded == "Sent" }
            }
            #expect(
                try await until(30) { firm.run("queue", "show", "1").text.contains("copy     there") },
                "\(firm.run("queue", "show", "1").text)")
            #expect(copies().count == 1)
            #expect(copies().first?.octets == sent.octets)
            daemon.signal(SIGTERM)
            #expect(await daemon.end(within: 5) == 0)
            #expect(firm.run("sync", "--once").status == 0)
            let messages = firm.run("message", "list", "--json").text.split(separator: "\n")
            #expect(messages.count == 2, "the copy is the same message")
            let reply = messages.first { $0.contains("\"direction\": \"out\"") } ?? ""
            #expect(reply.contains("\"mailbox\": \"Sent\""))
        }

        @Test(
            "check --online tells what the server does, and refuses where bounces reach nobody",
            .enabled(if: PostfixServer.isInstalled, "no Postfix, or not root"))
        func probe() async throws {
            guard let dovecot = DovecotServer() else { throw NoServer() }
            dovecot.create("office", "Sent")
            guard let postfix = PostfixServer(delivering: dovecot) else { throw NoServer() }
            func firm(from: String) -> Firm {
                Firm(
                    [Firm.Source(port: dovecot.port)],
                    lines: """
                        [smtp]
                        host = "127.0.0.1"
                        port = \(postfix.port)
                        security = "plain"
                        from = "\(from)"
                        copy_to = "office"
                        """)
            }
            let good = firm(from: "office@firm.example")
            let answer = good.run("check", "--online", environment: ["MAILROOM_PATIENCE": "20"])
            #expect(answer.status == 0, "\(answer.text)")
            #expect(answer.text.contains("login ok, SIZE 36 MB"), "\(answer.text)")
            #expect(answer.text.contains("replies and bounces of office@firm.example reach [mailbox.office]"))
            #expect(answer.text.contains("sub-addresses arrive"))
            let row = try good.openDatabase().first(
                "SELECT message_id, files_copy, sub_address, bounces_to FROM route_habit WHERE route = ''"
            ) { (id: $0.text(0), files: $0.int(1), sub: $0.int(2), to: $0.text(3)) }
            #expect(row?.id == "kept")
            #expect(row?.files == 0)
            #expect(row?.sub == 1)
            #expect(row?.to == "office")
            // Kate's mailbox is at the same server, and nobody reads it for the firm.
            let bad = firm(from: "kate@client.example").run(
                "check", "--online", environment: ["MAILROOM_PATIENCE": "4"])
            #expect(bad.status == 78, "\(bad.text)")
            #expect(bad.text.contains("reach no synced mailbox"))
            postfix.stop()
        }
    }
}
