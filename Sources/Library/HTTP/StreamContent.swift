/// Content that is made while it is sent: an archive, a long export.
package struct StreamContent: Sendable {
    /// Takes the pieces; it waits while the peer does not take them.
    package struct Writer: Sendable {
        let outflow: Outflow

        package func write(_ octets: [UInt8]) async throws(HTTPError) { try await outflow.write(octets) }
    }

    /// Where it is known, the peer sees how much is left; more or less than that is our bug.
    package let length: Int64?
    let produce: @Sendable (Writer) async throws -> Void

    /// - Parameter produce: not called for HEAD. When it throws, the peer sees that the reply is incomplete.
    package init(length: Int64? = nil, _ produce: @escaping @Sendable (Writer) async throws -> Void) {
        self.length = length
        self.produce = produce
    }
}
