internal import Crypto
internal import Files
internal import MIME
internal import Mail
internal import Mailroom

/// Reads a letter of ours as it is written into the vault, and keeps its parts as intake would.
///
/// What is large and base64 becomes a content that the original refers to;
/// a letter to thirty people with the same attachment holds it once.
final class LetterCollector: MessageReceiver {
    private let vault: Vault
    private let original: OriginalWriter
    private var parser = MessageParser()
    private var digest = SHA256()
    private var octets = 0
    private var isEightBit = false
    private var open: [Int: OpenPart] = [:]
    private var closed: [Int: ClosedPart] = [:]
    private var referred: Set<Int> = []
    /// The beginning of its text, and how that is encoded.
    private var text: (part: Int, octets: [UInt8], charset: String?)?

    /// Contents that are to be published with the letter's batch.
    private(set) var contents: [PendingContent] = []

    private final class OpenPart {
        let isDisplayed: Bool
        let content: ContentWriter?
        var digest = SHA256()
        var octets = 0

        init(isDisplayed: Bool, content: ContentWriter?) {
            self.isDisplayed = isDisplayed
            self.content = content
        }
    }

    private struct ClosedPart {
        let digest: SHA256Digest
        let octets: Int
        let content: PendingContent?
        let isDisplayed: Bool
    }

    init(vault: Vault) {
        self.vault = vault
        original = vault.originals.begin()
    }

    func feed(_ piece: Span<UInt8>) throws {
        digest.update(piece)
        octets += piece.count
        if !isEightBit {
            for index in 0..<piece.count where piece[index] > 127 {
                isEightBit = true
                break
            }
        }
        var receiver = self
        try parser.feed(piece, into: &receiver)
    }

    func finish() throws -> KeptLetter {
        var receiver = self
        let parsed = try parser.finish(into: &receiver)
        let stored = try original.finish(sha256: digest.finish(), octets: octets) { part in
            guard let part = self.closed[part] else {
                preconditionFailure("an original refers to a part that never ended")
            }
            return part.digest
        }
        let parts = parsed.parts.compactMap { part in closed[part.head.id].map { (part.head, $0) } }
        contents = parts.compactMap { head, part in isKept(head, part) ? part.content : nil }
        let identity = MessageIdentity(
            parsed.envelope,
            contents: parts.filter { $0.0.kind != .message }.map(\.1.digest))
        return KeptLetter(
            original: stored, envelope: parsed.envelope, identity: SHA256.digest(of: identity.canonical),
            hasUTF8Header: parsed.header.fields.contains { field in
                field.rawValue.contains { $0 > 127 }
            },
            isEightBit: isEightBit,
            parts: parts.map { head, part in kept(head, part, in: container(of: head, parsed)) },
            snippet: text.map { Snippet.of(CharsetDecoder.decode($0.octets, charset: $0.charset).text) } ?? ""
        )
    }

    private func isKept(_ head: PartHead, _ part: ClosedPart) -> Bool {
        referred.contains(head.id) || !part.isDisplayed && head.kind == .leaf
    }

    private func container(of head: PartHead, _ parsed: ParsedMessage) -> Section? {
        var parent = head.parent
        while let id = parent {
            if parsed.parts[id].head.kind == .message { return parsed.parts[id].head.section }
            parent = parsed.parts[id].head.parent
        }
        return nil
    }

    private func kept(_ head: PartHead, _ part: ClosedPart, in container: Section?) -> KeptLetter.Part {
        var facts = PartFacts(
            section: head.section, mediaType: head.mediaType, disposition: head.disposition, name: head.name,
            bytes: Int64(part.octets), sha256: part.digest,
            sniffed: part.isDisplayed
                ? .unknown : part.content.map { FileTypeSniffer.sniff($0.head) } ?? .unknown)
        facts.container = container
        facts.contentID = head.contentID
        if head.kind == .message { facts.unwrapping = .complete }
        let plan =
            head.kind == .message
            ? PartPlan(head.section, .unwrapped, because: "a message that the letter brings with it")
            : part.isDisplayed
                ? PartPlan(head.section, .shown, .text, because: "the text of the letter")
                : PartPlan(
                    head.section, .shown, .inline,
                    because: "an attachment of our own mail: shown with it, never the client's document")
        return KeptLetter.Part(
            facts: facts, charset: head.charset, isStored: part.content != nil && isKept(head, part),
            plan: plan)
    }

    // MARK: - What the parser finds

    func partBegan(_ part: PartHead) {
        guard part.kind != .multipart else { return }
        let isDisplayed =
            part.kind == .leaf && [nil, .inline].contains(part.disposition) && part.name == nil
            && [MediaType.plainText, .html].contains(part.mediaType)
        if isDisplayed, part.mediaType == .plainText, text == nil { text = (part.id, [], part.charset) }
        let isKept = !isDisplayed && part.kind == .leaf || part.transferEncoding == .base64
        open[part.id] = OpenPart(
            isDisplayed: isDisplayed, content: isKept ? vault.contents.begin() : nil)
    }

    func partOctets(_ part: Int, _ octets: Span<UInt8>) throws {
        guard let open = open[part] else { return }
        open.octets += octets.count
        if text?.part == part, let count = text?.octets.count, count < 4096 {
            text?.octets.append(octets.extracting(first: min(octets.count, 4096 - count)))
        }
        guard let content = open.content else { return open.digest.update(octets) }
        try content.write(octets)
    }

    func partEnded(_ part: Int, _ end: PartEnd) throws {
        guard let open = open.removeValue(forKey: part) else { return }
        let pending = try open.content?.finish()
        closed[part] = ClosedPart(
            digest: pending?.digest ?? open.digest.finish(), octets: open.octets, content: pending,
            isDisplayed: open.isDisplayed)
    }

    func original(_ octets: Span<UInt8>) throws { try original.literal(octets) }

    func original(_ run: EncodedRun) {
        referred.insert(run.part)
        original.reference(
            part: run.part, decodedCount: run.decodedCount,
            layout: Base64Lines.Layout(
                lineLength: run.lineLength, ending: run.lineEnding == .crlf ? .crlf : .lf,
                lastLineEnded: run.lastLineEnded))
    }
}
