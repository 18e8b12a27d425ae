import Mail
import Testing

@testable import IMAP

@Suite("A line of STATUS")
struct StatusLineTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let line: String
        var name: String?
        var messages: UInt32?
        var modSeq: UInt64?

        init(
            _ sentence: String, _ line: String, name: String? = nil, messages: UInt32? = nil,
            modSeq: UInt64? = nil
        ) {
            testDescription = sentence
            self.line = line
            self.name = name
            self.messages = messages
            self.modSeq = modSeq
        }
    }

    static let cases = [
        Case("an atom", "* STATUS INBOX (MESSAGES 2 UIDNEXT 6)\r\n", name: "INBOX", messages: 2),
        Case(
            "a quoted string", #"* status "a \"b\" \\ (c)" (messages 0)"# + "\r\n", name: #"a "b" \ (c)"#,
            messages: 0),
        Case(
            "a literal", "* STATUS {5}\r\na (b) (MESSAGES 7 HIGHESTMODSEQ 9223372036854775807)\r\n",
            name: "a (b)", messages: 7, modSeq: 9_223_372_036_854_775_807),
        Case("items nobody asked for", "* STATUS a (X-1 7 MESSAGES 1)\r\n", name: "a", messages: 1),
        Case("no number of messages", "* STATUS a (UIDNEXT 7)\r\n"),
        Case("a number too big", "* STATUS a (MESSAGES 4294967296)\r\n"),
        Case("another response", "* LIST () \".\" a\r\n"),
        Case("a literal longer than the line", "* STATUS {99}\r\na (MESSAGES 1)\r\n"),
        Case("a string without end", "* STATUS \"a (MESSAGES 1)\r\n"),
        Case("a backslash at the end", "* STATUS \"a\\"),
        Case("nothing", ""),
    ]

    @Test("read, or left alone", arguments: cases)
    func line(_ test: Case) {
        let found = StatusLine(test.line)
        #expect(found?.name == test.name)
        #expect(found?.status.messages == test.messages)
        #expect(found?.status.highestModSeq?.rawValue == test.modSeq)
    }
}
