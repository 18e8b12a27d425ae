import Mail
import Synchronization
import TestServers
import Workers

/// Delivers letter after letter while something else is being tested: in bursts, with pauses.
final class Feeder: Sendable {
    private struct State {
        var letters: [Letter] = []
        var isStopping = false
        var isDone = false
    }

    private let state = Mutex(State())

    /// Starts at once.
    init(_ server: DovecotServer, to user: String = "office", dice: Dice, first: Int = 0) {
        let started = Threads.start(name: "feeder") { [self] in
            var dice = dice
            var number = first
            while !state.withLock({ $0.isStopping }) {
                for _ in 0..<Int.random(in: 1...25, using: &dice) {
                    let letter = Letter.number(number)
                    number += 1
                    // Counted first: a letter that is delivered and not counted would be one too many.
                    state.withLock { $0.letters.append(letter) }
                    server.deliver(letter.octets, to: user)
                    // Some come twice, some into another mailbox: one message with two placements.
                    if number % 13 == 0 { server.deliver(letter.octets, to: user) }
                    if number % 17 == 0 { server.deliver(letter.octets, to: user, MailboxName("Projects")!) }
                }
                // Mail has its own pace.
                Pause.milliseconds(Int.random(in: 0...400, using: &dice))
            }
            state.withLock { $0.isDone = true }
        }
        precondition(started, "the system gives a thread to a test")
    }

    /// Ends the deliveries; all that were made.
    func stop() async throws -> [Letter] {
        state.withLock { $0.isStopping = true }
        let isDone = try await until(30) { state.withLock { $0.isDone } }
        precondition(isDone, "a feeder ends after its burst")
        return state.withLock { $0.letters }
    }
}
