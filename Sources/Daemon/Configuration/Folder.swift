extension Configuration {
    /// A `[[folder]]`: what a new account begins with.
    package struct Folder: Hashable, Sendable {
        package enum Access: String, Hashable, Sendable, CaseIterable {
            /// The client can view and edit.
            case edit
            case view
            /// The team only.
            case `private`
        }

        package let name: LocalizedName
        package let access: Access
        /// Where the client's mail and uploads go.
        package let isDefault: Bool
        /// Nil for those that Mailroom brings along.
        package let place: Place?

        init(_ settings: Instance) {
            name = settings.names("name")
            access = settings.word("access")
            isDefault = settings.flag("default")
            place = settings.place
        }

        private init(_ name: LocalizedName, _ access: Access, isDefault: Bool = false) {
            self.name = name
            self.access = access
            self.isDefault = isDefault
            place = nil
        }

        /// What holds where no `[[folder]]` is written.
        package static let builtIn = [
            Folder(
                LocalizedName(de: "Mandantenunterlagen", ja: "お客様資料", en: "Client uploads"), .edit,
                isDefault: true),
            Folder(LocalizedName(de: "Auswertungen", ja: "共有資料", en: "Shared with client"), .view),
            Folder(LocalizedName(de: "Intern", ja: "社内", en: "Internal"), .private),
        ]

        /// Every account has it besides; what waits for a look is there, and the client never sees it.
        static let intake = "Intake"

        static let section = Section(
            name: "folder", shape: .list, title: "What a new account begins with",
            text: """
                A folder that every new account is born with; existing accounts keep theirs. Without any \
                `[[folder]]` these are Client uploads (edit, the default), Shared with client (view) and \
                Internal (private), named in the account's language. With one they are exactly those that \
                are written. Every account has a private Intake folder besides.
                """,
            settings: [
                Setting(
                    "name", .names, example: "{ de = \"Belege\", ja = \"証憑\", en = \"Receipts\" }",
                    isRequired: true,
                    "The folder's name: one for all, or one for each language."),
                Setting(
                    "access", .choice(Access.self), example: "\"private\"", isRequired: true,
                    """
                    What clients may do there: `"edit"` (view and edit), `"view"`, or `"private"` (the team \
                    only). Folders inside have the same access.
                    """),
                Setting(
                    "default", .flag, or: .flag(false),
                    """
                    Whether this is the account's default folder, `{default}` in rules. Exactly one folder \
                    has it.
                    """),
            ])
    }
}
