import HTTP
import Synchronization
import Testing

@testable import Web

@Suite("What a form orders is done once")
final class OnceOnlyTests: Sendable {
    private let once = OnceOnly()
    private let count = Mutex(0)

    /// How often it was done, and where it led.
    private func order(_ form: String, _ status: Status = .seeOther) async throws -> Response {
        try await once.response(to: form) { [self] in
            let number = count.withLock { count in
                count += 1
                return count
            }
            await Task.yield()
            return status == .seeOther ? .seeOther("/\(number)") : .text("\(number)", status)
        }
    }

    @Test("however often the button is pressed, and all are told the same")
    func pressed() async throws {
        async let first = order("a")
        async let second = order("a")
        let third = try await (first, second)
        let fourth = try await order("a")
        #expect(count.withLock { $0 } == 1)
        for response in [third.0, third.1, fourth] { #expect(response.headers["location"] == "/1") }
    }

    @Test("but another form is another order")
    func another() async throws {
        _ = try await order("a")
        #expect(try await order("b").headers["location"] == "/2")
    }

    @Test("and what was refused, or broke, may be tried again")
    func refused() async throws {
        struct Broken: Error {}
        _ = try await order("a", .unprocessableContent)
        await #expect(throws: Broken.self) { try await once.response(to: "a") { throw Broken() } }
        #expect(try await order("a").headers["location"] == "/2")
    }
}
