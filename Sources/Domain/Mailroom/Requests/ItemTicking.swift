package import Mail

/// An attachment of an answer, as far as its name says what it is.
package struct TickAttachment: Hashable, Sendable {
    package let section: Section
    package let name: String?
    /// The same octets twice are one attachment.
    package let content: SHA256Digest

    package init(section: Section, name: String?, content: SHA256Digest) {
        self.section = section
        self.name = name
        self.content = content
    }
}

/// Which item an attachment ticks, and why; or why none.
package struct ItemTick: Hashable, Sendable {
    package let item: RequestItemID?
    package let because: String

    package init(item: RequestItemID?, because: String) {
        self.item = item
        self.because = because
    }
}

/// Decides which items of a request an answer's attachments are.
///
/// | words of how many asked-for items | other attachments that claim it | then |
/// |---|---|---|
/// | none | | no tick |
/// | one | none, or the same octets | that item |
/// | one | another | no tick: which of them is it? |
/// | several | | no tick |
/// | one, but its octets have another's name too | | no tick |
///
/// Octets that are no news to the request tick nothing and claim nothing.
///
/// A wrong tick stops the reminders for a document that never came; a
/// missing one costs staff a click. So when unsure: none. What "words of an
/// item in a name" means: ``ItemWords``.
package enum ItemTicking {
    package static let fitsNothing = "its name is no open item's"
    private static let isKnown = "the same octets were in this request before"

    /// - Parameter known: octets that were decided about before, or that the firm sent itself.
    package static func tick(
        _ items: [RequestItem], _ attachments: [TickAttachment], known: Set<SHA256Digest> = []
    ) -> [Section: ItemTick] {
        let open = items.filter(\.state.isAskedFor).map { (item: $0, words: ItemWords($0.name)) }
        var claims: [RequestItemID: Set<SHA256Digest>] = [:]
        var fits: [Section: [RequestItem]] = [:]
        var names: [SHA256Digest: Set<RequestItemID>] = [:]
        for attachment in attachments where !known.contains(attachment.content) {
            let name = attachment.name.map { FileNameWords($0) }
            let fitting = name.map { name in open.filter { $0.words.occur(in: name) }.map(\.item) } ?? []
            fits[attachment.section] = fitting
            for item in fitting { claims[item.id, default: []].insert(attachment.content) }
            names[attachment.content, default: []].formUnion(fitting.map(\.id))
        }
        var ticks: [Section: ItemTick] = [:]
        var ticked: Set<RequestItemID> = []
        for attachment in attachments {
            let fitting = fits[attachment.section] ?? []
            ticks[attachment.section] =
                switch fitting.count {
                case _ where known.contains(attachment.content): ItemTick(item: nil, because: isKnown)
                case 0: ItemTick(item: nil, because: fitsNothing)
                case 1 where claims[fitting[0].id]?.count != 1:
                    ItemTick(item: nil, because: "several attachments could be “\(fitting[0].name)”")
                case 1 where (names[attachment.content]?.count ?? 0) > 1:
                    ItemTick(item: nil, because: "the same octets came by another item's name too")
                case 1 where !ticked.insert(fitting[0].id).inserted:
                    ItemTick(item: nil, because: "the same octets came twice")
                case 1: ItemTick(item: fitting[0].id, because: "its name says “\(fitting[0].name)”")
                default: ItemTick(item: nil, because: "its name fits \(fitting.count) items")
                }
        }
        return ticks
    }
}
