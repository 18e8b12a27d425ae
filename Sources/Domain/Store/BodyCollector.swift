internal import Files
internal import MIME
internal import Mail
internal import Markup

/// Keeps what a message shows: its text parts that are no attachments.
///
/// Of alternatives the page is shown (RFC 2046 section 5.1.4); parts that
/// stand one after the other, as Apple's Mail makes them around pictures, are
/// all shown. Parts of a message within are its own.
struct BodyCollector: MessageReceiver {
    private static let longestPlain = 1 << 20
    private static let longestPage = 6 << 20

    private struct Text {
        let head: PartHead
        let alternatives: Set<Int>
        var octets: [UInt8] = []
    }

    private var heads: [Int: PartHead] = [:]
    private var texts: [Text] = []
    private var open: [Int: Int] = [:]
    private var wanted: Set<Section>?
    private var room = (plain: longestPlain, page: longestPage)

    /// - Parameter wanted: the sections of the texts to be shown; nil: not known before.
    init(wanted: Set<Section>?) { self.wanted = wanted }

    /// Whether all that was wanted has come; never where that is not known.
    var isComplete: Bool { wanted?.isEmpty ?? false }

    mutating func partBegan(_ part: PartHead) {
        heads[part.id] = part
        let isText = [MediaType.plainText, .html].contains(part.mediaType)
        guard part.kind == .leaf, isText, [nil, .inline].contains(part.disposition), part.name == nil else {
            return
        }
        var alternatives: Set<Int> = []
        var parent = part.parent
        while let id = parent, let head = heads[id] {
            if head.kind == .message { return }
            if head.mediaType == MediaType("multipart", "alternative") { alternatives.insert(id) }
            parent = head.parent
        }
        open[part.id] = texts.count
        texts.append(Text(head: part, alternatives: alternatives))
    }

    mutating func partOctets(_ part: Int, _ octets: Span<UInt8>) {
        guard let index = open[part] else { return }
        let isPage = texts[index].head.mediaType == .html
        let count = min(octets.count, isPage ? room.page : room.plain)
        texts[index].octets.append(octets.extracting(first: count))
        if isPage { room.page -= count } else { room.plain -= count }
    }

    mutating func partEnded(_ part: Int, _ end: PartEnd) {
        if let head = heads[part], open[part] != nil { wanted?.remove(head.section) }
    }

    func original(_ octets: Span<UInt8>) {}
    func original(_ run: EncodedRun) {}

    var body: DisplayedBody {
        let pages = texts.filter { $0.head.mediaType == .html && !$0.octets.isEmpty }
        let plain = texts.filter { $0.head.mediaType == .plainText && !$0.octets.isEmpty }
        let text = plain.map { TextBody.text($0.octets, of: $0.head).text }.joined(separator: "\n")
        guard !pages.isEmpty else { return DisplayedBody(plain: text, html: nil) }
        let replaced = pages.reduce(into: Set<Int>()) { $0.formUnion($1.alternatives) }
        let html = texts.filter { !$0.octets.isEmpty }.compactMap { one -> String? in
            let text = TextBody.text(one.octets, of: one.head).text
            if one.head.mediaType == .html { return text }
            return one.alternatives.isDisjoint(with: replaced) ? "<pre>\(HTML.escape(text))</pre>" : nil
        }
        return DisplayedBody(plain: text, html: html.joined(separator: "\n"))
    }
}
