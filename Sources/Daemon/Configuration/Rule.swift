extension Configuration {
    /// A `[[filing.rule]]`: these attachments go there.
    package struct Rule: Hashable, Sendable {
        package let name: String
        /// Where the rule begins, for `explain`.
        package let place: Place
        /// Names of ``Mailbox``; empty: any.
        package let mailboxes: [String]
        /// Addresses, or patterns of addresses; empty: any.
        package let from: [String]
        package let fileNames: [String]
        package let subjects: [String]
        package let folder: FolderTemplate

        init(_ settings: Instance) {
            name = settings.text("name")
            place = settings.place
            mailboxes = settings.texts("mailbox")
            from = settings.texts("from")
            fileNames = settings.texts("file_name")
            subjects = settings.texts("subject")
            folder = settings.template("folder")
        }

        static let section = Section(
            name: "filing.rule", shape: .list, title: "Rules: from the top; the first that fits is used",
            text: """
                A rule for attachments. Rules are tried from the top, those of later files last, and the \
                first that fits is used. All conditions of a rule must fit, and of each list one entry.
                """,
            settings: [
                Setting(
                    "name", .line, example: "\"Invoices and receipts\"", isRequired: true,
                    "The rule's name, as `mailroom explain` and staff read it."),
                Setting(
                    "mailbox", .list(.source), example: "[\"office\"]",
                    "Fits mail of these mailboxes: names of `[mailbox.NAME]` sections."),
                Setting(
                    "from", .list(.addressPattern), example: "[\"*@datev.example\"]",
                    """
                    Fits mail from these addresses. `*` is anything, `?` one character, and case does not \
                    matter.
                    """),
                Setting(
                    "file_name", .list(.filePattern), example: "[\"rechnung*\", \"*invoice*\"]",
                    """
                    Fits attachments of these names. `*` is anything, `?` one character, `[ _-]` one of \
                    these, and case does not matter.
                    """),
                Setting(
                    "subject", .list(.textPattern), example: "[\"*payroll*\"]",
                    "Fits mail with these subjects, by the same patterns."),
                Setting(
                    "folder", .template, example: "\"{default}/{year}/Invoices\"", isRequired: true,
                    """
                    The folder, as `folder` in `[filing]`. Who may see it is the folder's affair, never the \
                    rule's.
                    """),
            ])
    }
}
