import Testing

@testable import Commands

@Suite("CSV: RFC 4180, as spreadsheets really write it")
struct CSVTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let sentence: String
        let text: String
        let rows: [[String]]
        var testDescription: String { sentence }

        init(_ sentence: String, _ text: String, _ rows: [[String]]) {
            self.sentence = sentence
            self.text = text
            self.rows = rows
        }
    }

    @Test(
        "what is read",
        arguments: [
            Case("two rows", "a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
            Case("no line end at the end", "a,b\nc,d", [["a", "b"], ["c", "d"]]),
            Case("line ends of old Macs", "a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
            Case("a byte order mark is not part of the first field", "\u{FEFF}a,b\n", [["a", "b"]]),
            Case("a comma in quotes", "\"Smith, Kate\",b\n", [["Smith, Kate", "b"]]),
            Case("a quote in quotes", "\"the \"\"best\"\"\",b\n", [["the \"best\"", "b"]]),
            Case("a line end in quotes", "\"a\r\nb\",c\nd,e\n", [["a\r\nb", "c"], ["d", "e"]]),
            Case("empty fields stay", ",,\n", [["", "", ""]]),
            Case("an empty quoted field", "\"\",b\n", [["", "b"]]),
            Case("empty lines are passed by", "a,b\n\n\r\nc,d\n", [["a", "b"], ["c", "d"]]),
            Case("nothing at all", "", []),
            Case("spaces are part of a field", " a , b \n", [[" a ", " b "]]),
        ])
    func reads(_ one: Case) throws {
        #expect(try CSV.read(Array(one.text.utf8)).map(\.fields) == one.rows)
    }

    @Test("lines are counted through quoted line ends")
    func lines() throws {
        let rows = try CSV.read(Array("a\n\"b\r\nc\nd\"\ne\n\nf".utf8))
        #expect(rows.map(\.line) == [1, 2, 5, 7])
    }

    @Test(
        "what is refused",
        arguments: [
            (Array("a,\"b\n".utf8), CSV.Mistake(line: 1, reason: "a quote is opened and never closed")),
            (
                Array("a\n\"b\"c\n".utf8),
                CSV.Mistake(line: 2, reason: "something follows a closing quote: a comma must")
            ),
            (
                Array("a\nb\"c\n".utf8),
                CSV.Mistake(
                    line: 2, reason: "a quote in the middle of a field: quote all of it, and double it")
            ),
            (
                Array("a\nM".utf8) + [0xFC] + Array("ller\n".utf8),
                CSV.Mistake(line: 2, reason: "it is not UTF-8: save the table as “CSV UTF-8”")
            ),
        ])
    func refuses(_ octets: [UInt8], _ mistake: CSV.Mistake) {
        #expect(throws: mistake) { try CSV.read(octets) }
    }
}
