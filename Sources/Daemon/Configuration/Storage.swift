extension Configuration {
    /// Where everything is kept.
    package struct Storage: Hashable, Sendable {
        package enum Documents: String, Hashable, Sendable, CaseIterable {
            /// One copy on disk where that is safe.
            case links
            /// Files of their own, which people edit in place.
            case copies
        }

        package let data: String
        package let documents: Documents
        /// In octets.
        package let minimumFree: Int
        /// How long an upload of a client waits for its next piece.
        package let unfinishedSeconds: Int

        init(_ settings: Instance, keep: Instance) {
            unfinishedSeconds = keep.duration("unfinished_uploads")
            data = settings.text("data")
            documents = settings.word("documents")
            minimumFree = settings.size("min_free")
        }

        static let section = Section(
            name: "storage", shape: .single, title: "Where everything is kept",
            text: "The directory that holds the database, the originals and the clients' documents.",
            settings: [
                Setting(
                    "data", .path, or: .text("/var/lib/mailroom"),
                    """
                    The data directory. Database, originals and documents must lie on one file system, for a \
                    document often shares its octets with its original. It is made with mode 0700.
                    """),
                Setting(
                    "documents", .choice(Documents.self), or: .text("links"),
                    """
                    How a document shares the disk with its original. With `"links"` there is one copy where \
                    that is safe, and the tree is for reading only: changes are made through Mailroom. With \
                    `"copies"` people edit the files in place, as members of the group mailroom: what they \
                    change becomes a new version, what they put there a document, and what they take away goes \
                    to the trash. It takes twice the room. A change of it counts from the next start on.
                    """),
                Setting(
                    "min_free", .size(0...(1 << 50)), or: .size(2 << 30),
                    """
                    With less than this free on the disk, mail waits on its server until there is room \
                    again, and clients are asked to send their files later. `mailroom status` says so.
                    """),
            ])

        static let keepSection = Section(
            name: "storage.keep", shape: .single, title: "How long things are kept",
            text: "What goes of itself when it has lain there long enough.",
            settings: [
                Setting(
                    "unfinished_uploads", .duration((6 * 3_600)...(90 * 86_400)), or: .duration(3 * 86_400),
                    """
                    How long a file that a client began to send waits for its next piece. Within that it goes \
                    on where it was cut, after a restart too; then what came of it is removed.
                    """)
            ])
    }
}
