internal import Files
internal import MIME
internal import Mail
internal import Store

/// What a message says, for the index: its displayed text, read from the original.
///
/// Attachments are passed over unread: the text of a 20 MB mail costs no more
/// than that of a short one.
struct MessageText {
    /// Parts of more octets are no text that anybody wrote.
    private static let partOctets = 256 << 10

    static func read(_ digest: SHA256Digest, at place: OriginalPlace, from vault: Vault) throws -> String {
        var parser = MessageParser()
        var receiver = TextParts(limit: partOctets)
        var failure: (any Error)?
        try vault.originals.skim(
            OriginalLocation(segment: place.segment, offset: Int(place.offset), length: Int(place.length)),
            sha256: digest, contents: vault.contents, limit: partOctets
        ) { piece throws(VaultError) in
            guard failure == nil else { return }
            do { try parser.feed(piece, into: &receiver) } catch { failure = error }
        }
        if let failure { throw failure }
        _ = try parser.finish(into: &receiver)
        return receiver.text
    }
}

/// The parts of a message that a reader sees without a click.
private struct TextParts: MessageReceiver {
    private let limit: Int
    private var plain: [(head: PartHead, octets: [UInt8])] = []
    private var html: [(head: PartHead, octets: [UInt8])] = []

    init(limit: Int) { self.limit = limit }

    /// Plain texts; the pages only where nobody wrote them as plain text too.
    var text: String {
        let words = plain.map { TextBody.text($0.octets, of: $0.head).text }.joined(separator: "\n")
        if words.contains(where: { !$0.isWhitespace }) { return words }
        return html.map { HTMLText.plain(TextBody.text($0.octets, of: $0.head).text) }.joined(separator: "\n")
    }

    mutating func partBegan(_ part: PartHead) {
        guard part.kind == .leaf, [nil, .inline].contains(part.disposition), part.name == nil else { return }
        if part.mediaType == .plainText { plain.append((part, [])) }
        if part.mediaType == .html { html.append((part, [])) }
    }

    mutating func partOctets(_ part: Int, _ octets: Span<UInt8>) {
        if plain.last?.head.id == part { append(octets, to: &plain) }
        if html.last?.head.id == part { append(octets, to: &html) }
    }

    private func append(_ octets: Span<UInt8>, to texts: inout [(head: PartHead, octets: [UInt8])]) {
        let last = texts.count - 1
        let wanted = min(octets.count, limit - texts[last].octets.count)
        if wanted > 0 { texts[last].octets.append(octets.extracting(first: wanted)) }
    }

    func partEnded(_ part: Int, _ end: PartEnd) {}
    func original(_ octets: Span<UInt8>) {}
    func original(_ run: EncodedRun) {}
}
