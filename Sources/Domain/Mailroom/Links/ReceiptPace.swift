/// How many receipts went out within a day for what came by open links.
///
/// Whoever has an open link types any address: without a limit our mail would
/// say what strangers like to whom they like. What is over it is received all
/// the same, and the page says that no receipt is mailed.
package struct ReceiptPace: Hashable, Sendable {
    /// Of this very link.
    package let ofLink: Int
    /// For whoever came from the same network, by whatever link.
    package let ofNetwork: Int
    /// To the same address.
    package let toAddress: Int

    package static let mostOfLink = 40
    package static let mostOfNetwork = 15
    package static let mostToAddress = 4
    package static let milliseconds: Int64 = 86_400_000

    package init(ofLink: Int, ofNetwork: Int, toAddress: Int) {
        self.ofLink = ofLink
        self.ofNetwork = ofNetwork
        self.toAddress = toAddress
    }

    package var allowsAnother: Bool {
        ofLink < Self.mostOfLink && ofNetwork < Self.mostOfNetwork && toAddress < Self.mostToAddress
    }
}

/// What became of a receipt that somebody is to have.
package enum ReceiptOutcome: Hashable, Sendable {
    /// It goes out, or went out before.
    case sent
    /// There is nothing to list.
    case nothing
    /// Too many went out, or there is no way to send one.
    case withheld
}
