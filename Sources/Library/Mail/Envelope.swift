/// What the header says of a message, decoded, grouped as IMAP does. RFC 9051 section 7.5.2.
package struct Envelope: Hashable, Sendable {
    /// Every From header's addresses, in order; more than one says something about the sender.
    package var from: [NamedAddress] = []
    /// How many From header fields there were: RFC 5322 wants exactly one.
    package var fromFields = 0
    package var sender: [NamedAddress] = []
    package var replyTo: [NamedAddress] = []
    package var to: [NamedAddress] = []
    package var cc: [NamedAddress] = []
    package var bcc: [NamedAddress] = []
    package var subject: String?
    /// As the sender's clock had it: for showing, never for deciding.
    package var date: Timestamp?
    package var messageID: MessageID?
    package var inReplyTo: [MessageID] = []
    package var references: [MessageID] = []

    package init() {}
}
