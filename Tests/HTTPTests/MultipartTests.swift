import HTTP
import Testing

@Suite("HTTP: forms with files")
struct MultipartTests {
    private func read(_ body: String, cut: Int = .max, boundary: String = "XX") async throws -> [String] {
        let request = Request(
            .post, "/",
            headers: Headers(["content-type": HeaderValue("multipart/form-data; boundary=\(boundary)")!]),
            body: Array(body.utf8))
        let form = try request.multipart(MultipartLimits(parts: 5, header: 1_000))
        var parts: [String] = []
        while let part = try await form.nextPart() {
            let text = try await form.text(upTo: 10_000)
            parts.append("\(part.name)|\(part.fileName ?? "-")|\(part.mediaType ?? "-")|\(text)")
        }
        return parts
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let body: String
        let parts: [String]

        init(_ sentence: String, _ body: String, _ parts: [String]) {
            testDescription = sentence
            self.body = body
            self.parts = parts
        }
    }

    static let disposition = "Content-Disposition: form-data; name=\"a\""

    static let cases = [
        Case("one field", "--XX\r\n\(disposition)\r\n\r\n1\r\n--XX--\r\n", ["a|-|-|1"]),
        Case("without a line end at the very end", "--XX\r\n\(disposition)\r\n\r\n1\r\n--XX--", ["a|-|-|1"]),
        Case("an empty field", "--XX\r\n\(disposition)\r\n\r\n\r\n--XX--\r\n", ["a|-|-|"]),
        Case("no field", "--XX--\r\n", []),
        Case(
            "words before the first", "hello\r\n--XX\r\n\(disposition)\r\n\r\n1\r\n--XX--\r\nand after",
            ["a|-|-|1"]),
        Case("blanks after a boundary", "--XX \t\r\n\(disposition)\r\n\r\n1\r\n--XX--\r\n", ["a|-|-|1"]),
        Case(
            "content that looks like a boundary",
            "--XX\r\n\(disposition)\r\n\r\n\r\n--X\r\n-XX\r\n--\r--XX\r\n--XX--\r\n",
            ["a|-|-|\r\n--X\r\n-XX\r\n--\r--XX"]),
        Case(
            "a file with a name in another script, and its type",
            "--XX\r\nContent-Type: application/pdf\r\ncontent-disposition:form-data;name=a;filename=\"請求書.pdf\"\r\n\r\n1\r\n--XX--",
            ["a|請求書.pdf|application/pdf|1"]),
        Case(
            "a file that was not chosen", "--XX\r\n\(disposition); filename=\"\"\r\n\r\n\r\n--XX--", ["a||-|"]
        ),
        Case(
            "quotes, a semicolon and a backslash in a name",
            "--XX\r\n\(disposition); filename=\"C:\\a;%22b%22\\\"c%0D%0A.txt\"\r\n\r\n1\r\n--XX--",
            ["a|C:\\a;\"b\"\"c\r\n.txt|-|1"]),
        Case(
            "the first of two names counts", "--XX\r\n\(disposition); name=\"b\"\r\n\r\n1\r\n--XX--",
            ["a|-|-|1"]),
        Case(
            "several", "--XX\r\n\(disposition)\r\n\r\n1\r\n--XX\r\n\(disposition)\r\n\r\n2\r\n--XX--",
            ["a|-|-|1", "a|-|-|2"]),
    ]

    @Test("it is taken apart", arguments: cases)
    func takenApart(_ one: Case) async throws { #expect(try await read(one.body) == one.parts) }

    static let broken = [
        "", "hello", "--XX", "--XX\r\n", "--XX\r\n\(disposition)", "--XX\r\n\(disposition)\r\n\r\n1",
        "--XX\r\n\(disposition)\r\n\r\n1\r\n--XX", "--XX\r\n\r\n1\r\n--XX--",
        "--XX\r\nX: y\r\n\r\n1\r\n--XX--",
        "--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--XX--",
        "--XXY\r\n\(disposition)\r\n\r\n1\r\n--XX--",
        "--XX\r\nX: \(String(repeating: "y", count: 2_000))\r\n\(disposition)\r\n\r\n1\r\n--XX--",
        "--XX\r\n\(disposition)\r\n\r\n\(String(repeating: "y", count: 11_000))\r\n--XX--",
        String(repeating: "--XX\r\n\(disposition)\r\n\r\n1\r\n", count: 6) + "--XX--",
        "--XX\r\n\(disposition)\r\n\r\na\0b\r\n--XX--",
    ]

    @Test("what is no form is an error, and never half a form", arguments: broken)
    func refused(_ body: String) async {
        await #expect(throws: HTTPError.self) { _ = try await read(body) }
    }

    @Test("cut into pieces anywhere by the network, it is the same")
    func cut() async throws {
        try await Site.with { site in
            let body = Array(
                "--XX\r\n\(Self.disposition)\r\n\r\n1\r\n--X\r\n--XX\r\n\(Self.disposition); filename=b\r\n\r\n23\r\n--XX--"
                    .utf8)
            let head =
                "POST /files HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=\"XX\"\r\n"
                + "Content-Length: \(body.count)\r\n\r\n"
            let client = Client(site.port)
            for cut in 0...body.count {
                await client.send(Array(head.utf8) + body[..<cut])
                await client.send(Array(body[cut...]))
                #expect(await client.reply()?.text == "a: 1\r\n--X\na: b 2")
            }
        }
    }
}
