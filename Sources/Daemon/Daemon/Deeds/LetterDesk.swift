internal import Configuration
internal import Intake
package import MIME
package import Mail
internal import Mailroom
internal import Outbox
package import Store
internal import Text

/// Letters in staff's own words: the one way in which commands and pages write them.
///
/// Whose document may go with it, which of the thread's names its recipients
/// may be told, which server takes it: all of that is decided here.
package struct LetterDesk: Sendable {
    private let office: Office
    /// Who does it, for the audit: a login name.
    private let actor: String
    private let now: Timestamp

    package init(_ office: Office, actor: String, now: Timestamp = Office.now) {
        self.office = office
        self.actor = actor
        self.now = now
    }

    private var store: Store { office.data.store }
    private var configuration: Configuration { office.configuration }

    // MARK: - Before and after it is written

    /// What the sheet has on it: whom it answers, under which subject, what is quoted.
    package func opening(_ kind: LetterOrder.Kind, from name: String? = nil) async throws -> LetterOpening {
        guard let number = kind.message else {
            let stationery = try stationery(name)
            var opening = LetterOpening(from: stationery.from)
            opening.mailbox = name
            return opening
        }
        let original = try await AnsweredMessage(number, office)
        let stationery = try stationery(name ?? original.source)
        let answer = try answer(kind, original)
        var opening = LetterOpening(from: stationery.from)
        opening.mailbox = name ?? original.source.flatMap { configuration[mailbox: $0]?.name }
        opening.to = answer.to
        opening.subject = answer.subject
        opening.account = original.message.account
        if case .reply = kind {
            let own = configuration.decisionRules.own
            opening.others = Reply.others(original.read.envelope, besides: answer.to) {
                AddressKey($0).map(own.isStaff) ?? false
            }
        }
        let language = try await account(original.message.account)?.language ?? firmLanguage
        opening.quote = quote(kind, original, stationery, language)?.plain ?? ""
        return opening
    }

    /// Writes a letter and queues it.
    ///
    /// - Parameter files: more that goes with it, whose octets are in nobody's keeping yet.
    package func send(_ order: LetterOrder, with files: [Attachment] = []) async throws -> QueuedOrder {
        let original: AnsweredMessage?
        if let number = order.kind.message {
            original = try await AnsweredMessage(number, office)
        } else {
            original = nil
        }
        let answer = try original.map { try self.answer(order.kind, $0) }
        let to = order.to.isEmpty ? answer?.to ?? [] : order.to
        guard !to.isEmpty else { throw DeskRefusal(.nobody, "to whom?") }
        let stationery = try stationery(order.from ?? original?.source)
        let showing = try await showing(
            to: to + order.cc, from: stationery,
            account: order.kind.isReply ? original?.message.account : nil)
        let account = try await account(showing.account)
        let language = account?.language ?? firmLanguage
        var letter = FreeLetter(
            to: to, subject: order.subject ?? answer?.subject ?? "", text: order.text, language: language,
            person: order.person, account: account)
        letter.cc = order.cc
        if order.kind.isReply, let answer {
            (letter.inReplyTo, letter.references) = try await thread(of: answer, to: to + order.cc)
        }
        letter.quote = original.flatMap { quote(order.kind, $0, stationery, language) }
        letter.attachments =
            try await attachments(of: order.kind, original)
            + (try await attachments(order, files, account, letter.to + letter.cc))
        return try await queue(letter, order, stationery, showing)
    }

    private func queue(
        _ letter: FreeLetter, _ order: LetterOrder, _ stationery: Stationery, _ showing: Matching
    ) async throws -> QueuedOrder {
        var written: WrittenLetter
        do {
            written = try letter.written(stationery, author: actor, showing: showing, now: now)
        } catch {
            throw DeskRefusal(.unfit, "\(error)")
        }
        written.new.notBefore = order.notBefore
        let largest = configuration.routes(nil).first { $0.name == stationery.route }?.largest
        if let largest, written.message.octets > largest {
            let (has, takes) = (written.message.octets / 1_000_000, largest / 1_000_000)
            throw DeskRefusal(
                .tooLarge, "the letter would have \(has) MB, and the server takes \(takes) MB",
                about: "\(takes) MB")
        }
        let recipients = written.new.recipients.map(\.address)
        let addresses = recipients.map(\.description).joined(separator: ", ")
        let entry = (
            action: order.kind.action, account: written.new.account?.rawValue,
            subject: order.kind.message.map { "\($0)" } ?? addresses,
            detail: order.kind.message == nil ? letter.subject : "to \(addresses)"
        )
        let (actor, now) = (actor, now)
        let draft = order.draft
        let ids = try await office.letters.queue(
            [written], now: now,
            with: { transaction in
                try transaction.audit(
                    entry.action, by: actor, account: entry.account, subject: entry.subject,
                    detail: entry.detail, at: now)
            },
            after: { transaction, letters in
                if let draft { try transaction.noteSent(draft, as: letters[0], now: now) }
            })
        return QueuedOrder(letter: ids[0], recipients: recipients, account: written.new.account)
    }

    // MARK: - What it says

    private func answer(_ kind: LetterOrder.Kind, _ original: AnsweredMessage) throws -> Reply {
        guard kind.isReply else { return Reply.forward(original.read.envelope) }
        do throws(Reply.Refusal) {
            return try Reply.to(
                original.read.envelope, isOurs: original.message.direction == Direction.outgoing.rawValue)
        } catch {
            throw DeskRefusal(
                .unanswerable, "message \(original.message.number) can't be answered: \(error)")
        }
    }

    private func quote(
        _ kind: LetterOrder.Kind, _ original: AnsweredMessage, _ stationery: Stationery,
        _ language: Text.Language
    ) -> Quote? {
        let (envelope, text) = (original.read.envelope, original.read.text)
        let sent = stationery.zone.civil(envelope.date ?? original.message.received)
        return switch kind {
        case .new, .forwardAsFile: nil
        case .reply: .answered(envelope, text: text, at: sent, language)
        case .forward: .forwarded(envelope, text: text, at: sent, language)
        }
    }

    /// The names of the thread, as far as they are no secret to anybody who gets the letter.
    private func thread(
        of answer: Reply, to people: [NamedAddress]
    ) async throws -> ([MessageID], [MessageID]) {
        let own = configuration.decisionRules.own
        let others = people.compactMap { AddressKey($0.address) }.filter { !own.isStaff($0) }
        return try await store.read { transaction in
            (
                try transaction.names(answer.inReplyTo, knownTo: others),
                try transaction.names(answer.references, knownTo: others)
            )
        }
    }

    // MARK: - What goes with it

    private func attachments(
        of kind: LetterOrder.Kind, _ original: AnsweredMessage?
    ) async throws -> [Attachment] {
        guard let original else { return [] }
        return switch kind {
        case .new, .reply: []
        case .forward: try await original.parts()
        case .forwardAsFile: [original.whole]
        }
    }

    private func attachments(
        _ order: LetterOrder, _ files: [Attachment], _ account: Account?, _ recipients: [NamedAddress]
    ) async throws -> [Attachment] {
        let vault = office.data.vault
        var attachments = files + order.files.map { vault.attachment($0) }
        for id in order.documents {
            let document = try await document(id, for: account, recipients)
            attachments.append(
                vault.attachment(
                    KeptFile(
                        name: document.name, mediaType: .octets, octets: document.octets,
                        sha256: document.sha256)))
        }
        return attachments
    }

    /// A document that may go to these people: what is one client's never goes to another.
    private func document(
        _ id: DocumentID, for account: Account?, _ recipients: [NamedAddress]
    ) async throws -> DocumentListing {
        guard let document = try await store.read({ try $0.documentListing(id) }), !document.isTrashed else {
            throw DeskRefusal(
                .noDocument, "there is no document \(id.rawValue)", about: "\(id.rawValue)")
        }
        let whose = "document \(id.rawValue) is account \(document.accountNumber)’s"
        if let account, document.account != account.id {
            throw DeskRefusal(
                .othersDocument, "\(whose), and the letter goes to account \(account.number.text)",
                about: document.name)
        }
        let directory = try await office.recorder.currentDirectory()
        if let other = directory.otherClient(than: document.account, among: recipients.map(\.address)) {
            throw DeskRefusal(
                .strangersDocument, "\(whose), and \(other) is a contact of others alone",
                about: "\(other)")
        }
        return document
    }

    // MARK: - By whom, and whose

    private func stationery(_ name: String?) throws -> Stationery {
        guard let stationery = configuration.stationery(from: name.flatMap { configuration[mailbox: $0] })
        else {
            throw DeskRefusal(
                .noServer, "there is no server to send by: [smtp] in the configuration, see man mailroom.toml"
            )
        }
        return stationery
    }

    private var firmLanguage: Text.Language {
        Text.Language(rawValue: configuration.firm.language.rawValue) ?? .en
    }

    private func account(_ id: AccountID?) async throws -> Account? {
        guard let id else { return nil }
        return try await office.recorder.currentDirectory().accounts[id]
    }

    /// Whose mail it will be: the message's that it answers, else as if its copy were met in Sent.
    private func showing(
        to: [NamedAddress], from stationery: Stationery, account: AccountID?
    ) async throws -> Matching {
        if let account { return .ours(to: account) }
        let rules = configuration.decisionRules
        var envelope = Envelope()
        envelope.from = [stationery.from]
        envelope.fromFields = 1
        envelope.to = to
        return SenderMatcher(
            own: rules.own, freeMail: rules.freeMail, usesPrimary: rules.usesPrimary,
            dropsDetail: rules.dropsDetail
        ).match(MessageFacts(envelope: envelope, use: .sent), try await office.recorder.currentDirectory())
    }
}

extension LetterOrder.Kind {
    fileprivate var isReply: Bool {
        switch self {
        case .reply: true
        case .new, .forward, .forwardAsFile: false
        }
    }

    /// As the audit calls it.
    fileprivate var action: String {
        switch self {
        case .new: "message.send"
        case .reply: "message.reply"
        case .forward, .forwardAsFile: "message.forward"
        }
    }
}
