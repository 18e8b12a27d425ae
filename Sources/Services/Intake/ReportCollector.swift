internal import Files
internal import MIME
internal import Mail
internal import Mailroom

/// Keeps of a message what may tell of a letter of ours: bounded, and while it streams.
///
/// The message that came back is not looked into but for its ids: what it
/// says is its own, not the server's.
struct ReportCollector {
    /// One part that is kept, in the order they came.
    private struct Kept {
        enum Use {
            case text
            case fields(ReportFields.Kind)
            case header
        }

        let head: PartHead
        let use: Use
        /// Within a message that is attached.
        let isInside: Bool
        var octets: [UInt8] = []
    }

    private static let mostOfPart = 48 << 10
    private static let mostOfAll = 160 << 10
    private static let mostParts = 12

    private var kept: [Kept] = []
    private var total = 0
    private var places: [Int: Int] = [:]
    /// Messages, and what lies within them.
    private var inside: Set<Int> = []

    mutating func partBegan(_ part: PartHead) {
        let isInside = part.parent.map { inside.contains($0) } ?? false
        if isInside || part.kind == .message { inside.insert(part.id) }
        guard part.kind == .leaf, kept.count < Self.mostParts, let use = Self.use(of: part) else { return }
        places[part.id] = kept.count
        kept.append(Kept(head: part, use: use, isInside: isInside))
    }

    private static func use(of part: PartHead) -> Kept.Use? {
        if let kind = ReportFieldsReader.kind(of: part.mediaType) { return .fields(kind) }
        if ReportFieldsReader.isReturnedHeader(part.mediaType) { return .header }
        return [MediaType.plainText, .html].contains(part.mediaType) ? .text : nil
    }

    mutating func partOctets(_ part: Int, _ octets: Span<UInt8>) {
        guard let place = places[part] else { return }
        let wanted = min(
            octets.count, Self.mostOfPart - kept[place].octets.count, Self.mostOfAll - total)
        guard wanted > 0 else { return }
        total += wanted
        kept[place].octets.append(octets.extracting(first: wanted))
    }

    /// What was kept, as the domain reads it.
    func content(of message: ParsedMessage) -> ReportContent {
        // A report may lie in a message that somebody's filter wrapped around it.
        let outer = kept.filter { !$0.isInside }
        let hasFields = { (parts: [Kept]) in
            parts.contains { if case .fields = $0.use { true } else { false } }
        }
        let chosen = hasFields(outer) || !hasFields(kept) ? outer : kept
        var content = ReportContent()
        var html: [String] = []
        for part in chosen {
            switch part.use {
            case .fields(let kind):
                content.fields.append(ReportFieldsReader.read(part.octets, kind: kind))
            case .header:
                content.returned.append(ReportFieldsReader.envelope(ofHeader: part.octets))
            case .text:
                let text = TextBody.text(part.octets, of: part.head).text
                if part.head.mediaType == .html {
                    html.append(BounceHTML.text(text))
                } else {
                    content.texts.append(text)
                    if Self.hasFields(text) {
                        content.fields.append(ReportFieldsReader.read(Array(text.utf8), kind: .delivery))
                    }
                }
            }
        }
        content.texts += html
        content.texts.removeAll { $0.allSatisfy(\.isWhitespace) }
        content.returned = message.parts.compactMap(\.envelope) + content.returned
        content.failedRecipients = message.header.values(of: "x-failed-recipients")
        return content
    }

    /// The kinds of the message's own report parts.
    static func kinds(in message: ParsedMessage) -> Set<ReportFields.Kind> {
        Set(own(message).compactMap { ReportFieldsReader.kind(of: $0.mediaType) })
    }

    /// Whether what came back is attached to it, whole or by its header.
    static func returnsMessage(_ message: ParsedMessage) -> Bool {
        own(message).contains { $0.kind == .message || ReportFieldsReader.isReturnedHeader($0.mediaType) }
    }

    /// Its parts, and none of the messages within.
    private static func own(_ message: ParsedMessage) -> [PartHead] {
        message.parts.map(\.head).filter { head in
            var parent = head.parent
            while let id = parent {
                if message.parts[id].head.kind == .message { return false }
                parent = message.parts[id].head.parent
            }
            return true
        }
    }

    /// Amazon and others write the fields into the text, where people read them.
    private static func hasFields(_ text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).prefix(200).contains {
            $0.prefix(20).lowercased().hasPrefix("final-recipient:")
        }
    }
}
