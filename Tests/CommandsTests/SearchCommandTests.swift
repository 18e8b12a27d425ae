import Testing

@testable import Commands

@Suite("search")
struct SearchCommandTests {
    @Test("finds accounts by their names, for people and for programs")
    func accounts() async throws {
        let bench = try await Bench()
        _ = try await bench.lines("account", "add", "Straßenbau Müller", "--number", "10482")
        #expect(try await bench.lines("search", "strasse").last?.contains("Straßenbau Müller") == true)
        #expect(
            try await bench.lines("search", "mueller", "--json")
                == [
                    "{\"kind\": \"account\", \"account\": \"10482\", \"name\": \"Straßenbau Müller\", \"contact\": null}"
                ])
        #expect(try await bench.lines("search", "nobody") == ["Nothing was found."])
        #expect(try await bench.lines("search", "nobody", "--json").isEmpty)
    }

    struct Wrong: Sendable {
        let query: String
        let complaint: String
    }

    @Test(
        "a search that is not understood is not run",
        arguments: [
            Wrong(query: "fron:kate", complaint: "There is no operator “fron:”. Did you mean from:kate?"),
            Wrong(query: "is:unred", complaint: "Did you mean is:unread?"),
            Wrong(query: "account:nobody", complaint: "No account has the name or number “nobody”."),
        ])
    func refused(_ wrong: Wrong) async throws {
        let bench = try await Bench()
        let (code, printed) = await bench.run(["search", wrong.query])
        #expect(code == .usage)
        #expect(printed.complaints.joined().contains(wrong.complaint))
    }
}
