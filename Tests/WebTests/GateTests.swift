import HTTP
import Testing
import Text

@testable import Web

@Suite("Who comes in")
struct GateTests {
    @Test("nobody sees a page without signing in, and comes back to it after")
    func signInFirst() async throws {
        let site = try await OpenSite.open()
        #expect(await site.get("/more", signedIn: false).location == "/sign-in?to=%2Fmore")
        #expect(await site.get("/more").status == .ok)
    }

    @Test("what there is not is a page in the reader's language, with a way on")
    func nothing() async throws {
        let site = try await OpenSite.open(language: .ja)
        let answer = await site.get("/nothing/here")
        #expect(answer.status == .notFound)
        #expect(answer.text.contains("lang=\"ja\"") && answer.text.contains("受信トレイへ"))
    }
}
