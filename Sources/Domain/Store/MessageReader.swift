internal import Files
internal import MIME
package import Mail
package import Workers

/// A recorded message read once more: to be shown, answered or passed on.
package struct ReadMessage: Sendable {
    package let envelope: Envelope
    /// What a reader sees, as it came.
    package let body: DisplayedBody

    /// The beginning of what a reader sees; of a message without plain text what its page says.
    package var text: String {
        String(
            (body.plain.isEmpty ? body.html.map { HTMLText.plain($0) } ?? "" : body.plain).prefix(256 << 10))
    }
}

/// What a message shows: its text, and its page where it has one.
package struct DisplayedBody: Sendable {
    /// Lines ended by LF; empty where there is only a page.
    package let plain: String
    /// Of several one after the other, with what stands between them as text.
    package let html: String?

    /// What the page says, for who cannot be shown it.
    package var pageText: String { html.map { HTMLText.plain($0) } ?? "" }
}

/// Reads originals again; the disk may take its time, so it has a worker.
package actor MessageReader: WorkerActor {
    package nonisolated let worker = Worker(pool: MessageReader.pool)
    private let vault: Vault

    private static let pool = WorkerPool(name: "mailroom-letter", limit: 4)

    package init(vault: Vault) { self.vault = vault }

    /// - Parameter shown: the sections of its displayed texts, where the ledger names them: what comes after the
    ///   last of them is not read, and a mail of many megabytes is shown as fast as another.
    package func read(
        _ original: OriginalPlace, _ digest: SHA256Digest, shown: Set<Section>? = nil
    ) throws -> ReadMessage {
        var parser = MessageParser()
        var receiver = BodyCollector(wanted: shown)
        do {
            try vault.pass(original, digest) { piece in
                try parser.feed(piece, into: &receiver)
                if receiver.isComplete { throw Complete() }
            }
        } catch is Complete {}
        let parsed = try parser.finish(into: &receiver)
        return ReadMessage(envelope: parsed.envelope, body: receiver.body)
    }

    /// The message's own header, as it came: up to the first empty line, and not more than anybody reads.
    package func header(_ original: OriginalPlace, _ digest: SHA256Digest) throws -> String {
        var octets: [UInt8] = []
        do {
            try vault.pass(original, digest) { piece in
                let room = Self.longestHeader - octets.count
                octets.append(piece.extracting(first: min(room, piece.count)))
                if octets.count == Self.longestHeader || Self.headerEnd(octets) != nil { throw Complete() }
            }
        } catch is Complete {}
        return String(decoding: octets[..<(Self.headerEnd(octets) ?? octets.count)], as: UTF8.self)
    }

    /// All of it, to the octet, as a content that nobody publishes: large ones lie on the disk until it goes.
    package func whole(_ original: OriginalPlace, _ digest: SHA256Digest) throws -> PendingContent {
        let writer = vault.contents.begin()
        try vault.pass(original, digest) { try writer.write($0) }
        return try writer.finish()
    }

    /// A part that only the original holds, decoded; nil where there is none.
    package func part(
        _ section: Section, of original: OriginalPlace, _ digest: SHA256Digest
    ) throws -> [UInt8]? {
        var parser = MessageParser()
        var receiver = PartOctets(section: section)
        do {
            try vault.pass(original, digest) { piece in
                try parser.feed(piece, into: &receiver)
                if receiver.isComplete { throw Complete() }
            }
        } catch is Complete {}
        _ = try parser.finish(into: &receiver)
        return receiver.part == nil ? nil : receiver.octets
    }

    /// Reads a message that is at hand, and in memory.
    package nonisolated static func read(_ octets: [UInt8]) throws -> ReadMessage {
        var parser = MessageParser()
        var receiver = BodyCollector(wanted: nil)
        try parser.feed(octets.span, into: &receiver)
        let parsed = try parser.finish(into: &receiver)
        return ReadMessage(envelope: parsed.envelope, body: receiver.body)
    }

    private static let longestHeader = 256 << 10

    /// Where the first empty line begins.
    private static func headerEnd(_ octets: [UInt8]) -> Int? {
        octets.firstRange(of: [10, 13, 10])?.lowerBound ?? octets.firstRange(of: [10, 10])?.lowerBound
    }

    /// Enough was read.
    private struct Complete: Error {}
}

/// Keeps the octets of one part.
private struct PartOctets: MessageReceiver {
    let section: Section
    private(set) var part: Int?
    private(set) var octets: [UInt8] = []
    private(set) var isComplete = false

    init(section: Section) { self.section = section }

    mutating func partBegan(_ head: PartHead) {
        if head.section == section, head.kind != .multipart, part == nil { part = head.id }
    }
    mutating func partOctets(_ part: Int, _ octets: Span<UInt8>) {
        if part == self.part { self.octets.append(octets) }
    }
    mutating func partEnded(_ part: Int, _ end: PartEnd) { if part == self.part { isComplete = true } }
    func original(_ octets: Span<UInt8>) {}
    func original(_ run: EncodedRun) {}
}
