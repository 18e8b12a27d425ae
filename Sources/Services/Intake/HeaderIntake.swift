internal import IMAP
internal import MIME
internal import Mail
internal import Store

/// What the header of a message tells of it, for knowing it again.
struct HeaderOfUID: Sendable {
    let uid: UID
    let flags: [Flag]
    let internalDate: Timestamp?
    let parsed: ParsedMessage

    var key: HeaderKey {
        HeaderKey(
            messageID: parsed.envelope.messageID?.rawValue,
            from: parsed.envelope.from.first?.address.description, subject: parsed.envelope.subject,
            date: parsed.envelope.date, internalDate: internalDate)
    }
}

/// Parses headers as they come, and keeps nothing else.
final class HeaderIntake: BodyReceiver, MessageReceiver {
    private let received: Received<HeaderOfUID>
    private var parser = MessageParser()

    init(received: Received<HeaderOfUID>) { self.received = received }

    func began() { parser = MessageParser() }

    func octets(_ octets: Span<UInt8>) throws {
        var receiver = self
        try parser.feed(octets, into: &receiver)
    }

    func ended(_ message: FetchedMessage) throws {
        var receiver = self
        let parsed = try parser.finish(into: &receiver)
        received.append(
            HeaderOfUID(
                uid: message.uid, flags: message.flags, internalDate: message.internalDate, parsed: parsed))
    }

    func abandoned() {}

    func partBegan(_ part: PartHead) {}
    func partOctets(_ part: Int, _ octets: Span<UInt8>) {}
    func partEnded(_ part: Int, _ end: PartEnd) {}
    func original(_ octets: Span<UInt8>) {}
    func original(_ run: EncodedRun) {}
}
