package import Mail

/// All that is known of a message when its last octet has gone by.
package struct ParsedMessage: Sendable {
    package struct Part: Sendable {
        package let head: PartHead
        package let end: PartEnd
        /// Of the message within, where the part is one.
        package let envelope: Envelope?
    }

    package let envelope: Envelope
    /// The message's own header, top to bottom.
    package let header: MessageHeader
    /// In the order they came; the index is the id.
    package let parts: [Part]
    package let problems: [Problem]
    package let byteCount: Int
    /// False when no header field was seen at the top: this is no mail but something else.
    package let isMail: Bool
}
