import Mail
import Testing

@testable import MIME

@Suite("The fields of a report: RFC 3464")
struct ReportFieldsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        let text: String
        let groups: [[String]]
        var testDescription: String { sentence }
    }

    @Test(
        "Groups, folded lines, and what is none",
        arguments: [
            Case(
                sentence: "two groups",
                text:
                    "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\n",
                groups: [
                    ["reporting-mta=dns; mx.example"],
                    ["final-recipient=rfc822; a@b.example", "action=failed"],
                ]),
            Case(
                sentence: "a folded line", text: "Diagnostic-Code: smtp;\n  550 5.1.1\n\tno such user\n",
                groups: [["diagnostic-code=smtp; 550 5.1.1 no such user"]]),
            Case(
                sentence: "empty lines at the top, and several between", text: "\n\nA: 1\n\n\n \nB: 2",
                groups: [["a=1"], ["b=2"]]),
            Case(
                sentence: "lines that are no field are passed over", text: "A: 1\nnonsense\n: 3\nB : 2\n",
                groups: [["a=1", "b=2"]]),
            Case(sentence: "nothing", text: "", groups: []),
            Case(sentence: "UTF-8, as in RFC 6533", text: "X: 宛先\n", groups: [["x=宛先"]]),
        ])
    func groups(_ case: Case) {
        for ending in ["\n", "\r\n"] {
            let octets = Array(
                `case`.text.split(separator: "\n", omittingEmptySubsequences: false)
                    .joined(separator: ending).utf8)
            let fields = ReportFieldsReader.read(octets, kind: .delivery)
            #expect(fields.groups.map { $0.map { "\($0.name)=\($0.value)" } } == `case`.groups)
        }
    }

    @Test("However much it is, it is bounded")
    func bounded() {
        let many = ReportFieldsReader.read(
            Array(String(repeating: "A: b\n", count: 100_000).utf8), kind: .delivery)
        #expect(many.groups.joined().count == 2000)
        let long = ReportFieldsReader.read(
            Array(("A: " + String(repeating: "x\n ", count: 100_000)).utf8), kind: .delivery)
        #expect(long.groups[0][0].value.utf8.count <= 5000)
    }

    @Test("A returned header is read as one")
    func returnedHeader() {
        let envelope = ReportFieldsReader.envelope(
            ofHeader: Array(
                "Message-ID: <t@firm.example>\r\nReferences: <a@b> <t.r@firm.example>\r\nTo: a@b.example".utf8
            ))
        #expect(envelope.messageID?.rawValue == "t@firm.example")
        #expect(envelope.references.last?.rawValue == "t.r@firm.example")
    }
}
