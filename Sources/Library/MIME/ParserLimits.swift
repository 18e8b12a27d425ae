/// How much of a message is interpreted before the rest is only passed through.
///
/// Hostile mail is daily bread: ten thousand levels, a million fields. Every
/// limit leaves a partial result and a ``Problem``, never a refusal.
package struct ParserLimits: Sendable {
    /// Multiparts and messages within one another; what lies deeper is a leaf.
    package var depth = 100
    /// Of those, messages that had to be decoded first: each costs another pass over the octets.
    package var encodedDepth = 8
    package var parts = 10_000
    /// Octets of one header that are kept; the rest is read for its end.
    package var headerOctets = 1 << 20
    package var headerFields = 2000
    /// Octets that all part headers of a message together may keep.
    package var allHeaderOctets = 8 << 20
    /// Octets of one structured field value that are read.
    package var valueOctets = 64 << 10
    package var addresses = 5000
    /// How many octets base64 must decode to before an ``EncodedRun`` is worth its trouble.
    package var referenceThreshold = 16 << 10

    package init() {}
}
