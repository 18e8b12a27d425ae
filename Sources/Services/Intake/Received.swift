internal import Synchronization

/// Where a FETCH leaves what it received, for the one who asked.
///
/// The session's thread puts it there; who asked takes it when the FETCH is over.
package final class Received<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])

    package init() {}

    func append(_ value: Value) { values.withLock { $0.append(value) } }

    package func take() -> [Value] {
        values.withLock { values in
            defer { values = [] }
            return values
        }
    }
}
