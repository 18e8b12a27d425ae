extension Configuration {
    /// Malware.
    package struct Scanning: Hashable, Sendable {
        package enum IfDown: String, Hashable, Sendable, CaseIterable {
            /// Documents wait until they were scanned.
            case hold
        }

        /// Nil: documents are not scanned.
        package let clamd: String?
        package let ifDown: IfDown

        init(_ settings: Instance) {
            clamd = settings.optionalText("clamd")
            ifDown = settings.word("if_down")
        }

        static let section = Section(
            name: "scanning", shape: .single, title: "Malware",
            text: "The scanner that sees every document before it is filed.",
            settings: [
                Setting(
                    "clamd", .path, example: "\"/run/clamav/clamd.ctl\"",
                    """
                    The socket of ClamAV's daemon. Every document is scanned before it is filed, and an \
                    infected one waits for staff. Without this key documents are not scanned.
                    """),
                Setting(
                    "if_down", .choice(IfDown.self, later: ["pass"]), or: .text("hold"),
                    "While the scanner does not answer, documents wait for it: nothing is filed unscanned."),
            ])
    }
}
