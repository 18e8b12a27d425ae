/// Looks at a message's octets on their way out: whether they are the data that SMTP allows.
///
/// A CR or LF alone is read as the end of a line by some servers and not by
/// others, so that one message is two: SMTP smuggling. Nothing is mended here,
/// for what is kept and shown would not be what was sent.
/// RFC 5321 sections 2.3.8 and 4.1.1.4, RFC 6152 section 3.
struct DataCheck {
    private let expected: Int
    private let allows8Bit: Bool
    private(set) var octets = 0
    private(set) var failure: String?
    private var last: UInt8 = 10

    init(_ message: OutgoingMessage) {
        expected = message.octetCount
        allows8Bit = message.needs8BitMIME || message.needsSMTPUTF8
    }

    mutating func take(_ piece: Span<UInt8>) {
        guard failure == nil else { return }
        octets += piece.count
        if octets > expected { return failure = "the message has more octets than it was said to have" }
        var last = last
        var high: UInt8 = 0
        for index in piece.indices {
            let octet = piece[index]
            if (last == 13) != (octet == 10) { return failure = "the message holds a CR or LF alone" }
            if octet == 0 { return failure = "the message holds a NUL" }
            high |= octet
            last = octet
        }
        self.last = last
        if high > 127, !allows8Bit { failure = "the message has 8-bit octets and was said to have none" }
    }

    /// At the end of the data: what is wrong with it, if anything.
    var verdict: String? {
        if let failure { return failure }
        if octets != expected { return "the message has fewer octets than it was said to have" }
        return last == 10 ? nil : "the message's last line has no end"
    }
}
