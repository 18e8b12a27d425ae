import MIME
import Mail
import Testing

@Suite("A message that is written")
struct ComposeTests {
    /// A message of small parts, with what each case changes.
    static func draft(
        subject: String = "Hello", name: String? = nil, text: String = "Hello",
        _ change: (inout MessageDraft) throws -> Void = { _ in }
    ) throws -> MessageDraft {
        var draft = MessageDraft(
            from: try HeaderAddress(name: name, address("office@bergmann-stb.example")),
            to: [try HeaderAddress(name: name, address("kate@smith.example"))], subject: HeaderText(subject),
            date: HeaderDate(Timestamp(seconds: 1_763_714_527), offset: 3600),
            messageID: try #require(MessageID("abcdefghijklmnopqrstuvwxyz@bergmann-stb.example")), text: text)
        try change(&draft)
        return draft
    }

    static func address(_ text: String) throws -> EmailAddress { try #require(EmailAddress(text)) }

    /// The octets, after what is true of every message has been looked at.
    static func octets(_ draft: MessageDraft) throws -> [UInt8] {
        let message = try draft.composed()
        let octets = try message.bytes()
        #expect(Int64(octets.count) == message.octets)
        #expect(try message.bytes() == octets)
        #expect(message.needsSMTPUTF8 || octets.allSatisfy { $0 < 128 && $0 != 0 })
        var isAfterReturn = false
        var line = 0
        for octet in octets {
            if (octet == 10) != isAfterReturn { Issue.record("a line end that is no CRLF") }
            isAfterReturn = octet == 13
            line = octet == 10 ? 0 : line + 1
            if line == 1_000 { Issue.record("a line over 998") }
        }
        #expect(octets.suffix(2) == [13, 10])
        return octets
    }

    static func lines(_ draft: MessageDraft) throws -> [String] {
        String(decoding: try octets(draft), as: UTF8.self).split(
            separator: "\r\n", omittingEmptySubsequences: false
        )
        .map(String.init)
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let input: String
        let wanted: [String]
        init(_ sentence: String, _ input: String, _ wanted: String...) {
            (testDescription, self.input, self.wanted) = (sentence, input, wanted)
        }
    }

    static let subjects = [
        Case("ASCII stays as it is", "Documents for November", "Subject: Documents for November"),
        Case(
            "one word that is not ASCII is encoded alone", "Bitte um Unterlagen für November",
            "Subject: Bitte um Unterlagen =?UTF-8?Q?f=C3=BCr?= November"),
        Case("Japanese is in base64", "10月分の書類", "Subject: =?UTF-8?B?MTDmnIjliIbjga7mm7jpoZ4=?="),
        Case(
            "what base64 could only cut with padding begins quoted", "10月分の書類のご提出のお願い（請求書・領収書・通帳のコピー）",
            "Subject: =?UTF-8?Q?10=E6=9C=88=E5=88=86=E3=81=AE=E6=9B=B8=E9=A1=9E?=",
            " =?UTF-8?B?44Gu44GU5o+Q5Ye644Gu44GK6aGY44GE77yI6KuL5rGC5pu444O76aCY5Y+O?=",
            " =?UTF-8?B?5pu444O76YCa5biz44Gu44Kz44OU44O877yJ?="),
        Case(
            "line ends become spaces: no field begins there", "Hello\r\nBcc: eve@evil.example\r\n\r\nbody",
            "Subject: Hello Bcc: eve@evil.example body"),
        Case("so do Unicode's own", "a\u{2028}b\u{85}c\u{0}d", "Subject: a b c d"),
        Case("what looks encoded is encoded", "=?utf-8?Q?a?=", "Subject: =?UTF-8?B?PT91dGYtOD9RP2E/PQ==?="),
        Case(
            "long text is folded at a space",
            "word word word word word word word word word word word word word word word word",
            "Subject: word word word word word word word word word word word word word", " word word word"),
        Case(
            "nothing is no field", " \r\n ", "Message-ID: <abcdefghijklmnopqrstuvwxyz@bergmann-stb.example>"),
    ]

    @Test("subjects", arguments: subjects)
    func subject(_ one: Case) throws {
        let lines = try Self.lines(Self.draft(subject: one.input))
        #expect(Array(lines.dropFirst(3).prefix(one.wanted.count)) == one.wanted)
        #expect(!lines.contains { $0.hasPrefix("Bcc") })
    }

    static let names = [
        Case("atoms", "Kate Smith", "To: Kate Smith <kate@smith.example>"),
        Case(
            "quoted where it has signs", "Smith, Kate \"K\"", #"To: "Smith, Kate \"K\"" <kate@smith.example>"#
        ),
        Case("not ASCII", "Jörg", "To: =?UTF-8?B?SsO2cmc=?= <kate@smith.example>"),
        Case("an address in the name", "eve@evil.example", #"To: "eve@evil.example" <kate@smith.example>"#),
        Case(
            "a line end in the name", "Kate\r\nBcc: eve@evil.example",
            #"To: "Kate Bcc: eve@evil.example" <kate@smith.example>"#),
        Case("no name", "", "To: kate@smith.example"),
    ]

    @Test("names before addresses", arguments: names)
    func name(_ one: Case) throws {
        #expect(try Self.lines(Self.draft(name: one.input))[2] == one.wanted[0])
    }

    static let addresses = [
        Case("a domain goes as A-labels", "kate@straße.example", "kate@xn--strae-oqa.example"),
        Case("dots in odd places are quoted", "a..b@docomo.example", "\"a..b\"@docomo.example"),
        Case("signs are quoted", "a b,\"c@example.com", "\"a b,\\\"c\"@example.com"),
        Case("RFC 6531 where it must be", "jörg@example.com", "jörg@example.com"),
    ]

    @Test("addresses", arguments: addresses)
    func addressWritten(_ one: Case) throws {
        let draft = try Self.draft { $0.to = [try HeaderAddress(Self.address(one.input))] }
        #expect(try Self.lines(draft)[2] == "To: " + one.wanted[0])
        let isASCII = one.wanted[0].utf8.allSatisfy { $0 < 128 }
        #expect(try draft.composed().needsSMTPUTF8 == !isASCII)
    }

    @Test(
        "an address that would not be read back as that one address is refused",
        arguments: [
            "kate@smith.example>,<eve@evil.example ", "a@b, c", "a@", "a@b c.example", "\u{85}a@example.com",
        ])
    func refused(_ text: String) {
        guard let address = EmailAddress(text) else { return }
        #expect(throws: ComposeError.self) { try HeaderAddress(address) }
    }

    @Test("a name of a file stands in both ways, and is folded")
    func fileName() throws {
        let draft = try Self.draft {
            $0.attachments = [
                Attachment(name: "Rechnung März.pdf", mediaType: MediaType("application", "pdf"), [1, 2])
            ]
        }
        let text = try Self.lines(draft).joined(separator: "\n")
        #expect(
            text.contains("Content-Type: application/pdf; name=\"=?UTF-8?Q?Rechnung_M=C3=A4rz=2Epdf?=\"\n"))
        #expect(text.contains("Content-Disposition: attachment; filename*=UTF-8''Rechnung%20M%C3%A4rz.pdf\n"))
    }

    @Test("other fields")
    func fields() throws {
        let draft = try Self.draft {
            $0.replyTo = [try HeaderAddress(Self.address("office+token@bergmann-stb.example"))]
            $0.inReplyTo = ["a@b", "with space@b", "x>y@b"].compactMap { MessageID($0) }
            $0.references = (0..<40).compactMap { MessageID("\($0)@example.com") }
            $0.autoSubmitted = .generated
            $0.extra = [ExtraField(.loop, HeaderText("bergmann-stb.example\r\nBcc: x"))]
            $0.language = HeaderText("de")
        }
        let envelope = try parse(Self.octets(draft)).0.envelope
        #expect(envelope.replyTo.map(\.address.description) == ["office+token@bergmann-stb.example"])
        #expect(envelope.inReplyTo.map(\.rawValue) == ["a@b"])
        #expect(
            envelope.references.map(\.rawValue) == [0].map { "\($0)@example.com" }
                + (11..<40).map { "\($0)@example.com" })
        let lines = try Self.lines(draft)
        #expect(lines[0] == "Date: Fri, 21 Nov 2025 09:42:07 +0100")
        #expect(lines.contains("Auto-Submitted: auto-generated"))
        #expect(lines.contains("X-Mailroom-Loop: bergmann-stb.example Bcc: x"))
        #expect(lines.contains("Content-Language: de"))
        #expect(lines.contains("MIME-Version: 1.0"))
    }

    static let dates = [
        Case("in the west", "1763714527 -12600", "Fri, 21 Nov 2025 05:12:07 -0330"),
        Case("before 1970", "-1 0", "Wed, 31 Dec 1969 23:59:59 +0000"),
        Case("a leap day", "1709164800 32400", "Thu, 29 Feb 2024 09:00:00 +0900"),
    ]

    @Test("dates", arguments: dates)
    func date(_ one: Case) throws {
        let numbers = one.input.split(separator: " ").compactMap { Int($0) }
        let date = HeaderDate(Timestamp(seconds: Int64(numbers[0])), offset: numbers[1])
        #expect(date.description == one.wanted[0])
    }

    static let texts = [
        Case(
            "short ASCII goes as it is", "Hello\nKate", "Content-Transfer-Encoding: 7bit", "", "Hello", "Kate"
        ),
        Case(
            "German is quoted-printable", "Schöne Grüße nach Berlin",
            "Content-Transfer-Encoding: quoted-printable", "",
            "Sch=C3=B6ne Gr=C3=BC=C3=9Fe nach Berlin"),
        Case(
            "Japanese is base64", "よろしくお願いいたします。", "Content-Transfer-Encoding: base64", "",
            "44KI44KN44GX44GP44GK6aGY44GE44GE44Gf44GX44G+44GZ44CCDQo="),
        Case(
            "From at a line's beginning is stuffed", "From here", "Content-Transfer-Encoding: 7bit", "",
            " From here"),
        Case(
            "a dot alone is encoded", "ö\n.", "Content-Transfer-Encoding: quoted-printable", "", "=C3=B6",
            "=2E"),
        Case(
            "what looks like a boundary is encoded", "--=_a_1", "Content-Transfer-Encoding: quoted-printable",
            "", "--=3D_a_1"),
        Case(
            "a long line flows",
            "word word word word word word word word word word word word word word word word",
            "Content-Transfer-Encoding: quoted-printable", "",
            "word word word word word word word word word word word word word word=20", "word word"),
    ]

    @Test("texts", arguments: texts)
    func text(_ one: Case) throws {
        let lines = try Self.lines(Self.draft(text: one.input))
        let start = try #require(lines.firstIndex { $0.hasPrefix("Content-Transfer") })
        #expect(Array(lines[start...].prefix(one.wanted.count)) == one.wanted)
    }

    @Test("a content that is not as long as was said is no message, and says so")
    func changedContent() throws {
        for said in [Int64(2), 4] {
            let draft = try Self.draft {
                $0.attachments = [
                    Attachment(name: "a", mediaType: .octets, octets: said) { sink in
                        try sink([1, 2, 3].span)
                    }
                ]
            }
            #expect(throws: ComposeError.self) { try draft.composed().bytes() }
        }
    }

    @Test("a large attachment is never in memory as a whole")
    func streamed() throws {
        let piece = [UInt8](repeating: 65, count: 1 << 20)
        let draft = try Self.draft {
            $0.attachments = [
                Attachment(name: "large.bin", mediaType: .octets, octets: 200 << 20) { sink in
                    for _ in 0..<200 { try sink(piece.span) }
                }
            ]
        }
        let message = try draft.composed()
        var count: Int64 = 0
        var largest = 0
        try message.write { octets in
            count += Int64(octets.count)
            largest = max(largest, octets.count)
        }
        #expect(count == message.octets)
        #expect(largest < 100_000)
    }
}
