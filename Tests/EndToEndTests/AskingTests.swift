import FoundationEssentials
import Glibc
import Mail
import SQLite
import TestServers
import Testing

extension EndToEnd {
    @Suite("A request on real servers: asked, answered, reminded, come back")
    struct AskingTests {
        /// A request of `request show --json`.
        private struct Shown: Decodable {
            struct Item: Decodable {
                let name: String
                let state: String
            }
            struct Recipient: Decodable {
                let address: String
                let state: String
                let reason: String?
            }
            let state: String
            let partlyAnswered: Bool
            let items: [Item]
            let recipients: [Recipient]
        }

        /// A letter in the client's mailbox, as another program reads it.
        private struct Got {
            let id: String
            let replyTo: String?
            let subject: String
            let text: String

            init?(_ octets: [UInt8], _ judge: MailJudge) {
                guard let facts = judge.read([octets]).first else { return nil }
                var (id, subject, text) = ("", "", "")
                for fact in facts {
                    switch fact {
                    case .id(let read): id = read
                    case .subject(let read): subject = read
                    case .text("plain", let read, _): text = read
                    case .text, .from, .to, .reference, .date, .file: break
                    }
                }
                (self.id, self.subject, self.text) = (id, subject, text)
                let unfolded = String(decoding: octets, as: UTF8.self).replacing("\r\n ", with: " ")
                let field = unfolded.split(separator: "\r\n").first { $0.hasPrefix("Reply-To:") }
                replyTo = field?.split(separator: "<").last.map { String($0.dropLast()) }
            }
        }

        private static let names = ["Timesheets", "Sick notes", "Travel expenses"]

        private func show(_ firm: Firm) throws -> Shown {
            let text = firm.run("request", "show", "1", "--json").text
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode(Shown.self, from: Data(text.utf8))
        }

        /// What the client's mailbox holds with that in its subject.
        private func got(_ subject: String, _ dovecot: DovecotServer, _ judge: MailJudge) -> Got? {
            dovecot.everything(of: "kate").compactMap { Got($0.octets, judge) }.last {
                $0.subject.hasPrefix(subject)
            }
        }

        /// Kate's answer, with a file for each name.
        ///
        /// - Parameter isBare: without the fields that name what it answers.
        private func reply(to letter: Got, _ number: Int, _ names: [String], isBare: Bool) -> [UInt8] {
            let thread = isBare ? "" : "In-Reply-To: <\(letter.id)>\nReferences: <\(letter.id)>\n"
            var text = """
                From: Kate Smith <kate@client.example>
                To: \(letter.replyTo ?? "office@firm.example")
                Subject: Re: \(letter.subject)
                Date: Sat, 21 Nov 2026 08:00:00 +0000
                Message-ID: <answer\(number)@client.example>
                \(thread)MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="=_a"

                --=_a
                Content-Type: text/plain; charset=utf-8

                Here they are.

                """
            for name in names {
                text += """
                    --=_a
                    Content-Type: application/pdf
                    Content-Disposition: attachment; filename="\(name) Smith.pdf"
                    Content-Transfer-Encoding: base64

                    \(Base64.lines(Letter.pdf(name), width: 76, ending: "\n"))
                    """
            }
            return Array((text + "--=_a--\n").replacing("\n", with: "\r\n").utf8)
        }

        /// Two of three items come, the third is reminded; another's letter comes back; the third comes.
        @Test(
            "request, reply with two of three, reminder for the third, a bounce that is seen, the end",
            .enabled(if: PostfixServer.isInstalled, "no Postfix, or not root"), arguments: [false, true])
        func story(_ bySubAddress: Bool) async throws {
            guard let judge = MailJudge.python(for: "a request on real servers") else { return }
            guard let dovecot = DovecotServer() else { throw NoServer() }
            var options = PostfixServer.Options()
            options.refusesUnknown = false
            guard let postfix = PostfixServer(options, delivering: dovecot) else { throw NoServer() }
            let firm = Firm(
                [Firm.Source(port: dovecot.port)],
                lines: """
                    [smtp]
                    host = "127.0.0.1"
                    port = \(postfix.port)
                    security = "plain"
                    from = "Bergmann & Partner <office@firm.example>"
                    sub_address = \(bySubAddress)
                    """)
            try firm.addClients([
                Firm.Client(number: "2", name: "Kate Smith", address: "kate@client.example")
            ])
            let daemon = firm.serve()
            #expect(try await until(20) { firm.run("status").text.contains("up ") })

            // Asked: one gets the letter, the other's comes back.
            let sent = firm.run(
                "request", "send", "2", "Payroll for November", "--item", Self.names[0], "--item",
                Self.names[1], "--item", Self.names[2], "--to", "kate@client.example", "--to",
                "gone@client.example")
            #expect(sent.status == 0, "\(sent.text)")
            #expect(try await until(15) { got("Documents needed", dovecot, judge) != nil })
            let letter = try #require(got("Documents needed", dovecot, judge))
            for name in Self.names { #expect(letter.text.contains(name), "\(letter.text)") }
            let token = letter.id.prefix { $0 != "@" }
            #expect(letter.replyTo == (bySubAddress ? "office+\(token)@firm.example" : nil))

            // Two of three come.
            #expect(
                postfix.take(
                    reply(to: letter, 1, Array(Self.names[..<2]), isBare: bySubAddress),
                    from: "kate@client.example", to: letter.replyTo ?? "office@firm.example"))
            #expect(
                try await until(15) {
                    try show(firm).items.map(\.state) == ["received", "received", "open"]
                },
                "\(firm.run("request", "show", "1").text)")
            #expect(try show(firm).state == "open")
            #expect(try show(firm).partlyAnswered)

            // The other's letter came back: seen at the request, among the events, in the status.
            #expect(
                try await until(15) { try show(firm).recipients[1].state == "undelivered" },
                "\(firm.run("request", "show", "1").text)\n\(postfix.log.suffix(2000))")
            let back = try show(firm).recipients[1]
            #expect(back.address == "gone@client.example")
            #expect(back.reason?.contains("unknown user: \"gone@client.example\"") == true, "\(back)")
            #expect(try show(firm).recipients[0].state != "undelivered")
            let database = try firm.openDatabase()
            let events = try database.rows(
                "SELECT kind, who, words FROM event WHERE kind = 'request.undelivered'"
            ) { "\($0.text(1)): \($0.text(2))" }
            #expect(events.count == 1)
            #expect(events[0].hasPrefix("gone@client.example: "))
            #expect(events[0].contains("unknown user"))
            let status = firm.run("status")
            #expect(status.status == 1)
            #expect(status.text.contains("1 request came back undelivered"), "\(status.text)")

            // What is still missing is asked for, of who got the letter.
            let reminded = firm.run("request", "remind", "1")
            #expect(reminded.status == 0)
            #expect(reminded.text.contains("reminder to kate@client.example (queued 3)"), "\(reminded.text)")
            #expect(firm.run("request", "remind", "1", "--to", "gone@client.example").status == 65)
            #expect(try await until(15) { got("Reminder", dovecot, judge) != nil })
            let reminder = try #require(got("Reminder", dovecot, judge))
            let needed =
                reminder.text.split(separator: "Still needed").last?.split(separator: "Already received")
                .first ?? ""
            #expect(Self.names.map { needed.contains($0) } == [false, false, true], "\(reminder.text)")

            // The third comes, and that is the end of it.
            #expect(
                postfix.take(
                    reply(to: reminder, 2, [Self.names[2]], isBare: bySubAddress),
                    from: "kate@client.example", to: reminder.replyTo ?? "office@firm.example"))
            #expect(
                try await until(15) { try show(firm).state == "answered" },
                "\(firm.run("request", "show", "1").text)")
            #expect(try show(firm).items.map(\.state) == ["received", "received", "received"])
            let late = firm.run("request", "remind", "1")
            #expect(late.status == 65)
            #expect(late.text.contains("request 1 is answered"), "\(late.text)")
            #expect(!firm.run("status").text.contains("came back undelivered"))

            // What was filed is what Kate sent, and nothing of the bounce; nobody else was written to.
            let filed = try database.rows(
                """
                SELECT part.name, message.nature FROM part JOIN message ON message.id = part.message
                WHERE part.state = 'filed' ORDER BY part.id
                """
            ) { "\($0.text(0)) \($0.text(1))" }
            #expect(filed == Self.names.map { "\($0) Smith.pdf ordinary" })
            let letters = try database.rows(
                "SELECT address, state FROM submission ORDER BY letter, place"
            ) { "\($0.text(0)) \($0.text(1))" }
            #expect(
                letters == [
                    "kate@client.example sent", "gone@client.example undelivered", "kate@client.example sent",
                ])
            daemon.signal(SIGTERM)
            #expect(await daemon.end(within: 10) == 0)
            postfix.stop()
        }
    }
}
