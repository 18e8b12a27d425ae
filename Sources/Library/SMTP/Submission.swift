package import Mail

/// What a server made of a message: for each recipient, in its own words.
///
/// Read off its replies alone. A recipient that is ``Outcome/unknown(_:)`` may
/// have the message or not: the end of the data was sent, or was about to be,
/// and no answer came. RFC 1047.
package struct Submission: Sendable {
    package enum Outcome: Sendable {
        /// The server is responsible from now on; the reply is that to the end of the data.
        case accepted(SMTPReply)
        /// 4yz: try again; 5yz: never. To MAIL, RCPT, DATA or the end of the data.
        case refused(SMTPReply)
        case unknown(SMTPError)
    }

    package struct Recipient: Sendable {
        package let address: EmailAddress
        package let outcome: Outcome
    }

    /// In the message's order, all of them.
    package let recipients: [Recipient]
    /// The answer to the end of the data; nil where it was not sent, or not answered.
    package let final: SMTPReply?
    /// Whether the end of the data may have reached the server: so from `beforeFinalDot` on.
    package let finalDotSent: Bool
}
