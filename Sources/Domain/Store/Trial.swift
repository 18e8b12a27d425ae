extension Store {
    /// Runs `body` as ``write(_:)`` does, and takes all of it back: what it says is what would become.
    ///
    /// The very code that does a thing tells what doing it would change, so
    /// that the two can't differ.
    package func trial<Value: Sendable>(
        _ body: @Sendable (StoreTransaction) throws -> Value
    ) throws -> Value {
        do {
            return try write { transaction -> Value in throw TakenBack(value: try body(transaction)) }
        } catch let end as TakenBack<Value> {
            return end.value
        }
    }
}

/// Ends a trial's transaction with its value.
private struct TakenBack<Value: Sendable>: Error {
    let value: Value
}
