internal import Daemon
internal import Demo
internal import Intake
internal import Mail
internal import Mailroom
internal import Store

/// Reads from the store what the demo tells.
struct DemoReport: Sendable {
    let office: Office
    let configurationPath: String

    func facts(since began: Timestamp) async throws -> DemoFacts {
        let directory = try await office.recorder.currentDirectory()
        let (documents, messages, waiting, failed, states, shown, mailboxes) = try await office.data.store
            .read {
                transaction in
                (
                    try transaction.documents(limit: 10_000), try transaction.messages(limit: 10_000),
                    try transaction.parts(state: .needsFiling, limit: 10_000),
                    try transaction.parts(state: .failed, limit: 100), try transaction.stateCounts(),
                    try transaction.reasonCounts(state: .shown), try transaction.mailboxCounts()
                )
            }
        let byNumber = Dictionary(messages.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        let milliseconds = Int(Office.now.milliseconds - began.milliseconds)
        return DemoFacts(
            mailboxes: mailboxes.map { DemoFacts.Mailbox(name: $0.name, messages: $0.count) },
            octets: Int(office.health.all.reduce(0) { $0 + $1.octets }), milliseconds: milliseconds,
            accounts: directory.accounts.values.sorted { $0.number < $1.number }.map { account in
                told(account, documents.filter { $0.account == account.id }, messages)
            },
            waiting: grouped(waiting, byNumber),
            shown: shown.map { DemoFacts.Shown(reason: $0.reason, count: $0.count) },
            duplicates: states[.duplicate] ?? 0, unwrapped: states[.unwrapped] ?? 0,
            failed: failed.map { item($0, byNumber) }, documents: office.data.path + "/documents",
            hints: hints(waiting.first))
    }

    private func told(
        _ account: Account, _ documents: [DocumentListing], _ messages: [MessageSummary]
    ) -> DemoFacts.Account {
        let folders = Dictionary(grouping: documents, by: \.folder).sorted { $0.key < $1.key }.map {
            path, documents in
            DemoFacts.Folder(
                path: path, access: access(documents[0].access),
                documents: documents.sorted { $0.name < $1.name }.map {
                    DemoFacts.Document(name: $0.name, container: $0.container, sightings: $0.sightings)
                })
        }
        return DemoFacts.Account(
            number: account.number.text, name: account.name,
            messages: messages.count { $0.account == account.id }, folders: folders)
    }

    private func access(_ access: Access) -> DemoFacts.Access {
        switch access {
        case .edit: .edit
        case .view: .view
        case .private: .private
        }
    }

    private func grouped(
        _ parts: [PartRow], _ messages: [MessageNumber: MessageSummary]
    ) -> [DemoFacts.Waiting] {
        Dictionary(grouping: parts) { $0.reason ?? "" }
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
            .map { reason, parts in
                DemoFacts.Waiting(reason: reason, items: parts.map { item($0, messages) })
            }
    }

    private func item(_ part: PartRow, _ messages: [MessageNumber: MessageSummary]) -> DemoFacts.Item {
        let message = messages[part.message]
        return DemoFacts.Item(
            name: part.name, sender: message?.fromName ?? message?.fromAddress ?? "",
            message: "\(part.message)",
            note: part.because)
    }

    private func hints(_ waiting: PartRow?) -> [DemoFacts.Hint] {
        let command = "mailroom -C \(configurationPath)"
        var hints = [DemoFacts.Hint(what: "how it is", command: "\(command) status")]
        if let waiting {
            hints.append(
                DemoFacts.Hint(what: "why it waits", command: "\(command) explain \(waiting.message)"))
        }
        hints.append(DemoFacts.Hint(what: "every document", command: "\(command) file list"))
        hints.append(DemoFacts.Hint(what: "what waits", command: "\(command) file list --state needs_filing"))
        return hints
    }

    /// What became of the files of a mail that just came.
    func became(_ messages: [MessageNumber], _ story: DemoStory) async throws -> [String] {
        let directory = try await office.recorder.currentDirectory()
        var lines: [String] = []
        for number in messages {
            let parts = try await office.data.store.read { try $0.parts(of: number) }
            for part in parts where part.state == .filed || part.state == .needsFiling {
                let account = part.document.flatMap { document in
                    directory.accounts.values.first { $0.number.text == document.account }
                }
                let top = part.document.map { String($0.folder.prefix { $0 != "/" }) }
                lines.append(
                    story.became(
                        file: part.name ?? part.mediaType, account: account.map { "\($0.number) \($0.name)" },
                        folder: part.document?.folder,
                        access: account?.folders.first { $0.name == top }.map { access($0.access) },
                        reason: part.reason))
            }
        }
        return lines
    }
}
