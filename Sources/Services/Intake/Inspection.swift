internal import IMAP
internal import MIME
internal import Mail
internal import Mailroom
package import Store

/// Reads one message file as the intake reads a FETCH, and keeps nothing.
///
/// The same parser, the same children, the same containers: what `inspect`
/// shows is what would be recorded.
package struct Inspection {
    private let intake: MessageIntake
    private let received = Received<ReceivedMessage>()
    private let opener: ContainerOpener

    package init(vault: Vault) {
        intake = MessageIntake(vault: vault, received: received)
        opener = ContainerOpener(vault: vault)
        intake.began()
    }

    package func feed(_ octets: Span<UInt8>) throws { try intake.octets(octets) }

    /// What was found, containers unwrapped. RFC 9051's sections.
    package func finish(rules: DecisionRules) throws -> ReceivedMessage {
        try intake.ended(FetchedMessage(uid: .first, flags: [], internalDate: nil, modSeq: nil))
        guard let message = received.take().first else {
            preconditionFailure("a message that ended was received")
        }
        return try opener.open(message, rules: rules)
    }
}
