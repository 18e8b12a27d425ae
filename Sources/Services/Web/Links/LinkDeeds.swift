package import Mail
package import Mailroom
package import Store

/// What clients do without a login and other services carry out: the Daemon fills these in.
package struct LinkDeeds: Sendable {
    /// What links are derived from; nil: there are none.
    package var key: LinkKey?
    /// Files what came. Throws ``LinkClosed`` where the link is good no longer.
    package var receive: @Sendable (ArrivalOrder) async throws -> Void = { _ in }
    /// Sends whoever sent files the receipt for what none lists yet.
    package var receipt: @Sendable (SittingID) async throws -> ReceiptOutcome = { _ in .withheld }
    /// Does what really happens when somebody asks for a new link.
    package var renew: @Sendable (LinkRenewal) async -> Void = { _ in }
    /// Sends a code to a link's own address. Throws ``LinkCodeRefusal`` where that is too much.
    package var sendCode: @Sendable (LinkAddressee) async throws -> LinkCodeSending = { _ in .noServer }

    package init() {}
}

/// What became of a code that somebody asked for.
package enum LinkCodeSending: Hashable, Sendable {
    case sent
    /// The firm sends no mail.
    case noServer
}

/// What clients' pages say of the firm, and how much they take.
package struct ClientSettings: Sendable, Hashable {
    /// Of buttons and links on their pages.
    package var accent = AccentColor.ledgerGreen
    package var phone: String?
    /// Addresses of pages.
    package var imprint: String?
    package var privacy: String?
    /// Octets.
    package var largestFile: Int64 = 200 << 20
    /// By one link.
    package var mostFiles = 200
    /// With fewer octets free on the disk no file is taken.
    package var minimumFree: Int64 = 0
    /// Octets, by one link.
    package var mostOctets: Int64 = 10 << 30
    /// How long an upload waits for its next piece.
    package var unfinishedSeconds: Int64 = 3 * 86_400

    package init() {}

    /// Whoever sent nothing since then has given up.
    package func oldestUnfinished(_ now: Timestamp) -> Timestamp {
        Timestamp(milliseconds: now.milliseconds - unfinishedSeconds * 1000)
    }
}
