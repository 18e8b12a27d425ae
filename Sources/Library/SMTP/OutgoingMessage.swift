package import Mail

/// A message to be submitted: its envelope, and how to get its octets.
package struct OutgoingMessage: Sendable {
    /// Gives all octets in order, in pieces of any size; it throws where they are not whole.
    ///
    /// It is called at most once for each connection tried, when the server is
    /// ready for the data, on the thread that submits. What the server or the
    /// network thinks of it is not its concern: the sink never throws.
    package typealias Octets = @Sendable (_ sink: (Span<UInt8>) -> Void) throws -> Void

    /// Nil: the null reverse-path, for what must not bounce. RFC 5321 section 4.5.5.
    package let reversePath: EmailAddress?
    /// At least one. RFC 5321 section 3.3.
    package let recipients: [EmailAddress]
    /// How many octets there are, exactly.
    package let octetCount: Int
    /// Whether an address or a header field is not ASCII. RFC 6531.
    package let needsSMTPUTF8: Bool
    /// Whether an octet of it is over 127. RFC 6152.
    package let needs8BitMIME: Bool
    /// Lines end with CRLF, the last one too; no CR or LF is alone, and no octet is zero. RFC 5321 section 2.3.8.
    package let octets: Octets

    package init(
        reversePath: EmailAddress?, recipients: [EmailAddress], octetCount: Int, needsSMTPUTF8: Bool = false,
        needs8BitMIME: Bool = false, octets: @escaping Octets
    ) {
        self.reversePath = reversePath
        self.recipients = recipients
        self.octetCount = octetCount
        self.needsSMTPUTF8 = needsSMTPUTF8
        self.needs8BitMIME = needs8BitMIME
        self.octets = octets
    }
}
