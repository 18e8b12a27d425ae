package import Text

/// Whether attachments are filed without asking.
package enum FilingMode: String, Hashable, Sendable, CaseIterable {
    case auto
    /// Everything waits for one click.
    case suggest
    case off
}

/// What becomes of mail that was there before a source's first start.
package enum HistoryMode: String, Hashable, Sendable, CaseIterable {
    case preview
    case file
    case skip
}

/// How much proof of From is wanted.
package enum SenderAuthentication: String, Hashable, Sendable, CaseIterable {
    case standard
    /// Open is treated as against.
    case strict
    /// Everything counts as proven.
    case off
}

/// `[[filing.rule]]`: where some documents go. The first that fits is used.
package struct FilingRule: Hashable, Sendable {
    package let name: String
    /// Names of sources; empty: any.
    package let sources: [String]
    /// Patterns of the sender's address; empty: any.
    package let senders: [NamePattern]
    /// Patterns of the subject; empty: any.
    package let subjects: [NamePattern]
    /// Patterns of file names, case aside; empty: any.
    package let fileNames: [NamePattern]
    package let folder: FolderTemplate
    /// `mailroom.toml:104`.
    package let `where`: String?

    package init(
        name: String, sources: [String] = [], senders: [NamePattern] = [], subjects: [NamePattern] = [],
        fileNames: [NamePattern] = [], folder: FolderTemplate, at place: String? = nil
    ) {
        self.name = name
        self.sources = sources
        self.senders = senders
        self.subjects = subjects
        self.fileNames = fileNames
        self.folder = folder
        self.where = place
    }
}

/// `[filing]`, with its defaults.
package struct FilingSettings: Hashable, Sendable {
    package var mode = FilingMode.auto
    package var folder = FolderTemplate.defaultFolder
    /// Where `folder` is set, for explaining.
    package var folderWhere: String?
    package var rules: [FilingRule] = []
    /// Octets of the largest document that is filed unasked.
    package var largest: Int64 = 100 << 20
    /// Octets under which a picture is no document.
    package var smallPicture: Int64 = 4 << 10
    package var skipInline = true
    package var showOnly: [NamePattern] = ["*.p7s", "*.asc", "*.ics", "*.vcf"].compactMap { NamePattern($0) }
    package var allowed: Set<FileFamily> = FileFamily.allowedByDefault
    /// Patterns of names and of media types that are filed besides.
    package var alsoAllowed: [NamePattern] = []
    package var senderAuthentication = SenderAuthentication.standard
    package var history = HistoryMode.preview
    /// Months are the firm's, whatever the sender's clock says.
    package var timeZone = TimeZone.utc

    package init() {}
}
