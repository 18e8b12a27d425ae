import MIME
import Mail
import Testing

@Suite("Address lists")
struct AddressTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let value: [UInt8]
        let wanted: [String]
        let unreadable: Int

        init(_ sentence: String, _ value: String, _ wanted: [String], unreadable: Int = 0) {
            self.init(sentence, octets: Array(value.utf8), wanted, unreadable: unreadable)
        }
        init(_ sentence: String, octets: [UInt8], _ wanted: [String], unreadable: Int = 0) {
            (testDescription, value, self.wanted, self.unreadable) = (sentence, octets, wanted, unreadable)
        }
    }

    static let cases = [
        Case("nothing", "", []),
        Case("one, bare", "kate@smith.example", ["kate@smith.example"]),
        Case("a name before it", "Kate Smith <kate@smith.example>", ["Kate Smith|kate@smith.example"]),
        Case(
            "a quoted name with a comma", #""Smith, Kate" <kate@smith.example>"#,
            ["Smith, Kate|kate@smith.example"]),
        Case("a quoted quote", #""Kate \"K\" Smith" <k@x.example>"#, [#"Kate "K" Smith|k@x.example"#]),
        Case(
            "several, folded", "a@x.example,\r\n b@x.example ,,\r\n\tc@x.example",
            ["a@x.example", "b@x.example", "c@x.example"]),
        Case("a name in a comment", "k@x.example (Kate Smith)", ["Kate Smith|k@x.example"]),
        Case("comments everywhere", "(a) k (b) @ (c) x.example (d(e))", ["a|k@x.example"]),
        Case(
            "a group", "Team: a@x.example, B <b@x.example>; c@x.example",
            ["a@x.example", "B|b@x.example", "c@x.example"]),
        Case("an empty group", "undisclosed-recipients:;", []),
        Case("a route", "<@one.example,@two.example:k@x.example>", ["k@x.example"]),
        Case("a quoted local part", #""kate smith"@x.example"#, [#""kate smith"@x.example"#]),
        Case(
            "dots where none may be", "a..b@x.example, a.@x.example, .a@x.example",
            ["a..b@x.example", "a.@x.example", ".a@x.example"]),
        Case("a domain in brackets", "k@[192.0.2.1]", ["k@[192.0.2.1]"]),
        Case("spaces around dots and signs", "kate . smith @ x . example", ["kate.smith@x.example"]),
        Case(
            "an encoded name", "=?utf-8?Q?J=C3=BCrgen?= =?utf-8?Q?_Gro=C3=9F?= <j@x.example>",
            ["Jürgen Groß|j@x.example"]),
        Case("an encoded name in quotes", #""=?utf-8?B?S8OkdGU=?=" <k@x.example>"#, ["Käte|k@x.example"]),
        Case(
            "an encoded word that holds an address makes none",
            "=?utf-8?Q?=3Cboss=40firm.example=3E=2C?= <thief@evil.example>",
            ["<boss@firm.example>,|thief@evil.example"]),
        Case(
            "an encoded word with signs in it is still one word",
            "=?utf-8?Q?a,<b@c.example>?= <k@x.example>", ["a,<b@c.example>|k@x.example"]),
        Case(
            "a name that is an address", "boss@firm.example <thief@evil.example>",
            ["boss@firm.example|thief@evil.example"]),
        Case(
            "raw octets of a legacy charset",
            octets: Array("J".utf8) + [0xfc] + Array("rgen <j@x.example>".utf8), ["Jürgen|j@x.example"]),
        Case(
            "raw ISO-2022-JP, whose halves look like signs",
            octets: [27, 36, 66, 0x3C, 0x3E, 0x22, 0x2C, 27, 40, 66] + Array(" <j@x.example>".utf8),
            ["湿↑|j@x.example"]),
        Case("UTF-8 in both halves", "käte@müller.example", ["käte@müller.example"]),
        Case("two signs", "a@b@c.example", [], unreadable: 1),
        Case("no sign", "Kate Smith, k@x.example", ["k@x.example"], unreadable: 1),
        Case("brackets missing", "Kate Smith k@x.example", ["Kate Smith|k@x.example"], unreadable: 1),
        Case("a bracket not closed", "Kate <k@x.example", ["Kate|k@x.example"]),
        Case("two in one piece", "A <a@x.example> <b@x.example>", ["A|a@x.example", "b@x.example"]),
        Case("empty brackets", "MAILER-DAEMON <>", []),
        Case("a control character in it", "a\u{1}b@x.example", [], unreadable: 1),
        Case("a quote that never ends", #""Kate <k@x.example>"#, [], unreadable: 1),
        Case("semicolons for commas", "a@x.example; b@x.example", ["a@x.example", "b@x.example"]),
    ]

    @Test("are read", arguments: cases)
    func read(_ one: Case) {
        let parser = AddressParser(one.value[...])
        #expect(
            parser.addresses.map { ($0.name.map { "\($0)|" } ?? "") + $0.address.description } == one.wanted)
        #expect(parser.unreadable == one.unreadable)
    }

    @Test(
        "of hostile shape take no longer than others",
        arguments: ["g:", "(", "<", "\"", "=?", "a@", "<@a:", "@a,", "<a@b>", "a@b,", "[", ",", "a "])
    func hostile(_ piece: String) {
        let value = Array(("<@" + String(repeating: piece, count: 200_000 / piece.utf8.count)).utf8)
        let began = Shared.processorSeconds()
        _ = AddressParser(value[...])
        #expect(Shared.processorSeconds() - began < 5)
    }
}
