import Glibc

/// Asks again and again until it is so; false when the seconds are over. For what nothing announces.
package func until(_ seconds: Double, _ condition: () async throws -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
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
