import Glibc

/// Asks again and again until it is so; false when the seconds are over. For what nothing announces.
///
/// The seconds are of a machine that has nothing else to do: a busy one gets four times as many.
package func until(_ seconds: Double, _ condition: () async throws -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds * 4)
    while ContinuousClock.now < deadline {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(20))
    }
    return try await condition()
}

/// Time that passes on purpose, where its passing is what is tested.
package enum Pause {
    package static func milliseconds(_ count: Int) { usleep(useconds_t(count * 1000)) }
}
