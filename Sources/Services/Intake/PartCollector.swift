internal import MIME
internal import Mail
internal import Store

/// The parts of one message, or of one MIME entity, as the parser finds them.
final class PartCollector: MessageReceiver {
    private let vault: Vault
    private var open: [Int: (head: PartHead, part: OpenPart)] = [:]
    private(set) var closed: [Int: ReceivedPart] = [:]
    private(set) var text = DisplayedText()

    init(vault: Vault) { self.vault = vault }

    /// Text without a name that nobody attached: what the reader sees without clicking.
    ///
    /// A disposition nobody knows is an attachment (RFC 2183 section 2.8);
    /// uuencode brings its name at the end.
    static func isDisplayed(_ part: PartHead) -> Bool {
        part.kind == .leaf && [nil, .inline].contains(part.disposition) && part.name == nil
            && part.transferEncoding != .uuencode && [MediaType.plainText, .html].contains(part.mediaType)
    }

    func partBegan(_ part: PartHead) {
        guard part.kind != .multipart else { return }
        let isDisplayed = Self.isDisplayed(part)
        // What was base64 the original may refer to; text without a name stays in the original alone.
        let isKept = !isDisplayed && part.kind == .leaf || part.transferEncoding == .base64
        let description = PartDescription(
            section: part.section, mediaType: part.mediaType, disposition: part.disposition, name: part.name,
            charset: part.charset, contentID: part.contentID, isMessage: part.kind == .message)
        open[part.id] = (
            part,
            OpenPart(description, isDisplayed: isDisplayed, content: isKept ? vault.contents.begin() : nil)
        )
    }

    func partOctets(_ part: Int, _ octets: Span<UInt8>) throws {
        guard let open = open[part] else { return }
        try open.part.add(octets)
        if open.part.isDisplayed { text.add(octets, of: open.head) }
    }

    func partEnded(_ part: Int, _ end: PartEnd) throws {
        guard let open = open.removeValue(forKey: part) else { return }
        closed[part] = try open.part.finish(name: end.embeddedName)
    }

    func original(_ octets: Span<UInt8>) {}
    func original(_ run: EncodedRun) {}

    /// Leaves and messages in their order, each with the container it lies in.
    ///
    /// - Parameters:
    ///   - entity: the section of the entity itself; nothing for a whole message.
    ///   - referred: parts whose content must stay even if it is only text.
    func all(of parsed: ParsedMessage, below entity: Section, keeping referred: Set<Int>) -> [ReceivedPart] {
        parsed.parts.compactMap { part in
            guard var found = closed[part.head.id] else { return nil }
            if (found.isDisplayedText || found.isMessage) && !referred.contains(part.head.id) {
                found.content = nil
            }
            var parent = part.head.parent
            while let id = parent {
                if parsed.parts[id].head.kind == .message {
                    found.container = closed[id]?.section
                    break
                }
                parent = parsed.parts[id].head.parent
            }
            if !entity.text.isEmpty {
                found.section = Section("\(entity.text).\(found.section.text)")
                found.container = found.container.map { Section("\(entity.text).\($0.text)") } ?? entity
            }
            return found
        }
    }
}
