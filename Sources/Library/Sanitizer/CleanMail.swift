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
}
