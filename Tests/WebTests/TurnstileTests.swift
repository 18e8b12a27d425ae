import Synchronization
import Testing

@testable import Web

@Suite("Pages that renew themselves take turns")
struct TurnstileTests {
    private struct Mishap: Error {}

    /// How many are within, and how many were at most.
    private final class Room: Sendable {
        private let counts = Mutex((within: 0, most: 0, all: 0))

        func enter() {
            counts.withLock { counts in
                counts.within += 1
                counts.all += 1
                counts.most = max(counts.most, counts.within)
            }
        }

        func leave() { counts.withLock { $0.within -= 1 } }
        var most: Int { counts.withLock { $0.most } }
        var all: Int { counts.withLock { $0.all } }
    }

    @Test(
        "never more at a time than may be, and all of them, whatever becomes of each", arguments: [1, 3, 8])
    func takesTurns(count: Int) async throws {
        let turnstile = Turnstile(count)
        let room = Room()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    try? await turnstile.pass {
                        room.enter()
                        defer { room.leave() }
                        for _ in 0..<5 { await Task.yield() }
                        if number % 7 == 0 { throw Mishap() }
                    }
                }
            }
            // Who goes away while waiting keeps nobody from passing.
            group.addTask {
                let leaving = Task { try? await turnstile.pass { await Task.yield() } }
                leaving.cancel()
                await leaving.value
            }
        }
        #expect(room.all == 200)
        #expect((1...count).contains(room.most))
        // All turns were given back.
        let again = Room()
        for _ in 0..<(2 * count) {
            try await turnstile.pass {
                again.enter()
                again.leave()
            }
        }
        #expect(again.all == 2 * count)
    }
}
