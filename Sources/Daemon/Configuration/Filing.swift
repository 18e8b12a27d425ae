extension Configuration {
    /// Where do attachments go?
    package struct Filing: Hashable, Sendable {
        package enum Mode: String, Hashable, Sendable, CaseIterable {
            case auto, suggest, off
        }

        package let mode: Mode
        package let folder: FolderTemplate
        /// In octets.
        package let largest: Int
        /// Patterns of file names (`*.dwg`) and media types (`application/x-datev`).
        package let allow: [String]
        package let showOnly: [String]

        init(_ settings: Instance) {
            mode = settings.word("filing")
            folder = settings.template("folder")
            largest = settings.size("largest")
            allow = settings.texts("allow")
            showOnly = settings.texts("show_only")
        }

        static let section = Section(
            name: "filing", shape: .single, title: "Where do attachments go?",
            text: "What becomes of attachments when no rule says otherwise. See mailroom-filing(7).",
            settings: [
                Setting(
                    "filing", .choice(Mode.self), or: .text("auto"),
                    """
                    With `"auto"` attachments are filed, with `"suggest"` staff confirm each, with `"off"` \
                    they stay in the mail. An account may say otherwise.
                    """),
                Setting(
                    "folder", .template, or: .text("{default}/{year}/{month}"),
                    """
                    The folder when no rule fits. `{default}` is the account's default folder, whatever it \
                    is called; `{year}`, `{month}` (two digits) and `{month_name}` (in the account's \
                    language) are of the day the message arrived. Folders below the first are made as \
                    needed, with its access.
                    """),
                Setting(
                    "largest", .size(1...(1 << 40)), or: .size(100 << 20),
                    """
                    A larger document is not filed unasked: it waits for staff. Its original is kept in any \
                    case.
                    """),
                Setting(
                    "allow", .list(.typeOrPattern), or: .texts([]),
                    """
                    Further types to file unasked, as patterns of file names (`*.dwg`) or media types \
                    (`application/acad`), besides PDF, office documents, pictures, text, CSV, XML, bank \
                    files and zip. What turns out to be a program, a script or a page waits for staff \
                    whatever stands here.
                    """),
                Setting(
                    "show_only", .list(.filePattern), or: .texts(["*.p7s", "*.asc", "*.ics", "*.vcf"]),
                    """
                    Attachments that are shown with their mail and never filed, by file name. `*` is \
                    anything, `?` one character, and case does not matter.
                    """),
            ])
    }
}
