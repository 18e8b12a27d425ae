package import Mailroom
package import Store

/// What staff do with shares: carried out where commands carry it out.
///
/// Each takes the login name of who does it, for the audit, and refuses with a ``DeskRefusal``.
package struct ShareDeeds: Sendable {
    package typealias Actor = String

    package var share: @Sendable (ShareOrder, _ isByMail: Bool, Actor) async throws -> ShareID = { _, _, _ in
        throw none
    }
    /// The letter that an order would send.
    package var preview: @Sendable (ShareOrder, Actor) async throws -> LetterText = { _, _ in throw none }
    /// Of those recipients whose link works; derived, and so changing nothing.
    package var addresses: @Sendable (Share) -> [ShareRecipientID: String] = { _ in [:] }
    package var perform: @Sendable (ShareAction, ShareID, Actor) async throws -> Void = { _, _, _ in
        throw none
    }
    /// How long shares hold, by the firm's calendar.
    package var terms: @Sendable () -> RequestTerms = { RequestTerms(days: 7) }
    /// What their links ask where nothing else is chosen.
    package var usualProof: @Sendable () -> LinkProof = { .nothing }

    package init() {}

    private static let none = DeskRefusal(.noServer, "nobody here carries letters")
}
