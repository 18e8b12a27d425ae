import Testing

@testable import Web

@Suite("The token of a form")
struct FormTokenTests {
    private let key = [UInt8](repeating: 7, count: 32)

    @Test("is taken by the session that it was made for, and differs each time")
    func own() {
        let (one, other) = (FormToken.make(key), FormToken.make(key))
        #expect(one != other)
        #expect(FormToken.isGenuine(one, key))
        #expect(FormToken.isGenuine(other, key))
    }

    @Test(
        "is refused when it is another session's, cut, changed or none",
        arguments: [nil, "", "AAAA", "not base64url!", FormToken.make([UInt8](repeating: 8, count: 32))])
    func foreign(_ token: String?) { #expect(!FormToken.isGenuine(token, key)) }
}
