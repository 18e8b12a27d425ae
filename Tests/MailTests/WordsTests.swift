import Mail
import Testing

@Suite("The words of mail")
struct WordsTests {
    @Test(
        "mailbox names go to modified UTF-7 and back",
        arguments: [
            ("Entwürfe", "Entw&APw-rfe"), ("日本語", "&ZeVnLIqe-"), ("A&B", "A&-B"), ("Gesendet", "Gesendet"),
            ("台北/日本語", "&U,BTFw-/&ZeVnLIqe-"), ("😀", "&2D3eAA-"),
        ])
    func modifiedUTF7(_ decoded: String, _ encoded: String) {
        #expect(MailboxName(decoded)?.encoded == encoded)
        #expect(MailboxName(encoded: encoded)?.decoded == decoded)
    }

    @Test("what is no modified UTF-7 is taken as it is", arguments: ["A&B", "&@@-", "Entwürfe", "&ZeVnLIqe"])
    func notEncoded(_ wire: String) {
        #expect(MailboxName(encoded: wire)?.decoded == wire)
    }

    @Test("a name that could end a command line is refused", arguments: ["", "a\r\nb", "a\nb", "a\0b"])
    func injection(_ name: String) {
        #expect(MailboxName(name) == nil)
    }

    @Test("INBOX is INBOX however it is spelled")
    func inbox() {
        #expect(MailboxName("inbox") == .inbox)
        #expect(MailboxName("Inbox/Sub") != .inbox)
    }

    @Test(
        "civil dates become moments and back",
        arguments: [
            (1970, 1, 1, Int64(0)), (2000, 2, 29, 951_782_400), (2026, 11, 21, 1_795_219_200),
            (1969, 12, 31, -86_400), (1900, 3, 1, -2_203_891_200), (9999, 12, 31, 253_402_214_400),
        ])
    func moments(_ year: Int, _ month: Int, _ day: Int, _ seconds: Int64) throws {
        let moment = try #require(Timestamp(year: year, month: month, day: day))
        #expect(moment.seconds == seconds)
        #expect(moment.utcDate == (year, month, day))
    }

    @Test("no such day is no moment", arguments: [(2026, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1)])
    func noSuchDay(_ year: Int, _ month: Int, _ day: Int) {
        #expect(Timestamp(year: year, month: month, day: day) == nil)
    }

    @Test("RFC 3339, with whole seconds, before 1970 too")
    func rfc3339() {
        #expect(Timestamp(milliseconds: 1_795_219_200_999).rfc3339 == "2026-11-21T00:00:00Z")
        #expect(Timestamp(milliseconds: -1).rfc3339 == "1969-12-31T23:59:59Z")
    }

    @Test("a digest is 64 lower-case hex digits and nothing else")
    func digest() {
        let hex = String(repeating: "0f", count: 32)
        #expect(SHA256Digest(hex: hex)?.hex == hex)
        #expect(SHA256Digest(hex: String(repeating: "0F", count: 32)) == nil)
        #expect(SHA256Digest(hex: String(hex.dropLast())) == nil)
    }

    @Test("a Message-ID loses its brackets and its blanks, and keeps no control characters")
    func messageID() {
        #expect(MessageID(" <a@b>\r\n")?.rawValue == "a@b")
        #expect(MessageID("<>") == nil)
        #expect(MessageID("a\u{1}b") == nil)
    }

    @Test(
        "addresses of Japan are addresses",
        arguments: [("a..b@docomo.example", "a..b"), ("a.@ezweb.example", "a."), ("a b@x.example", "a b")])
    func oddLocalParts(_ text: String, _ local: String) {
        #expect(EmailAddress(text)?.localPart == local)
    }

    @Test("a local part that is no atom is quoted when written")
    func quoting() {
        #expect(
            EmailAddress(localPart: "a b\"c", domain: "x.example")?.description == "\"a b\\\"c\"@x.example")
        #expect(EmailAddress("a\r\nb@x.example") == nil)
    }

    @Test("sections sort as numbers, not as text")
    func sections() {
        let sorted = ["10", "2", "2.1", "3/2", "3/10", "1"].map { Section($0) }.sorted().map(\.text)
        #expect(sorted == ["1", "2", "2.1", "3/2", "3/10", "10"])
        #expect(Section.message.part(2).part(1).member(3).text == "2.1/3")
    }
}
