internal import Files
internal import MIME
package import Mail
package import Store
package import Workers

/// A recorded message read once more, to be answered or passed on.
package struct ReadMessage: Sendable {
    package let envelope: Envelope
    /// What a reader sees, the beginning of it; of a message without plain text what its page says.
    package let text: String
}

/// Reads originals again; the disk may take its time, so it has a worker.
package actor MessageReader: WorkerActor {
    package nonisolated let worker = Worker(pool: MessageReader.pool)
    private let vault: Vault

    private static let pool = WorkerPool(name: "mailroom-letter", limit: 4)

    package init(vault: Vault) { self.vault = vault }

    package func read(_ original: OriginalPlace, _ digest: SHA256Digest) throws -> ReadMessage {
        var parser = MessageParser()
        var receiver = TextCollector()
        try vault.pass(original, digest) { try parser.feed($0, into: &receiver) }
        let parsed = try parser.finish(into: &receiver)
        return ReadMessage(envelope: parsed.envelope, text: receiver.text)
    }

    /// Reads a message that is at hand, and in memory.
    package nonisolated static func read(_ octets: [UInt8]) throws -> ReadMessage {
        var parser = MessageParser()
        var receiver = TextCollector()
        try parser.feed(octets.span, into: &receiver)
        let parsed = try parser.finish(into: &receiver)
        return ReadMessage(envelope: parsed.envelope, text: receiver.text)
    }

    /// The first displayed text of each kind, as far as anybody quotes it.
    private struct TextCollector: MessageReceiver {
        private static let limit = 256 << 10
        private var plain: (head: PartHead, octets: [UInt8])?
        private var html: (head: PartHead, octets: [UInt8])?

        var text: String {
            if let plain, !plain.octets.isEmpty { return TextBody.text(plain.octets, of: plain.head).text }
            guard let html else { return "" }
            return HTMLText.plain(TextBody.text(html.octets, of: html.head).text)
        }

        mutating func partBegan(_ part: PartHead) {
            guard part.kind == .leaf, [nil, .inline].contains(part.disposition), part.name == nil else {
                return
            }
            if part.mediaType == .plainText, plain == nil { plain = (part, []) }
            if part.mediaType == .html, html == nil { html = (part, []) }
        }

        mutating func partOctets(_ part: Int, _ octets: Span<UInt8>) {
            if part == plain?.head.id { Self.append(octets, to: &plain) }
            if part == html?.head.id { Self.append(octets, to: &html) }
        }

        private static func append(_ octets: Span<UInt8>, to text: inout (head: PartHead, octets: [UInt8])?) {
            guard let count = text?.octets.count, count < limit else { return }
            text?.octets.append(octets.extracting(first: min(octets.count, limit - count)))
        }

        func partEnded(_ part: Int, _ end: PartEnd) {}
        func original(_ octets: Span<UInt8>) {}
        func original(_ run: EncodedRun) {}
    }
}
