import Mail
import Mailroom
import SQLite
import TestServers
import Testing
import Text

@testable import Intake
@testable import Store

/// A firm that has sent one request to two people, each in a letter of their own.
private struct Asking {
    let firm: Firm
    let server = FakeMailServer()
    let request: RequestID
    static let kate = "abcdefghijklmnopqrstuvwxyz"
    static let bert = "bcdefghijklmnopqrstuvwxyza"

    init() async throws {
        firm = try await Firm()
        let account = try await firm.account("10482", "kate@smith.example", "bert@smith.example")
        let now = firm.clock.now
        request = try await firm.store.write { transaction in
            let db = transaction.db
            let folder = try #require(try db.first("SELECT id FROM folder LIMIT 1") { $0.integer(0) })
            let request = try db.insert(
                """
                INSERT INTO request (account, folder, title, text, language, state, expires, author, created)
                VALUES (?, ?, 'Lohnunterlagen', 'Bitte senden', 'de', 'open', ?, 'jana', ?)
                """, account.rawValue, folder, now.milliseconds + 90 * 86_400_000, now.milliseconds)
            let original = try db.insert(
                "INSERT INTO original (sha256, octets, segment, offset, length) VALUES (?, 1, 1, 0, 1)",
                [UInt8](repeating: 7, count: 32))
            for (place, (token, address)) in [
                (Self.kate, "kate@smith.example"), (Self.bert, "bert@smith.example"),
            ].enumerated() {
                let recipient = try db.insert(
                    """
                    INSERT INTO request_recipient (request, place, address, key, state, sent, changed)
                    VALUES (?, ?, ?, ?, 'sent', ?, ?)
                    """, request, place + 1, address, address, now.milliseconds, now.milliseconds)
                let letter = try db.insert(
                    """
                    INSERT INTO letter (kind, reverse_path, message_id, token, subject, sha256, octets, original,
                      smtp_utf8, eight_bit, account, request, author, queued)
                    VALUES ('request', 'office@firm.example', ?, ?, 'Lohnunterlagen', ?, 1, ?, 0, 0, ?, ?, 'jana', ?)
                    """, "\(token)@firm.example", token, [UInt8](repeating: 7, count: 32), original,
                    account.rawValue, request, now.milliseconds)
                for name in ["\(token)@firm.example", "\(token).r@firm.example"] {
                    try db.run("INSERT INTO letter_name (message_id, letter) VALUES (?, ?)", name, letter)
                }
                try db.run(
                    """
                    INSERT INTO submission (letter, place, address, key, request_recipient, state, attempts, intents,
                      changed) VALUES (?, 0, ?, ?, ?, 'sent', 1, 1, ?)
                    """, letter, address, address, recipient, now.milliseconds)
            }
            return RequestID(request)
        }
    }

    /// Delivers, syncs, and says what there is now.
    func receive(_ lines: String) async throws {
        server.deliver(
            Array(
                lines.split(separator: "\n", omittingEmptySubsequences: false)
                    .joined(separator: "\r\n").utf8))
        try await firm.sync(server)
    }

    /// Kate's state and Bert's, the reason after a colon.
    func recipients() async throws -> [String] {
        try await firm.store.read { [request] in
            try $0.recipients(of: request).map { $0.state.rawValue + ($0.reason.map { ": " + $0 } ?? "") }
        }
    }

    func events() async throws -> [String] {
        try await firm.store.read { transaction in
            try transaction.db.rows("SELECT kind, who, words FROM event ORDER BY id") {
                "\($0.text(0)) \($0.optionalText(1) ?? "-"): \($0.text(2))"
            }
        }
    }

    func count(_ sql: String) async throws -> Int { try await firm.count(sql) }
}

/// A delivery report of RFC 3464 about Kate's letter.
private func bounce(
    to: String = "office@firm.example", action: String = "failed", status: String = "5.1.1",
    recipient: String = "kate@smith.example", words: String = "550 5.1.1 no such user here",
    id: String = "\(Asking.kate)@firm.example", references: String? = nil,
    type: String = "message/delivery-status",
    encoding: String = "7bit", statusBody: String? = nil
) -> String {
    """
    Return-Path: <>
    From: Mail Delivery System <MAILER-DAEMON@mx.example>
    To: \(to)
    Subject: Undelivered Mail Returned to Sender
    Message-ID: <\(action)-\(status)-\(recipient)-\(id.prefix(5))@mx.example>
    Date: Mon, 02 Mar 2026 09:00:00 +0000
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status; boundary="=_r"

    --=_r
    Content-Type: text/plain

    I'm sorry to have to inform you.

    --=_r
    Content-Type: \(type)
    Content-Transfer-Encoding: \(encoding)

    \(statusBody ?? """
    Reporting-MTA: dns; mx.example

    Final-Recipient: rfc822; \(recipient)
    Action: \(action)
    Status: \(status)
    Diagnostic-Code: smtp; \(words)
    """)

    --=_r
    Content-Type: message/rfc822

    From: office@firm.example
    To: kate@smith.example
    Subject: Lohnunterlagen
    Message-ID: <\(id)>\(references.map { "\nReferences: \($0)" } ?? "")
    Content-Type: multipart/mixed; boundary="=_i"

    --=_i
    Content-Type: application/pdf
    Content-Disposition: attachment; filename="bitte.pdf"

    %PDF-1.4
    --=_i--

    --=_r--
    """
}

@Suite("Failure stories of letters that come back")
struct ReportStoryTests {
    @Test("F35: a bounce of a request's letter: undelivered, with the server's words; never filed")
    func f35_undelivered() async throws {
        let asking = try await Asking()
        try await asking.receive(bounce())
        #expect(try await asking.recipients() == ["undelivered: 550 5.1.1 no such user here", "sent"])
        #expect(
            try await asking.events() == [
                "request.undelivered kate@smith.example: wrong address: 550 5.1.1 no such user here"
            ])
        #expect(try await asking.count("SELECT count(*) FROM submission WHERE state = 'undelivered'") == 1)
        #expect(
            try await asking.count(
                "SELECT count(*) FROM report WHERE action = 'failed' AND status = '5.1.1' AND place = 0") == 1
        )
        // It shows on the account's Email tab, and what came back in it is nobody's document.
        #expect(
            try await asking.count(
                """
                SELECT count(*) FROM message JOIN account ON account.id = message.account
                WHERE number = '10482' AND nature = 'delivery_report' AND match = 'request'
                """) == 1)
        #expect(try await asking.firm.documents().isEmpty)
        #expect(try await asking.count("SELECT count(*) FROM part WHERE state = 'filed'") == 0)
        // Asked again, the rules say the same.
        let explained = try await Clerk(
            recorder: asking.firm.recorder, store: asking.firm.store, sources: [], actor: "test",
            now: asking.firm.clock.now
        ).explain(MessageNumber(1))
        #expect(explained.matching.kind == .request && explained.matching.account != nil)
    }

    @Test("F35: the same bounce twice, or met in two mailboxes, is told once")
    func f35_twice() async throws {
        let asking = try await Asking()
        try await asking.receive(bounce())
        try await asking.receive(bounce())
        asking.server.deliver(Array(bounce().utf8), to: "Archive")
        try await asking.firm.sync(asking.server)
        try await asking.receive(bounce(status: "5.2.1", words: "550 again"))
        #expect(try await asking.events().count == 1)
        #expect(try await asking.recipients()[0] == "undelivered: 550 5.1.1 no such user here")
    }

    @Test(
        "F35: what is no failure changes nothing but what staff hear",
        arguments: [
            ("delayed", "4.4.1", "letter.delayed"), ("delivered", "2.0.0", "letter.delivered"),
            ("relayed", "2.0.0", "letter.relayed"), ("expanded", "2.0.0", "letter.expanded"),
        ])
    func f35_noFailure(_ action: String, _ status: String, _ kind: String) async throws {
        let asking = try await Asking()
        try await asking.receive(bounce(action: action, status: status, words: "said so"))
        #expect(try await asking.recipients() == ["sent", "sent"])
        #expect(try await asking.events() == ["\(kind) kate@smith.example: said so"])
        #expect(try await asking.count("SELECT count(*) FROM submission WHERE state = 'sent'") == 2)
    }

    struct Form: CustomTestStringConvertible, Sendable {
        let sentence: String
        let mail: String
        var testDescription: String { sentence }
    }

    @Test(
        "F35: a letter is known by its secret name, wherever that stands",
        arguments: [
            Form(sentence: "its Message-ID", mail: bounce()),
            Form(
                sentence: "the end of its References, where the server replaced the Message-ID",
                mail: bounce(
                    id: "0102@relay.example", references: "<a@b.example> <\(Asking.kate).r@firm.example>")),
            Form(
                sentence: "the sub-address the report came to",
                mail: bounce(to: "office+\(Asking.kate)@firm.example", id: "0102@relay.example")),
            Form(
                sentence: "in base64, and with lower-case types",
                mail: bounce(
                    encoding: "base64",
                    // Final-Recipient: rfc822; kate@smith.example / Action: failed / Status: 5.1.1 /
                    // Diagnostic-Code: smtp; 550 5.1.1 no such user here
                    statusBody: """
                        RmluYWwtUmVjaXBpZW50OiByZmM4MjI7IGthdGVAc21pdGguZXhhbXBsZQpBY3Rpb246IGZhaWxlZApT
                        dGF0dXM6IDUuMS4xCkRpYWdub3N0aWMtQ29kZTogc210cDsgNTUwIDUuMS4xIG5vIHN1Y2ggdXNlciBo
                        ZXJlCg==
                        """)),
            Form(sentence: "RFC 6533's part", mail: bounce(type: "message/global-delivery-status")),
            Form(
                sentence: "qmail's words, the header within the text",
                mail: """
                    Return-Path: <>
                    From: MAILER-DAEMON@mx.example
                    To: office@firm.example
                    Subject: failure notice

                    Hi. This is the qmail-send program at mx.example.

                    <kate@smith.example>:
                    550 5.1.1 no such user here

                    --- Below this line is a copy of the message.

                    Return-Path: <office@firm.example>
                    Message-ID: <\(Asking.kate)@firm.example>
                    To: kate@smith.example

                    Bitte senden
                    """),
            Form(
                sentence: "Exchange's, which names what it answers and returns nothing",
                mail: """
                    From: postmaster@smith.example
                    To: office@firm.example
                    Subject: Undeliverable: Lohnunterlagen
                    In-Reply-To: <\(Asking.kate)@firm.example>
                    Auto-Submitted: auto-replied

                    Delivery has failed to these recipients or groups:

                    kate@smith.example
                    550 5.1.1 no such user here
                    """),
        ])
    func f35_names(_ form: Form) async throws {
        let asking = try await Asking()
        try await asking.receive(form.mail)
        #expect(try await asking.recipients() == ["undelivered: 550 5.1.1 no such user here", "sent"])
    }

    @Test(
        "F35: a forged bounce changes nothing",
        arguments: [
            Form(
                sentence: "with a name that is none",
                mail: bounce(id: "cdefghijklmnopqrstuvwxyzab@firm.example")),
            Form(
                sentence: "with the name of a letter to somebody else",
                mail: bounce(id: "\(Asking.bert)@firm.example")),
            Form(
                sentence: "about an address that got no letter",
                mail: bounce(recipient: "eve@evil.example")),
            Form(
                sentence: "a person's mail that says the same",
                mail: """
                    From: Kate Smith <kate@smith.example>
                    To: office@firm.example
                    Subject: AW: Lohnunterlagen
                    In-Reply-To: <\(Asking.kate)@firm.example>

                    <kate@smith.example>: 550 5.1.1 no such user here
                    """),
        ])
    func f35_forged(_ form: Form) async throws {
        let asking = try await Asking()
        try await asking.receive(form.mail)
        #expect(try await asking.recipients().allSatisfy { !$0.hasPrefix("undelivered") })
        #expect(try await asking.count("SELECT count(*) FROM submission WHERE state = 'undelivered'") == 0)
    }

    @Test("F35: who is away has answered nothing")
    func f35_away() async throws {
        let asking = try await Asking()
        try await asking.receive(
            """
            From: Kate Smith <kate@smith.example>
            To: office@firm.example
            Subject: Abwesenheitsnotiz: Lohnunterlagen
            In-Reply-To: <\(Asking.kate)@firm.example>
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="=_a"

            --=_a
            Content-Type: text/plain; charset=utf-8

            Ich bin bis Montag nicht da.
            --=_a
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="Anfahrt.pdf"

            %PDF-1.4 a map
            --=_a--
            """)
        #expect(try await asking.recipients() == ["sent", "sent"])
        #expect(
            try await asking.events() == [
                "letter.away kate@smith.example: Abwesenheitsnotiz: Lohnunterlagen Ich bin bis Montag nicht da."
            ])
        #expect(try await asking.count("SELECT count(*) FROM request WHERE state = 'open'") == 1)
        #expect(try await asking.firm.documents().isEmpty)
    }

    @Test("F35: an abuse report and a disposition notice are told, and fail nothing")
    func f35_notices() async throws {
        let asking = try await Asking()
        for (type, fields) in [
            ("feedback-report", "Feedback-Type: abuse\nOriginal-Rcpt-To: kate@smith.example"),
            (
                "disposition-notification",
                "Final-Recipient: rfc822; kate@smith.example\nOriginal-Message-ID: <\(Asking.kate)@firm.example>\n"
                    + "Disposition: manual-action/MDN-sent-manually; displayed"
            ),
        ] {
            try await asking.receive(
                """
                From: Kate Smith <kate@smith.example>
                To: office@firm.example
                Subject: \(type)
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=\(type); boundary="=_r"

                --=_r
                Content-Type: message/\(type)

                \(fields)

                --=_r
                Content-Type: text/rfc822-headers

                Message-ID: <\(Asking.kate)@firm.example>

                --=_r--
                """)
        }
        #expect(try await asking.recipients() == ["sent", "sent"])
        #expect(
            try await asking.events().map { $0.split(separator: " ")[0] }
                == ["letter.complained", "letter.displayed"])
    }

    @Test("F35: a bounce that names no letter of ours is in the ledger, and changes nothing")
    func f35_nobodys() async throws {
        let asking = try await Asking()
        try await asking.receive(bounce(id: "spam@elsewhere.example"))
        #expect(try await asking.events().isEmpty)
        #expect(try await asking.count("SELECT count(*) FROM report") == 0)
        #expect(try await asking.firm.messages() == 1)
        #expect(try await asking.firm.documents().isEmpty)
    }
}
