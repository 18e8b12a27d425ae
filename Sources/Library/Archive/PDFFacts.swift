/// What `pdfinfo` of poppler-utils says of a PDF.
package struct PDFFacts: Hashable, Sendable {
    package enum Opening: Hashable, Sendable {
        /// Without a password, or with the empty one: to its readers it is not encrypted.
        case open
        /// Only with a password.
        case encrypted
        /// Not a PDF that poppler can open.
        case damaged
        /// `pdfinfo` is missing, or the child failed.
        case unknown
    }

    package let opening: Opening
    /// Nil unless it opened.
    package let pages: Int?

    static let program = "/usr/bin/pdfinfo"

    /// The case table, by what the child wrote and how it ended.
    ///
    /// | standard output | the end | opening |
    /// |---|---|---|
    /// | `Pages:` | ended | open |
    /// | | died with `Incorrect password` | encrypted |
    /// | | died with any `Error` of its own | damaged |
    /// | | died, stopped or not started otherwise | unknown |
    init(text: String, end: Containers.ChildEnd) {
        switch end {
        case .ended:
            let pages = text.split(separator: "\n").first { $0.hasPrefix("Pages:") }
            self.pages = pages.flatMap { Int($0.dropFirst(6).drop { $0 == " " }) }
            opening = self.pages == nil ? .unknown : .open
        case .died(let words):
            pages = nil
            opening =
                if words.contains("Incorrect password") {
                    .encrypted
                } else if words.contains("Error") {
                    .damaged
                } else {
                    .unknown
                }
        case .stopped, .notStarted:
            pages = nil
            opening = .unknown
        }
    }

    static func becomeProgram() -> Int32 { SystemProgram.become(program, ["pdfinfo", SystemProgram.input]) }
}
