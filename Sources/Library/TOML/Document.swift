/// A text read as TOML 1.0, and everything in it that is none.
///
/// toml++ stops at the first mistake. A person who made three wants to hear of
/// three: so the statement with the mistake is blanked and the rest is read
/// again, and the values that could be read are there beside the mistakes.
package struct Document: Sendable {
    package let source: SourceText
    /// The text's own values first; then, each apart, sections whose headers were mistaken.
    package let roots: [Table]
    package let mistakes: [Mistake]
    /// Keys whose values could not be read: they are not missing.
    package let unread: [Unread]

    /// A key that was tried.
    package struct Unread: Hashable, Sendable {
        package let key: String
        /// The line of the header it stands under; 0 for none.
        package let header: Int
    }

    /// More mistakes than this are no configuration file, but something else by that name.
    package static let mostMistakes = 50

    package init(_ source: SourceText) {
        var recovery = Recovery(source)
        roots = recovery.parse()
        mistakes = recovery.mistakes.sorted { $0.span < $1.span }
        unread = recovery.unread
        self.source = source
    }
}
