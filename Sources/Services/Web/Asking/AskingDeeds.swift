package import Mail
package import Mailroom
package import Store
package import Text

/// An address that a letter can leave by.
package struct LetterSender: Hashable, Sendable {
    /// `[mailbox.NAME]`; nil: the firm's own, of `[smtp]`.
    package let mailbox: String?
    package let address: NamedAddress

    package init(mailbox: String?, address: NamedAddress) {
        self.mailbox = mailbox
        self.address = address
    }
}

/// What staff do with letters and requests: carried out where commands carry it out.
///
/// Each takes the login name of who does it, for the audit, and refuses with a ``DeskRefusal``.
package struct AskingDeeds: Sendable {
    package typealias Actor = String

    /// The addresses that letters can leave by; none: the firm sends no mail.
    package var senders: @Sendable () -> [LetterSender] = { [] }
    /// What a sheet has on it before anybody writes.
    package var opening: @Sendable (LetterOrder.Kind, _ mailbox: String?) async throws -> LetterOpening = {
        _, _ in throw none
    }
    package var send: @Sendable (LetterOrder, Actor) async throws -> QueuedOrder = { _, _ in throw none }
    package var ask: @Sendable (RequestOrder, RequestOrder.Way, Actor) async throws -> RequestID = {
        _, _, _ in throw none
    }
    /// The letter that an order would send.
    package var preview: @Sendable (RequestOrder, Actor) async throws -> LetterText = { _, _ in throw none }
    /// The letter that a request would send as it is now, in its language or another.
    package var letter: @Sendable (Mailroom.Request, Language, Actor) async throws -> LetterText = {
        _, _, _ in throw none
    }
    /// Derived, and so changing nothing; nil where there are none, or none any more.
    package var links: @Sendable (Mailroom.Request, Timestamp) -> RequestAddresses? = { _, _ in nil }
    package var perform: @Sendable (RequestAction, RequestID, Actor) async throws -> Void = { _, _, _ in
        throw none
    }
    /// How long requests hold, by the firm's calendar.
    package var terms: @Sendable () -> RequestTerms = { RequestTerms() }
    /// What links of requests ask where nothing else is chosen.
    package var usualProof: @Sendable () -> LinkProof = { .nothing }

    package init() {}

    private static let none = DeskRefusal(.noServer, "nobody here carries letters")
}
