import HTTP
import Testing
import Text

@testable import Web

@Suite("Files are taken from our own pages alone")
struct UploadTests {
    private static let key = [UInt8](repeating: 7, count: 32)

    /// A form with files as a browser sends it; parts in their order.
    private static func form(_ parts: [(name: String, file: String?, text: String)]) -> [UInt8] {
        let text = parts.map { part in
            let file = part.file.map { "; filename=\"\($0)\"" } ?? ""
            return
                "--x\r\nContent-Disposition: form-data; name=\"\(part.name)\"\(file)\r\n\r\n\(part.text)\r\n"
        }.joined()
        return Array((text + "--x--\r\n").utf8)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let token: String?
        let parts: [(name: String, file: String?, text: String)]

        init(
            _ sentence: String, token: String? = nil, _ parts: [(name: String, file: String?, text: String)]
        ) {
            testDescription = sentence
            self.token = token
            self.parts = parts
        }
    }

    static let file: (name: String, file: String?, text: String) = ("file", "a.pdf", "%PDF-1.4")
    static let forged = FormToken.make([UInt8](repeating: 8, count: 32))
    static let cases = [
        Case("without a token", [file]), Case("with nothing at all", []),
        Case("with a token of another session", [("token", nil, forged), file]),
        Case("with one behind the file", [file, ("token", nil, FormToken.make(key))]),
        Case("with one that is a file", [("token", "token", FormToken.make(key)), file]),
        Case(
            "with a forged one in the header, and a good one in the form", token: forged,
            [("token", nil, FormToken.make(key)), file]),
    ]

    @Test("no route takes a form", arguments: cases)
    func refused(_ one: Case) async throws {
        let site = try await OpenSite.open()
        let routes = site.site.routes.uploads
        #expect(routes.count >= 3)
        for route in routes {
            let path = "\(route)".split(separator: "/").map { $0.first == ":" ? "1" : String($0) }
            let answer = await site.send(
                "/" + path.joined(separator: "/"), Self.form(one.parts), token: one.token)
            #expect(answer.status == .forbidden, "\(route)")
            #expect(answer.text.contains("form") || answer.text.contains("page"), "\(route) says why")
        }
    }

    @Test("with its token first, or in the header, a form comes in")
    func taken() async throws {
        let site = try await OpenSite.open()
        let sheet: [(name: String, file: String?, text: String)] = [
            ("kind", nil, "new"), ("action", nil, "save"), ("to", nil, "a@b.example"),
        ]
        let token = FormToken.make(Self.key)
        let first = await site.send("/write", Self.form([("token", nil, token)] + sheet), token: nil)
        #expect(first.location == "/drafts/1?did=saved")
        let header = await site.send("/write", Self.form(sheet), token: token)
        #expect(header.location == "/drafts/2?did=saved")
    }
}
