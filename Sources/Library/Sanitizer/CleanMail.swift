package import Markup

/// A mail's page as it may be shown: one box, in which all of it stays.
package struct CleanMail: Sendable {
    /// The mail's own style, confined to the box; empty where it has none. What stands in a `style` element.
    package let style: String
    /// The box.
    package let body: HTML
    /// Pictures on strangers' servers that were left out, or, if asked for, let in.
    package let remotePictures: Int
    /// Pictures nobody sees, which tell the sender that the mail was read: left out always.
    package let trackers: Int

    init(style: String, body: HTML, remotePictures: Int, trackers: Int) {
        self.style = style
        self.body = body
        self.remotePictures = remotePictures
        self.trackers = trackers
    }

    /// Of a mail that has no page, or one that cannot be shown.
    package init(text: String) {
        self.init(
            style: "", body: "<div class=\"mailbody\"><pre>\n\(text)</pre></div>", remotePictures: 0,
            trackers: 0)
    }
}
