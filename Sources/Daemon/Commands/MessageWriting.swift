internal import Configuration
internal import Daemon
internal import Intake
internal import MIME
internal import Mail
internal import Mailroom
internal import Outbox
internal import Store
internal import Text

extension CommandTable {
    static let writingCommands: [Command] = [
        Command(
            "message reply", operands: "MESSAGE", least: 1, most: 1,
            options: [
                Option("--cc", value: "ADDRESS", repeats: true, "who gets it too"),
                Option("--subject", value: "TEXT", "instead of Re: and the message's"),
            ] + MessageWriting.options,
            "answers a message from the mailbox it came to",
            .onDataWithFiles(options: MessageWriting.files, MessageWriting.reply)),
        Command(
            "message forward", operands: "MESSAGE", least: 1, most: 1,
            options: [
                Option("--to", value: "ADDRESS", repeats: true, "whom it goes to"),
                Option("--cc", value: "ADDRESS", repeats: true, "who gets it too"),
                Option("--subject", value: "TEXT", "instead of Fwd: and the message's"),
                Option(
                    "--as-attachment", "the message itself as a file, instead of its text and attachments"),
            ] + MessageWriting.options,
            "passes a message on, with its attachments",
            .onDataWithFiles(options: MessageWriting.files, MessageWriting.forward)),
        Command(
            "message send",
            options: [
                Option("--to", value: "ADDRESS", repeats: true, "whom it goes to"),
                Option("--cc", value: "ADDRESS", repeats: true, "who gets it too"),
                Option("--subject", value: "TEXT", "what it is about"),
            ] + MessageWriting.options,
            "writes a letter",
            .onDataWithFiles(options: MessageWriting.files, MessageWriting.send)),
    ]
}

/// `mailroom message reply|forward|send`: letters in staff's own words.
struct MessageWriting: Sendable {
    static let options = [
        Option("--text", value: "TEXT", "what it says"),
        Option("--text-file", value: "FILE", "what it says is in this file"),
        Option("--attach", value: "FILE", repeats: true, "goes with it"),
        Option("--document", value: "ID", repeats: true, "a filed document that goes with it"),
        Option("--from", value: "MAILBOX", "whose address and server it leaves by"), .json,
    ]
    /// Options whose values are files that the caller reads.
    static let files = ["--text-file", "--attach"]

    let invocation: Invocation
    let desk: Desk
    private let spool: FileSpool

    private init(_ invocation: Invocation, _ desk: Desk) {
        self.invocation = invocation
        self.desk = desk
        spool = FileSpool(vault: desk.office.data.vault)
    }

    private var arguments: Arguments { invocation.arguments }

    // MARK: - The verbs

    static func send(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let writing = MessageWriting(invocation, desk)
        let to = try writing.addresses("--to")
        guard !to.isEmpty else { throw CommandFailure(.usage, "to whom? message send --to ADDRESS") }
        guard let subject = invocation.arguments.value("--subject"), !subject.isEmpty else {
            throw CommandFailure(.usage, "what about? message send --subject TEXT")
        }
        return try await writing.send(.new, to: to, needsText: true)
    }

    static func reply(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let message = try await desk.message(invocation.arguments.operands[0]).number
        return try await MessageWriting(invocation, desk).send(.reply(message), to: [], needsText: true)
    }

    static func forward(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let writing = MessageWriting(invocation, desk)
        let to = try writing.addresses("--to")
        guard !to.isEmpty else { throw CommandFailure(.usage, "to whom? message forward N --to ADDRESS") }
        let message = try await desk.message(invocation.arguments.operands[0]).number
        let isFile = invocation.arguments.has("--as-attachment")
        return try await writing.send(
            isFile ? .forwardAsFile(message) : .forward(message), to: to, needsText: false)
    }

    private func send(
        _ kind: LetterOrder.Kind, to: [NamedAddress], needsText: Bool
    ) async throws -> ExitCode {
        var order = LetterOrder(
            kind, to: to, cc: try addresses("--cc"), subject: arguments.value("--subject"),
            text: try await text(isNeeded: needsText), person: try await desk.person(invocation))
        order.from = try mailbox()
        order.documents = try documents()
        let sent = try await LetterDesk(desk.office, actor: invocation.actor, now: desk.now)
            .send(order, with: try await files())
        let addresses = sent.recipients.map(\.description).joined(separator: ", ")
        if invocation.json {
            invocation.output.print(["queued": JSON(sent.letter.rawValue), "to": .string(addresses)])
        } else {
            invocation.output.print("to \(addresses) (queued \(sent.letter))")
        }
        if !desk.isDaemon { invocation.output.complain("no daemon runs: it leaves when one does") }
        return .ok
    }

    // MARK: - What was given

    private func addresses(_ option: String) throws(CommandFailure) -> [NamedAddress] {
        var addresses: [NamedAddress] = []
        for text in arguments.values(option) {
            guard let sender = Configuration.Sender(text) else {
                throw CommandFailure(.badData, "\(option): “\(text.shown)” " + Self.why(text))
            }
            addresses.append(NamedAddress(name: sender.name, address: sender.address))
        }
        return addresses
    }

    private static func why(_ text: String) -> String {
        if text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
            return "has a line break or another control character in it"
        }
        guard text.contains("@") else { return "is no address: it has no @ and no domain" }
        return "is no address: it looks like kate@smith.example, or Kate <kate@smith.example>"
    }

    private func text(isNeeded: Bool) async throws -> String {
        switch (arguments.value("--text"), arguments.has("--text-file")) {
        case (_?, true): throw CommandFailure(.usage, "--text or --text-file: one of them is the text")
        case (let text?, false): return text
        // It is the first of the files, for its option is.
        case (nil, true): return try await spool.text(0, of: invocation.files)
        case (nil, false):
            if isNeeded {
                throw CommandFailure(.usage, "what shall it say? --text TEXT, or --text-file FILE")
            }
            return ""
        }
    }

    private func files() async throws -> [Attachment] {
        var attachments: [Attachment] = []
        let first = arguments.has("--text-file") ? 1 : 0
        for index in invocation.files.paths.indices.dropFirst(first) {
            attachments.append(try await spool.attachment(index, of: invocation.files))
        }
        return attachments
    }

    private func documents() throws(CommandFailure) -> [DocumentID] {
        try arguments.values("--document").map { text throws(CommandFailure) in
            guard let number = Int64(text) else {
                throw CommandFailure(.noSuchThing, "there is no document \(text.shown)")
            }
            return DocumentID(number)
        }
    }

    /// The mailbox that `--from` names.
    private func mailbox() throws(CommandFailure) -> String? {
        guard let name = arguments.value("--from") else { return nil }
        guard desk.configuration[mailbox: name] != nil else {
            let near = nearest(name, among: desk.configuration.mailboxes.map(\.name))
            throw CommandFailure(
                .noSuchThing,
                "there is no [mailbox.\(name.shown)]" + (near.map { " (did you mean \($0)?)" } ?? ""))
        }
        return name
    }
}
