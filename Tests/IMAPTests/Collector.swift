import IMAP
import Mail
import Synchronization

/// Keeps the bodies it is given, and checks that they come in the order that was promised.
final class Collector: BodyReceiver, Sendable {
    struct Full: Error, Equatable {}

    struct State {
        var bodies: [UID: [UInt8]] = [:]
        var messages: [FetchedMessage] = []
        var open: [UInt8]?
        var begun = 0
        var abandoned = 0
        var octets = 0
        var isOutOfOrder = false
    }

    private let state = Mutex(State())
    private let limit: Int
    private let onOctets: @Sendable () -> Void

    /// - Parameters:
    ///   - limit: after so many octets it refuses more.
    ///   - onOctets: called for each piece of a body.
    init(limit: Int = .max, onOctets: @escaping @Sendable () -> Void = {}) {
        self.limit = limit
        self.onOctets = onOctets
    }

    var bodies: [UID: [UInt8]] { state.withLock { $0.bodies } }
    var messages: [FetchedMessage] { state.withLock { $0.messages } }
    var abandonments: Int { state.withLock { $0.abandoned } }
    /// Whether every message begun has come to exactly one end, in order.
    var isConsistent: Bool {
        state.withLock { !$0.isOutOfOrder && $0.open == nil && $0.begun == $0.messages.count + $0.abandoned }
    }

    func began() {
        state.withLock { state in
            state.isOutOfOrder = state.isOutOfOrder || state.open != nil
            state.begun += 1
            state.open = []
        }
    }

    func octets(_ octets: Span<UInt8>) throws {
        onOctets()
        let copy = octets.indices.map { octets[$0] }
        let isFull = state.withLock { state in
            state.isOutOfOrder = state.isOutOfOrder || state.open == nil
            state.open?.append(contentsOf: copy)
            state.octets += copy.count
            return state.octets > limit
        }
        if isFull { throw Full() }
    }

    func ended(_ message: FetchedMessage) {
        state.withLock { state in
            state.isOutOfOrder = state.isOutOfOrder || state.open == nil
            state.bodies[message.uid] = state.open
            state.messages.append(message)
            state.open = nil
        }
    }

    func abandoned() {
        state.withLock { state in
            state.isOutOfOrder = state.isOutOfOrder || state.open == nil
            state.open = nil
            state.abandoned += 1
        }
    }
}

/// Forgets what it is given.
final class Discarder: BodyReceiver, Sendable {
    private let count = Atomic<Int>(0)
    var octets: Int { count.load(ordering: .relaxed) }

    func began() {}
    func octets(_ octets: Span<UInt8>) { count.add(octets.count, ordering: .relaxed) }
    func ended(_ message: FetchedMessage) {}
    func abandoned() {}
}
