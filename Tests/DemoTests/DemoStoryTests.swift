import Testing

@testable import Demo

@Suite("The demo's story")
struct DemoStoryTests {
    private static let facts = DemoFacts(
        mailboxes: [.init(name: "INBOX", messages: 61), .init(name: "Sent", messages: 5)], octets: 4_321_000,
        milliseconds: 1240,
        accounts: [
            .init(
                number: "10482", name: "Bäckerei Hofmann GmbH", messages: 3,
                folders: [
                    .init(
                        path: "Mandantenunterlagen/2025/Belege", access: .edit,
                        documents: [
                            .init(name: "Rechnung.pdf", sightings: 2),
                            .init(name: "a.pdf", container: "b.zip"),
                        ]),
                    .init(path: "Eingang", access: .private, documents: [.init(name: "Kalkulation.xlsm")]),
                ]),
            .init(
                number: "10517", name: "株式会社さくら商事", messages: 1,
                folders: [.init(path: "共有資料/2025", access: .view, documents: [.init(name: "請求書.pdf")])]),
            .init(number: "10541", name: "Smith & Daughters GmbH", messages: 0, folders: []),
        ],
        waiting: [
            .init(
                reason: "against",
                items: [
                    .init(
                        name: "Neue \u{202e}fdp.exe", sender: "x@y.example", message: "7",
                        note: "DMARC failed")
                ]),
            .init(reason: "ambiguous", items: []),
        ],
        shown: [.init(reason: "inline", count: 1), .init(reason: "text", count: 66)], duplicates: 1,
        unwrapped: 2,
        failed: [.init(name: nil, sender: "bulk\u{1b}[2J", message: "9", note: "unreadable")],
        documents: "/tmp/demo/documents",
        hints: [
            .init(what: "why", command: "mailroom explain 7"),
            .init(what: "what waits", command: "mailroom file list"),
        ])

    @Test("the summary, word for word")
    func summary() {
        let expected = """
            Synced     66 messages, 4.3 MB, in 1.2 s: INBOX 61, Sent 5
            Filed      4 documents of 2 accounts
                       2 containers unpacked, 1 file known already, filed once
            Shown      1 picture in the text, 66 texts
            Waiting    1 thing for staff
            Set aside  1 mail

            Whose mail it was, and where the attachments went
            ─────────────────────────────────────────────────

            10482 Bäckerei Hofmann GmbH                         3 messages, 3 documents
              Mandantenunterlagen/2025/Belege/                 client can view and edit
                Rechnung.pdf                                               came 2 times
                a.pdf                                                        from b.zip
              Eingang/                                                        team only
                Kalkulation.xlsm

            10517 株式会社さくら商事                              1 message, 1 document
              共有資料/2025/                                            client can view
                請求書.pdf

            10541 Smith & Daughters GmbH                        0 messages, 0 documents


            What waits for staff, and why
            ─────────────────────────────

            the sender is not who the mail says
              Neue <U+202E>fdp.exe         from x@y.example, message 7: DMARC failed


            What could not be read, and held up nothing
            ───────────────────────────────────────────

              the text                     from bulk<U+001B>[2J, message 9: unreadable


            Where to look
            ─────────────

              /tmp/demo/documents
              why         mailroom explain 7
              what waits  mailroom file list

            """
        let story = DemoStory(width: 75, isColoured: false)
        let told = story.summary(Self.facts) + story.whereToLook(Self.facts)
        #expect(told == expected, "\(told)")
    }

    @Test("a request as it is typed, and the letter as it is found, word for word")
    func request() {
        let story = DemoStory(width: 60, isColoured: false)
        let told =
            story.asking
            + story.command(
                [
                    "request", "send", "10482", "Lohn November", "--item", "Stundenzettel", "--by",
                    "Jana Vogel",
                ],
                said: "request 1 sent to a@b.example (queued 1)\n")
            + story.letter(
                to: "Sabine",
                "Guten Tag,\n\nfür Bäckerei Hofmann GmbH benötigen wir noch Unterlagen von Ihnen.")
            + story.answered("Sabine answers")
        let expected = """


            A request goes out, and a reply comes back
            ──────────────────────────────────────────

            $ mailroom request send 10482 "Lohn November" --item \\
                Stundenzettel --by "Jana Vogel"
              request 1 sent to a@b.example (queued 1)

            In the mailbox of Sabine:
              │ Guten Tag,
              │ \("")
              │ für Bäckerei Hofmann GmbH benötigen wir noch Unterlagen
              │ von Ihnen.

            Sabine answers.

            """
        #expect(told == expected, "\(told)")
    }

    @Test("no line is wider than the terminal, whatever its letters", arguments: [60, 80, 120])
    func width(columns: Int) {
        let story = DemoStory(width: columns, isColoured: false)
        let texts = [
            story.summary(Self.facts), story.opening(messages: 72, accounts: 8, port: 40_000),
            story.delivered(String(repeating: "請求書 ", count: 40), at: "10:42"),
            story.became(
                file: String(repeating: "長い名前", count: 30) + ".pdf", account: "10517 株式会社さくら商事",
                folder: "共有資料/2025", access: .edit, reason: nil),
            story.became(file: "a.pdf", account: nil, folder: nil, access: nil, reason: "ambiguous"),
        ]
        for line in texts.joined().split(separator: "\n") {
            #expect(Columns.width(String(line)) <= columns, "\(line)")
        }
    }

    @Test("colours are there when asked for, and change no other character")
    func colour() {
        let plain = DemoStory(width: 80, isColoured: false).summary(Self.facts)
        let coloured = DemoStory(width: 80, isColoured: true).summary(Self.facts)
        #expect(!plain.contains("\u{1b}"))
        #expect(coloured.contains("\u{1b}[32mclient can view and edit\u{1b}[0m"))
        #expect(coloured.replacing(/\u{1b}\[[0-9]+m/, with: "") == plain)
    }

    struct Cut: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let width: Int
        let result: String
    }

    @Test(
        "names are cut by columns, the extension kept",
        arguments: [
            Cut(testDescription: "short enough", text: "Löhne.pdf", width: 9, result: "Löhne.pdf"),
            Cut(
                testDescription: "a long name", text: "Donation receipt of friends.pdf", width: 16,
                result: "Donation re….pdf"),
            Cut(testDescription: "square letters", text: "株式会社さくら商事", width: 8, result: "株式会…"),
            Cut(
                testDescription: "a mark on a letter", text: "Lo\u{308}hne.pdf", width: 9,
                result: "Lo\u{308}hne.pdf"),
        ])
    func cut(example: Cut) {
        #expect(Columns.cut(example.text, to: example.width) == example.result)
        #expect(
            Columns.width(Columns.pad(example.text, to: example.width + 3)) == example.width + 3
                || Columns.width(example.text) > example.width + 3)
    }

    @Test("every reason of the ledger has a sentence of its own")
    func reasons() {
        let reasons = [
            "history", "against", "open_strict", "ambiguous", "unmatched", "suggested", "automatic",
            "other_list", "type",
            "macro", "too_large", "encrypted", "infected", "unscanned", "suspicious", "file_link",
            "secure_message",
            "container_damaged", "filing_off",
        ]
        let sentences = Set(reasons.map(LedgerWords.waiting))
        #expect(sentences.count == reasons.count && sentences.isDisjoint(with: reasons))
    }

    @Test("a live mail that waits says so")
    func live() {
        let story = DemoStory(width: 80, isColoured: false)
        #expect(
            story.became(file: "IMG.jpg", account: nil, folder: nil, access: nil, reason: "ambiguous")
                == "       IMG.jpg waits: the sender speaks for several accounts: which one?\n")
        #expect(
            story.became(
                file: "a.pdf", account: "10482 Hofmann", folder: "Belege", access: .edit, reason: nil)
                == "       a.pdf → 10482 Hofmann: Belege  client can view and edit\n")
    }
}
