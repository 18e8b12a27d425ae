internal import Markup

/// Makes a stranger's HTML fit to be shown beside our own.
///
/// Only what is known is let through: elements, attributes, properties and
/// functions of CSS, schemes of addresses. What comes out is written anew
/// from the tree and read once more until it reads as it was written; so no
/// reader finds another tree in it, which is how most sanitisers were got
/// around. It holds no element whose text is anything but text.
package struct MailSanitizer {
    /// Where a picture of the mail's own is found, by its Content-ID; nil where there is none.
    package typealias Pictures = @Sendable (_ contentID: String) -> String?

    private let showsRemotePictures: Bool
    private let pictures: Pictures

    /// Pages are read up to here: so long are only those that hold their pictures themselves.
    private static let longest = 6 << 20
    private static let rounds = 5

    package init(showsRemotePictures: Bool = false, pictures: @escaping Pictures = { _ in nil }) {
        self.showsRemotePictures = showsRemotePictures
        self.pictures = pictures
    }

    /// Nil where the page is more than may be read: then there is its text alone.
    package func clean(_ html: String) -> CleanMail? {
        guard html.utf8.count <= Self.longest, let tree = HTMLTree(parsing: html) else { return nil }
        var sweep = Sweep(showsRemotePictures: showsRemotePictures, pictures: pictures)
        sweep.take(tree)
        guard let body = Self.settled(sweep.pieces) else { return nil }
        return CleanMail(
            style: sweep.style, body: HTML(trusted: body), remotePictures: sweep.remotePictures,
            trackers: sweep.trackers)
    }

    private static let boxAttributes = [HTMLTree.Attribute(name: "class", value: MarkupWords.box)]

    /// The markup that reads as it was written, in its box; nil where there is no end to the changes.
    private static func settled(_ pieces: [MarkupPiece]) -> String? {
        var markup = boxed(pieces)
        for _ in 0..<rounds {
            guard let tree = HTMLTree(parsing: "<!DOCTYPE html><html><head></head><body>" + markup),
                let body = tree.nodes.firstIndex(where: {
                    if case .element("body", _, _) = $0 { true } else { false }
                })
            else { return nil }
            let again = boxed(
                tree.pieces(within: (body + 1)..<tree.nodes.count) { name, attributes in
                    name == "div" && attributes == boxAttributes
                })
            let whole = MarkupPiece.markup(
                tree.pieces(within: (body + 1)..<tree.nodes.count) { _, _ in false })
            if whole == markup { return markup }
            markup = again
        }
        return nil
    }

    private static func boxed(_ pieces: [MarkupPiece]) -> String {
        MarkupPiece.markup([.start("div", boxAttributes)] + pieces + [.end("div")])
    }
}
