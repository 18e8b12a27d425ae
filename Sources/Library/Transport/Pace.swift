/// How long one exchange with a peer may last, and how much may come of it.
///
/// An end fixed in advance would cut a large message on a slow line; a limit
/// on each read alone would let a peer hold us for ever with an octet a
/// second. So the end moves away with what has come, and no faster than a
/// modem would carry it.
package struct Pace: Hashable, Sendable {
    /// What an exchange may take besides the octets it brings.
    package let seconds: Int
    /// For as many octets that came, one second more.
    package let octetsPerSecond: UInt64
    /// More than this ends the exchange.
    package let octets: UInt64

    package init(seconds: Int, octetsPerSecond: UInt64 = 1024, octets: UInt64) {
        precondition(seconds > 0 && octetsPerSecond > 0, "an exchange takes time")
        self.seconds = seconds
        self.octetsPerSecond = octetsPerSecond
        self.octets = octets
    }
}

/// An exchange under way: what is left of its ``Pace``.
///
/// Only the time that we waited for the peer counts: a slow disk of ours is
/// not its fault.
struct Exchange {
    let pace: Pace
    var waited = Duration.zero
    var octets: UInt64 = 0

    init(pace: Pace) { self.pace = pace }

    /// How long the next wait may be; no silence outlasts the whole of an exchange without octets.
    var patience: Duration {
        let whole = Duration.seconds(pace.seconds)
        let earned = Duration.seconds(Int64(min(octets / pace.octetsPerSecond, 1 << 31)))
        return max(.zero, min(whole, whole + earned - waited))
    }
}
