extension Configuration {
    /// What is written to the journal.
    package struct Log: Hashable, Sendable {
        package enum Level: String, Hashable, Sendable, CaseIterable {
            case error, warning, info, debug
        }

        package let level: Level
        package let isPrivate: Bool

        init(_ settings: Instance) {
            level = settings.word("level")
            isPrivate = settings.flag("private")
        }

        static let section = Section(
            name: "log", shape: .single, title: "The journal",
            text: "What is written to the journal.",
            settings: [
                Setting(
                    "level", .choice(Level.self), or: .text("info"),
                    "How much is told: `\"error\"` the least, `\"debug\"` the most."),
                Setting(
                    "private", .flag, or: .flag(true),
                    """
                    Whether subjects, names, addresses and file names stay out of the journal. Passwords and \
                    texts of messages always do.
                    """),
            ])
    }
}
