/// The demo in words: a pure function from facts to text, aligned for a terminal.
package struct DemoStory: Sendable {
    /// Columns; what is longer is cut, never wrapped.
    package let width: Int
    package let isColoured: Bool

    /// Folders list this many documents by name, and count the others.
    private static let named = 10

    package init(width: Int, isColoured: Bool) {
        self.width = min(max(width, 60), 120)
        self.isColoured = isColoured
    }

    // MARK: - The four things it tells

    /// Before anything has happened.
    package func opening(messages: Int, accounts: Int, port: UInt16) -> String {
        """
        \(paint("Mailroom", .bold)): the mail room of \(DemoFirm.name),
        a firm that does not exist.

        A real Dovecot on 127.0.0.1:\(port) serves \(counted(messages, "mail"))
        of \(DemoFirm.mailbox).
        The firm works for \(counted(accounts, "account")). Watch where their mail goes.


        """
    }

    /// After the first sync.
    package func summary(_ facts: DemoFacts) -> String {
        var lines = synced(facts)
        lines += [""] + heading("Whose mail it was, and where the attachments went")
        for account in facts.accounts { lines += [""] + told(account) }
        if !facts.waiting.isEmpty {
            lines += ["", ""] + heading("What waits for staff, and why")
            for waiting in facts.waiting where !waiting.items.isEmpty { lines += [""] + told(waiting) }
        }
        if !facts.failed.isEmpty {
            lines += ["", ""] + heading("What could not be read, and held up nothing") + [""]
            lines += facts.failed.map(told)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The end of what it tells by itself.
    package func whereToLook(_ facts: DemoFacts) -> String {
        var lines = ["", ""] + heading("Where to look") + [""]
        lines.append("  \(Columns.safe(facts.documents))")
        let column = (facts.hints.map { Columns.width($0.what) }.max() ?? 0) + 2
        for hint in facts.hints {
            lines.append("  \(paint(Columns.pad(hint.what, to: column), .dim))\(Columns.safe(hint.command))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A mail was delivered: `10:42  an invoice from the bakery`.
    package func delivered(_ label: String, at time: String) -> String {
        "\(paint(time, .dim))  \(Columns.cut(label, to: width - Columns.width(time) - 2))\n"
    }

    /// What became of one of its files, beneath the line above.
    ///
    /// - Parameters:
    ///   - account: number and name; nil where it waits.
    ///   - reason: the ledger's, where it waits or is only shown.
    package func became(
        file: String, account: String?, folder: String?, access: DemoFacts.Access?, reason: String?
    ) -> String {
        let name = Columns.safe(file)
        if let account, let folder, let access {
            let place = "\(Columns.safe(account)): \(Columns.safe(folder))"
            let (words, colour) = audience(access)
            let line = Columns.cut("\(name) → \(place)", to: width - 9 - words.count)
            return "       \(line)  \(paint(words, colour))\n"
        }
        let fitting = Columns.cut(name, to: width / 3)
        let why = "waits: \(reason.map(LedgerWords.waiting) ?? "")"
        let room = width - 8 - Columns.width(fitting)
        return "       \(fitting) \(paint(Columns.cut(why, to: room), .amber))\n"
    }

    /// The way into the staff's pages.
    package func inbox(_ link: String) -> String {
        let lines =
            ["", ""] + heading("The staff's inbox, in a browser (the link is good once)") + ["", "  \(link)"]
        return lines.joined(separator: "\n") + "\n"
    }

    /// While it stays up, and nothing comes.
    package var staying: String { "\n\(paint("Ctrl-C ends it and leaves nothing behind.", .bold))\n\n" }

    /// While it stays up.
    package var waitingForMail: String {
        "\n\(paint("Mail keeps coming. Ctrl-C ends it and leaves nothing behind.", .bold))\n\n"
    }

    package var farewell: String { "\nThe servers are stopped, the directory is gone.\n" }

    // MARK: - The parts of the summary

    private func synced(_ facts: DemoFacts) -> [String] {
        let messages = facts.mailboxes.map(\.messages).reduce(0, +)
        let documents = facts.accounts.map(\.documents).reduce(0, +)
        let owners = facts.accounts.count { $0.documents > 0 }
        let waiting = facts.waiting.map(\.items.count).reduce(0, +)
        let places = facts.mailboxes.map { "\(Columns.safe($0.name)) \($0.messages)" }.joined(separator: ", ")
        let seconds = "\(facts.milliseconds / 1000).\(facts.milliseconds % 1000 / 100) s"
        var rows = [
            ("Synced", "\(counted(messages, "message")), \(size(facts.octets)), in \(seconds): \(places)"),
            (
                "Filed",
                "\(counted(documents, "document")) of \(counted(owners, "account"))"
            ),
        ]
        let others = [
            facts.unwrapped > 0 ? "\(counted(facts.unwrapped, "container")) unpacked" : nil,
            facts.duplicates > 0 ? "\(counted(facts.duplicates, "file")) known already, filed once" : nil,
        ].compactMap(\.self)
        if !others.isEmpty { rows.append(("", others.joined(separator: ", "))) }
        if !facts.shown.isEmpty {
            rows.append(
                (
                    "Shown",
                    facts.shown.map { LedgerWords.shown($0.reason, count: $0.count) }.joined(separator: ", ")
                ))
        }
        rows.append(("Waiting", waiting == 0 ? "nothing" : counted(waiting, "thing") + " for staff"))
        if !facts.failed.isEmpty { rows.append(("Set aside", counted(facts.failed.count, "mail"))) }
        return rows.map { "\(paint(Columns.pad($0.0, to: 11), .bold))\(Columns.cut($0.1, to: width - 11))" }
    }

    private func told(_ account: DemoFacts.Account) -> [String] {
        let title = "\(Columns.safe(account.number)) \(Columns.safe(account.name))"
        let counts = "\(counted(account.messages, "message")), \(counted(account.documents, "document"))"
        var lines = [row(title, counts, .bold, .dim)]
        for folder in account.folders where !folder.documents.isEmpty {
            let (words, colour) = audience(folder.access)
            lines.append(row("  \(Columns.safe(folder.path))/", words, .plain, colour))
            for document in folder.documents.prefix(Self.named) { lines.append(told(document)) }
            let rest = folder.documents.count - Self.named
            if rest > 0 { lines.append(paint("    and \(rest) more", .dim)) }
        }
        return lines
    }

    private func told(_ document: DemoFacts.Document) -> String {
        var notes: [String] = []
        if let container = document.container { notes.append("from \(Columns.safe(container))") }
        if document.sightings > 1 { notes.append("came \(document.sightings) times") }
        return row("    \(Columns.safe(document.name))", notes.joined(separator: ", "), .plain, .dim)
    }

    private func told(_ waiting: DemoFacts.Waiting) -> [String] {
        let count = waiting.items.count
        let title = "\(LedgerWords.waiting(waiting.reason))"
        var lines = [row(title, count == 1 ? "" : "\(count)", .amber, .amber)]
        lines += waiting.items.prefix(Self.named).map(told)
        if count > Self.named { lines.append(paint("  and \(count - Self.named) more", .dim)) }
        return lines
    }

    private func told(_ item: DemoFacts.Item) -> String {
        let left = width * 2 / 5
        let name = Columns.pad("  " + Columns.safe(item.name ?? "the text"), to: left)
        let sender = "from \(Columns.safe(item.sender)), message \(Columns.safe(item.message))"
        let note = item.note.isEmpty ? sender : "\(sender): \(Columns.safe(item.note))"
        return "\(name) \(paint(Columns.cut(note, to: width - left - 1), .dim))"
    }

    // MARK: - Form

    private func audience(_ access: DemoFacts.Access) -> (String, Colour) {
        switch access {
        case .edit: ("client can view and edit", .green)
        case .view: ("client can view", .blue)
        case .private: ("team only", .dim)
        }
    }

    func heading(_ text: String) -> [String] {
        [paint(text, .bold), paint(String(repeating: "─", count: Columns.width(text)), .dim)]
    }

    /// Something to the left, something to the right, both ends flush.
    private func row(_ left: String, _ right: String, _ leftColour: Colour, _ rightColour: Colour) -> String {
        if right.isEmpty { return paint(Columns.cut(left, to: width), leftColour) }
        let room = max(width - Columns.width(right) - 2, 20)
        let fitting = Columns.cut(right, to: width - room - 2)
        return "\(paint(Columns.pad(left, to: room), leftColour))  \(paint(fitting, rightColour))"
    }

    private func counted(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    private func size(_ octets: Int) -> String {
        octets < 1_000_000
            ? "\((octets + 500) / 1000) KB" : "\(octets / 1_000_000).\(octets / 100_000 % 10) MB"
    }

    enum Colour: String {
        case plain = ""
        case bold = "1"
        case dim = "2"
        case green = "32"
        case amber = "33"
        case blue = "34"
    }

    func paint(_ text: String, _ colour: Colour) -> String {
        isColoured && colour != .plain && !text.isEmpty ? "\u{1b}[\(colour.rawValue)m\(text)\u{1b}[0m" : text
    }
}
