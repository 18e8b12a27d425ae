package import Mail

/// Names a content as it streams by.
///
/// Two exist: GnuTLS's in `Crypto`, which this target may not import, and the tests' own.
package protocol ContentHasher {
    mutating func update(_ octets: Span<UInt8>)
    mutating func finish() -> SHA256Digest
}

/// The facts of one message that `mailroom inspect` prints: what is in it, each with its size and hash.
///
/// No configuration, no store, nothing written: feed the octets, then
/// `finish`. Multiparts are not listed; a message that was unwrapped is, and
/// so is all within it.
package struct Inspector<Hasher: ContentHasher> {
    package struct Part: Sendable {
        package let section: Section
        package let mediaType: MediaType
        package let disposition: Disposition?
        /// Decoded, as sent.
        package let name: String?
        package let charset: String?
        /// After transfer decoding, before any charset conversion.
        package let bytes: Int
        package let sha256: SHA256Digest
        package let contentID: String?
        package let isContainer: Bool
        /// The id in ``Report/message``.
        package let id: Int
    }

    package struct Report: Sendable {
        package let sha256: SHA256Digest
        package let bytes: Int
        package let message: ParsedMessage
        package let parts: [Part]
        package var envelope: Envelope { message.envelope }
        package var isMail: Bool { message.isMail }
        package var problems: [String] { message.problems.map(\.description) }
    }

    private struct Receiver: MessageReceiver {
        let makeHasher: () -> Hasher
        var open: [Int: Hasher] = [:]
        var digests: [Int: SHA256Digest] = [:]

        mutating func partBegan(_ part: PartHead) {
            if part.kind != .multipart { open[part.id] = makeHasher() }
        }
        mutating func partOctets(_ part: Int, _ octets: Span<UInt8>) { open[part]?.update(octets) }
        mutating func partEnded(_ part: Int, _ end: PartEnd) {
            digests[part] = open[part]?.finish()
            open[part] = nil
        }
        mutating func original(_ octets: Span<UInt8>) {}
        mutating func original(_ run: EncodedRun) {}
    }

    private var whole: Hasher
    private var receiver: Receiver
    private var parser: MessageParser

    package init(limits: ParserLimits = ParserLimits(), makeHasher: @escaping () -> Hasher) {
        whole = makeHasher()
        receiver = Receiver(makeHasher: makeHasher)
        parser = MessageParser(limits: limits)
    }

    package mutating func feed(_ chunk: Span<UInt8>) {
        whole.update(chunk)
        precondition(fed(chunk), "a receiver that hashes throws nothing")
    }

    private mutating func fed(_ chunk: Span<UInt8>) -> Bool {
        do { try parser.feed(chunk, into: &receiver) } catch { return false }
        return true
    }

    package mutating func finish() -> Report {
        guard let message = try? parser.finish(into: &receiver) else {
            preconditionFailure("a receiver that hashes throws nothing")
        }
        let parts = message.parts.compactMap { part -> Part? in
            guard let digest = receiver.digests[part.head.id] else { return nil }
            return Part(
                section: part.head.section, mediaType: part.head.mediaType,
                disposition: part.head.disposition,
                name: part.head.name ?? part.end.embeddedName, charset: part.head.charset,
                bytes: part.end.decodedCount, sha256: digest, contentID: part.head.contentID,
                isContainer: part.head.isContainer, id: part.head.id)
        }
        return Report(sha256: whole.finish(), bytes: message.byteCount, message: message, parts: parts)
    }
}
