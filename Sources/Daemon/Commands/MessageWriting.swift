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
        let stationery = try writing.stationery(try writing.mailbox(nil))
        let showing = try await writing.showing(to: to + writing.addresses("--cc"), from: stationery)
        let account = try await writing.account(showing.account)
        var letter = FreeLetter(
            to: to, subject: subject, text: try await writing.text(isNeeded: true),
            language: writing.language(of: account), person: invocation.actor, account: account)
        letter.cc = try writing.addresses("--cc")
        letter.attachments = try await writing.attachments(for: account, to: letter.to + letter.cc)
        return try await writing.queue(letter, stationery, showing, "message.send")
    }

    static func reply(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let writing = MessageWriting(invocation, desk)
        let (message, read, source) = try await writing.original()
        let answer: Reply
        do {
            answer = try Reply.to(read.envelope, isOurs: message.direction == Direction.outgoing.rawValue)
        } catch {
            throw CommandFailure(.badData, "message \(message.number) can't be answered: \(error)")
        }
        let stationery = try writing.stationery(try writing.mailbox(source))
        let cc = try writing.addresses("--cc")
        let showing = try await writing.showing(
            to: answer.to + cc, from: stationery, account: message.account)
        let account = try await writing.account(showing.account)
        let language = writing.language(of: account)
        var letter = FreeLetter(
            to: answer.to, subject: invocation.arguments.value("--subject") ?? answer.subject,
            text: try await writing.text(isNeeded: true), language: language, person: invocation.actor,
            account: account)
        letter.cc = cc
        let own = desk.configuration.decisionRules.own
        let others = (answer.to + cc).compactMap { AddressKey($0.address) }.filter { !own.isStaff($0) }
        (letter.inReplyTo, letter.references) = try await desk.store.read { transaction in
            (
                try transaction.names(answer.inReplyTo, knownTo: others),
                try transaction.names(answer.references, knownTo: others)
            )
        }
        letter.quote = .answered(
            read.envelope, text: read.text,
            at: stationery.zone.civil(read.envelope.date ?? message.received), language)
        letter.attachments = try await writing.attachments(for: account, to: letter.to + letter.cc)
        return try await writing.queue(letter, stationery, showing, "message.reply", of: message)
    }

    static func forward(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let writing = MessageWriting(invocation, desk)
        let to = try writing.addresses("--to")
        guard !to.isEmpty else { throw CommandFailure(.usage, "to whom? message forward N --to ADDRESS") }
        let (message, read, source) = try await writing.original()
        let answer = Reply.forward(read.envelope)
        let stationery = try writing.stationery(try writing.mailbox(source))
        let cc = try writing.addresses("--cc")
        let showing = try await writing.showing(to: to + cc, from: stationery)
        let account = try await writing.account(showing.account)
        let language = writing.language(of: account)
        var letter = FreeLetter(
            to: to, subject: invocation.arguments.value("--subject") ?? answer.subject,
            text: try await writing.text(isNeeded: false), language: language, person: invocation.actor,
            account: account)
        letter.cc = cc
        letter.attachments = try await writing.attachments(for: account, to: letter.to + letter.cc)
        if invocation.arguments.has("--as-attachment") {
            letter.attachments.insert(try await writing.whole(message), at: 0)
        } else {
            letter.quote = .forwarded(
                read.envelope, text: read.text,
                at: stationery.zone.civil(read.envelope.date ?? message.received), language)
            letter.attachments = try await writing.parts(of: message) + letter.attachments
        }
        return try await writing.queue(letter, stationery, showing, "message.forward", of: message)
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

    private func attachments(
        for account: Account?, to recipients: [NamedAddress]
    ) async throws -> [Attachment] {
        var attachments: [Attachment] = []
        let first = arguments.has("--text-file") ? 1 : 0
        for index in invocation.files.paths.indices.dropFirst(first) {
            attachments.append(try await spool.attachment(index, of: invocation.files))
        }
        for text in arguments.values("--document") {
            guard let number = Int64(text),
                let document = try await desk.store.read({ try $0.documentListing(DocumentID(number)) }),
                !document.isTrashed
            else { throw CommandFailure(.noSuchThing, "there is no document \(text.shown)") }
            // What is one client's never goes to another.
            if let account, document.account != account.id {
                throw CommandFailure(
                    .notAllowed,
                    "document \(number) is account \(document.accountNumber)’s, and the letter goes to account \(account.number.text)"
                )
            }
            if let other = try await otherClient(than: document.account, among: recipients) {
                throw CommandFailure(
                    .notAllowed,
                    "document \(number) is account \(document.accountNumber)’s, and \(other) is a contact of others alone"
                )
            }
            attachments.append(
                spool.attachment(
                    name: document.name, mediaType: .octets, octets: document.octets,
                    content: document.sha256))
        }
        return attachments
    }

    /// A recipient, by To or Cc, who is a client's and not that one's. Who is nobody's may get it: a tax office.
    private func otherClient(
        than account: AccountID, among recipients: [NamedAddress]
    ) async throws -> EmailAddress? {
        let directory = try await desk.office.recorder.currentDirectory()
        return recipients.map(\.address).first { address in
            let theirs = (AddressKey(address).map { directory.entries(of: $0) } ?? []).filter {
                directory.contacts[$0.contact]?.kind == .person
            }
            return !theirs.isEmpty && !theirs.contains { $0.account == account }
        }
    }

    /// The mailbox that `--from` names, or the one a message came to.
    private func mailbox(_ source: String?) throws(CommandFailure) -> Configuration.Mailbox? {
        guard let name = arguments.value("--from") else {
            return source.flatMap { desk.configuration[mailbox: $0] }
        }
        guard let mailbox = desk.configuration[mailbox: name] else {
            let near = nearest(name, among: desk.configuration.mailboxes.map(\.name))
            throw CommandFailure(
                .noSuchThing,
                "there is no [mailbox.\(name.shown)]" + (near.map { " (did you mean \($0)?)" } ?? ""))
        }
        return mailbox
    }

    private func stationery(_ mailbox: Configuration.Mailbox?) throws(CommandFailure) -> Stationery {
        guard let stationery = desk.configuration.stationery(from: mailbox) else {
            throw CommandFailure(
                .configuration,
                "there is no server to send by: [smtp] in the configuration, see man mailroom.toml")
        }
        return stationery
    }

    private func language(of account: Account?) -> Text.Language {
        account?.language ?? Text.Language(rawValue: desk.configuration.firm.language.rawValue) ?? .en
    }

    private func account(_ id: AccountID?) async throws -> Account? {
        guard let id else { return nil }
        return try await desk.office.recorder.currentDirectory().accounts[id]
    }

    /// Whose mail it will be: the message's that it answers, else as if its copy were met in Sent.
    private func showing(
        to: [NamedAddress], from stationery: Stationery, account: AccountID? = nil
    ) async throws -> Matching {
        if let account { return .ours(to: account) }
        let rules = desk.configuration.decisionRules
        var envelope = Envelope()
        envelope.from = [stationery.from]
        envelope.fromFields = 1
        envelope.to = to
        return SenderMatcher(
            own: rules.own, freeMail: rules.freeMail, usesPrimary: rules.usesPrimary,
            dropsDetail: rules.dropsDetail
        ).match(
            MessageFacts(envelope: envelope, use: .sent), try await desk.office.recorder.currentDirectory())
    }

    // MARK: - The message that it is about

    private func original() async throws -> (MessageSummary, ReadMessage, source: String?) {
        let message = try await desk.message(arguments.operands[0])
        let (original, placements) = try await desk.store.read { transaction in
            (
                try transaction.originals(of: message.number).first,
                try transaction.placements(of: message.number)
            )
        }
        guard let original else {
            throw CommandFailure(.noSuchThing, "message \(message.number) has no original")
        }
        let read = try await MessageReader(vault: desk.office.data.vault).read(
            original.place, original.digest)
        let place = placements.first { $0.gone == nil } ?? placements.first
        return (message, read, place?.source)
    }

    /// Every part of a message that is no text of it.
    private func parts(of message: MessageSummary) async throws -> [Attachment] {
        let parts = try await desk.store.read { try $0.parts(of: message.number) }
        var attachments: [Attachment] = []
        for part in parts where part.unwrappedFrom == nil && part.reason != LedgerReason.text.rawValue {
            let known = try await desk.store.read { try $0.recordedContents([part.sha256]) }
            guard !known.isEmpty else { continue }
            attachments.append(
                spool.attachment(
                    name: part.name ?? "attachment", mediaType: MediaType(part.mediaType) ?? .octets,
                    octets: part.octets, content: part.sha256))
        }
        return attachments
    }

    /// The message itself, as a file.
    private func whole(_ message: MessageSummary) async throws -> Attachment {
        guard let original = try await desk.store.read({ try $0.originals(of: message.number).first }) else {
            throw CommandFailure(.noSuchThing, "message \(message.number) has no original")
        }
        let vault = desk.office.data.vault
        return Attachment(
            name: "\(message.subject ?? "message").eml", mediaType: .octets, octets: original.octets
        ) { sink in
            try vault.pass(original.place, original.digest, to: sink)
        }
    }

    // MARK: - Off it goes

    private func queue(
        _ letter: FreeLetter, _ stationery: Stationery, _ showing: Matching, _ action: String,
        of message: MessageSummary? = nil
    ) async throws -> ExitCode {
        let now = desk.now
        let written: WrittenLetter
        do {
            written = try letter.written(stationery, author: invocation.actor, showing: showing, now: now)
        } catch {
            throw CommandFailure(.badData, "\(error)")
        }
        let largest = desk.configuration.routes(nil).first { $0.name == stationery.route }?.largest
        if let largest, written.message.octets > largest {
            throw CommandFailure(
                .badData,
                "the letter would have \(size(written.message.octets)), and the server takes \(size(Int64(largest)))"
            )
        }
        let (actor, addresses) = (
            invocation.actor, written.new.recipients.map { "\($0.address)" }.joined(separator: ", ")
        )
        let account = written.new.account?.rawValue
        let ids = try await desk.office.letters.queue([written], now: now) { transaction in
            try transaction.audit(
                action, by: actor, account: account, subject: message.map { "\($0.number)" } ?? addresses,
                detail: message == nil ? letter.subject : "to \(addresses)", at: now)
        }
        for id in ids {
            if invocation.json {
                invocation.output.print(["queued": JSON(id.rawValue), "to": .string(addresses)])
            } else {
                invocation.output.print("to \(addresses) (queued \(id))")
            }
        }
        if !desk.isDaemon { invocation.output.complain("no daemon runs: it leaves when one does") }
        return .ok
    }
}
