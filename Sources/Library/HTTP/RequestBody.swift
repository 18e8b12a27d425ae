/// The content of a request, as it comes: never more of it in memory than the next pieces.
///
/// Whoever does not ask for the next piece makes the peer wait. It can be
/// read once.
package struct RequestBody: Sendable {
    private let inflow: Inflow
    /// What the peer has announced.
    package let length: Int

    init(_ inflow: Inflow, length: Int) {
        self.inflow = inflow
        self.length = length
    }

    /// One that is there as a whole: for a request that no peer sent.
    package init(_ octets: [UInt8] = []) {
        inflow = Inflow(whole: octets)
        length = octets.count
    }

    /// The next piece; nil at the end.
    package func next() async throws(HTTPError) -> [UInt8]? { try await inflow.next() }

    /// All of it; throws ``HTTPError/Code/tooLarge`` when there is more.
    package func collect(upTo limit: Int) async throws(HTTPError) -> [UInt8] {
        guard length <= limit else { throw Self.tooLarge(limit) }
        var all: [UInt8] = []
        while let piece = try await next() {
            guard all.count + piece.count <= limit else { throw Self.tooLarge(limit) }
            all += piece
        }
        return all
    }

    static func tooLarge(_ limit: Int) -> HTTPError {
        HTTPError(.tooLarge, "reading the content of a request", "it has more than \(limit) octets")
    }
}
