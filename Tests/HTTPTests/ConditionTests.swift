import HTTP
import Mail
import Testing

@testable import HTTP

@Suite("HTTP: parts of a thing, and things that the client has already")
struct ConditionTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let fields: [String]
        let status: Int
        let body: String
        let range: String?

        init(_ sentence: String, _ fields: [String], _ status: Int, _ body: String, _ range: String? = nil) {
            testDescription = sentence
            self.fields = fields
            self.status = status
            self.body = body
            self.range = range
        }
    }

    static let all = "0123456789"
    static let date = "Tue, 14 Nov 2023 22:13:20 GMT"
    static let later = "Tue, 14 Nov 2023 22:13:21 GMT"

    static let cases = [
        Case("no condition", [], 200, all),
        Case("the first octets", ["Range: bytes=0-3"], 206, "0123", "bytes 0-3/10"),
        Case("one octet", ["Range: bytes=9-9"], 206, "9", "bytes 9-9/10"),
        Case("from one to the end", ["Range: bytes=7-"], 206, "789", "bytes 7-9/10"),
        Case("the last", ["Range: bytes=-2"], 206, "89", "bytes 8-9/10"),
        Case("more at the end than there is", ["Range: bytes=-99"], 206, all, "bytes 0-9/10"),
        Case("beyond the end", ["Range: bytes=5-99"], 206, "56789", "bytes 5-9/10"),
        Case(
            "numbers beyond all numbers", ["Range: bytes=5-99999999999999999999999"], 206, "56789",
            "bytes 5-9/10"),
        Case("the unit in capitals, and blanks", ["Range:  Bytes = 1-2 "], 206, "12", "bytes 1-2/10"),
        Case("from behind the end", ["Range: bytes=10-"], 416, "", "bytes */10"),
        Case("from far behind it", ["Range: bytes=99999999999999999999-"], 416, "", "bytes */10"),
        Case("the last none", ["Range: bytes=-0"], 416, "", "bytes */10"),
        Case("two ranges: the whole", ["Range: bytes=0-0,9-9"], 200, all),
        Case(
            "a thousand ranges: the whole", ["Range: bytes=" + String(repeating: "0-0,", count: 1000)], 200,
            all),
        Case("backwards: the whole", ["Range: bytes=3-1"], 200, all),
        Case("another unit: the whole", ["Range: lines=1-2"], 200, all),
        Case("nonsense: the whole", ["Range: bytes=a-b"], 200, all),
        Case("a sign: the whole", ["Range: bytes=+1-2"], 200, all),
        Case("nothing: the whole", ["Range: bytes=-"], 200, all),
        Case(
            "a part of what has not changed", ["Range: bytes=0-0", "If-Range: \"ten\""], 206, "0",
            "bytes 0-0/10"),
        Case("a part of something else", ["Range: bytes=0-0", "If-Range: \"nine\""], 200, all),
        Case("a part, by a weak tag", ["Range: bytes=0-0", "If-Range: W/\"ten\""], 200, all),
        Case("a part, by its date", ["Range: bytes=0-0", "If-Range: \(date)"], 206, "0", "bytes 0-0/10"),
        Case("a part, by a later date", ["Range: bytes=0-0", "If-Range: \(later)"], 200, all),
        Case("a part, by nonsense", ["Range: bytes=0-0", "If-Range: ten"], 200, all),
        Case("it is known", ["If-None-Match: \"ten\""], 304, ""),
        Case("it is one of those known, weakly", ["If-None-Match: \"a,b\", W/\"ten\""], 304, ""),
        Case("anything is known", ["If-None-Match: *"], 304, ""),
        Case("it is not known", ["If-None-Match: \"nine\""], 200, all),
        Case("known, and a part is wanted", ["If-None-Match: \"ten\"", "Range: bytes=0-0"], 304, ""),
        Case("unchanged since", ["If-Modified-Since: \(date)"], 304, ""),
        Case("changed since", ["If-Modified-Since: Tue, 14 Nov 2023 22:13:19 GMT"], 200, all),
        Case("since no date", ["If-Modified-Since: yesterday"], 200, all),
        Case(
            "unchanged since, but not known", ["If-Modified-Since: \(later)", "If-None-Match: \"nine\""], 200,
            all),
        Case("only if it is that one", ["If-Match: \"ten\""], 200, all),
        Case("only if it is another", ["If-Match: \"nine\""], 412, ""),
        Case("only if it is that one, weakly", ["If-Match: W/\"ten\""], 412, ""),
        Case("only if it is unchanged", ["If-Unmodified-Since: \(date)"], 200, all),
        Case(
            "only if it was unchanged before", ["If-Unmodified-Since: Mon, 13 Nov 2023 22:13:20 GMT"], 412, ""
        ),
    ]

    @Test("each is answered as RFC 9110 says, for octets and for a file alike", arguments: cases)
    func selected(_ one: Case) async throws {
        try await Site.with { site in
            let client = Client(site.port)
            for path in ["/digits", "/file"] {
                let reply = try #require(await client.ask("GET", path, one.fields))
                #expect(reply.status == one.status)
                #expect(reply.text == one.body)
                #expect(reply["content-range"] == one.range)
                #expect(reply["etag"] == "\"ten\"")
                #expect(reply["last-modified"] == Self.date)
                // What is not told whole must not seem to have another length.
                if reply.status == 304 {
                    #expect(reply["content-length"] == nil || reply["content-length"] == "10")
                }
                if reply.status == 200 { #expect(reply["accept-ranges"] == "bytes") }
            }
            #expect(await client.ask("GET", "/")?.text == "front")
        }
    }

    @Test("a range is of GET alone")
    func otherMethods() async throws {
        try await Site.with { site in
            let client = Client(site.port)
            let head = await client.ask("HEAD", "/digits", ["Range: bytes=0-3"])
            #expect(head?.status == 200 && head?["content-length"] == "10")
        }
    }

    @Test("a file of many MB arrives as it is, whole and in parts")
    func largeFile() async throws {
        try await Site.with { site in
            let client = Client(site.port)
            let whole = try #require(await client.ask("GET", "/large"))
            #expect(whole.body.count == Pages.large.count && whole.body == Pages.large)
            let part = try #require(await client.ask("GET", "/large", ["Range: bytes=4000000-4999999"]))
            #expect(part.status == 206 && part.body == Array(Pages.large[4_000_000...4_999_999]))
        }
    }

    @Test("dates are written and read in one form")
    func dates() {
        for seconds: Int64 in [0, 784_111_777, 951_782_400, 1_700_000_000, 4_102_444_800, -1] {
            let text = HTTPDate.text(Timestamp(seconds: seconds))
            #expect(HTTPDate.read(text) == Timestamp(seconds: seconds))
        }
        #expect(HTTPDate.text(Timestamp(seconds: 784_111_777)) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate.read("Sunday, 06-Nov-94 08:49:37 GMT") == nil)
        #expect(HTTPDate.read("Sun, 31 Feb 1994 08:49:37 GMT") == nil)
    }
}
