internal import Configuration
internal import Intake
internal import MIME
internal import Mail
internal import Mailroom
internal import Outbox
internal import Store
internal import Text

/// Reads what staff typed about a request of one account; what can't be meant is refused.
struct RequestReader {
    private let desk: RequestDesk
    private let account: Account
    private let directory: Mailroom.Directory

    init(_ desk: RequestDesk, account id: AccountID) async throws {
        self.desk = desk
        directory = try await desk.office.recorder.currentDirectory()
        account = try await desk.account(id)
    }

    /// Everything of an order at once.
    func request(_ order: RequestOrder) async throws -> NewRequest {
        for day in [order.due, order.lastDay].compactMap({ $0 }) where day < desk.today {
            throw DeskRefusal(.dayIsOver, "\(day) is over already", about: "\(day)")
        }
        if let due = order.due, let last = order.lastDay, last < due {
            throw DeskRefusal(
                .expiresBeforeDue, "it would expire on \(last), before it is due on \(due)")
        }
        let terms = desk.terms
        let recipients = try await proving(
            recipients(order.recipients), order.proof,
            or: desk.office.configuration.requests.uploadProof)
        return NewRequest(
            account: account.id, folder: try folder(order.folder), title: try title(order.title),
            text: try text(order.text), language: order.language ?? account.language, due: order.due,
            expires: terms.end(of: order.lastDay ?? terms.lastDay(today: desk.today, due: order.due)),
            reminders: try reminders(order.reminders), items: try items(order.items),
            recipients: recipients,
            documents: try await documents(
                order.documents, knowsPrivate: order.knowsPrivate, to: recipients.map(\.address)),
            knowsPrivate: order.knowsPrivate)
    }

    func change(_ edit: RequestEdit) throws -> RequestChange {
        var change = RequestChange()
        change.title = try edit.title.map(title)
        change.text = try edit.text.map(text)
        change.language = edit.language
        change.folder = try edit.folder.map(folder)
        change.due = edit.due
        if let day = edit.due ?? nil, day < desk.today {
            throw DeskRefusal(.dayIsOver, "\(day) is over already", about: "\(day)")
        }
        change.reminders = try edit.reminders.map(reminders)
        change.proof = edit.proof
        return change
    }

    // MARK: - Words

    func title(_ text: String) throws -> String { try line(text, .title, "a title") }

    func items(_ texts: [String]) throws -> [String] {
        guard texts.count <= 100 else { throw DeskRefusal(.tooManyItems, "more than 100 items") }
        return try texts.map { try line($0, .item, "an item") }
    }

    private static let longestLine = 200

    private func line(_ text: String, _ reason: DeskRefusal.Reason, _ what: String) throws -> String {
        guard text.contains(where: { !$0.isWhitespace }), text.count <= Self.longestLine,
            !text.hasControlCharacters
        else {
            throw DeskRefusal(
                reason,
                "“\(text.prefix(60))” is not \(what): one line, at most \(Self.longestLine) characters",
                about: String(text.prefix(60)))
        }
        return text
    }

    private static let longestText = 64 << 10

    /// The message that the client reads.
    func text(_ text: String) throws -> String {
        guard text.utf8.count <= Self.longestText else {
            throw DeskRefusal(.text, "the message is over \(Self.longestText >> 10) KB")
        }
        let isText = text.split(whereSeparator: \.isNewline).allSatisfy { line in
            !String(line.filter { $0 != "\t" }).hasControlCharacters
        }
        guard isText else { throw DeskRefusal(.controlCharacters, "the message has control characters") }
        return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .joined(separator: "\n")
    }

    func person(_ name: String) throws -> String {
        guard !name.isEmpty, !name.hasControlCharacters, name.count <= 100 else {
            throw DeskRefusal(.name, "“\(name)” is no name", about: name)
        }
        return name
    }

    /// What staff say of an item that they refuse.
    static func note(_ note: String?) throws -> String? {
        guard let note else { return nil }
        guard !note.isEmpty, !note.hasControlCharacters, note.count <= 1000 else {
            throw DeskRefusal(.note, "a note is one line of at most 1000 characters")
        }
        return note
    }

    private func reminders(_ days: [Int]?) throws -> [Int]? {
        guard let days else { return nil }
        let text = days.map(String.init).joined(separator: ",")
        guard RequestOrder.reminders(text) == days else {
            throw DeskRefusal(
                .reminders, "reminders are days in their order, such as -3,1,7, not “\(text)”", about: text)
        }
        return days
    }

    // MARK: - Where to, and to whom

    private func folder(_ text: String?) throws -> FolderPath {
        guard let text = text ?? account.defaultFolder?.name ?? account.folders.first?.name else {
            throw DeskRefusal(.noFolder, "account \(account.number) has no folder to file answers in")
        }
        guard let path = account.path(text) else {
            let names = account.folders.map(\.name).joined(separator: ", ")
            throw DeskRefusal(
                .noFolder, "account \(account.number) has no folder “\(text)”; it has \(names)", about: text)
        }
        return path
    }

    /// Whom a letter can go to, with the contact it is where it is one.
    func recipients(_ texts: [String]) throws -> [NewRequestRecipient] { try texts.map(recipient) }

    private func recipient(_ text: String) throws -> NewRequestRecipient {
        let (address, key) = try address(text)
        let entries = directory.entries(of: key)
        let contact = (entries.first { $0.account == account.id } ?? entries.first)?.contact
        let known = contact.flatMap { directory.contacts[$0] }
        guard known.map({ $0.kind == .person }) ?? true else {
            throw DeskRefusal(
                .machine, "\(address) is a \(known?.kind.rawValue ?? "machine"), and reads no letters",
                about: text)
        }
        return NewRequestRecipient(name: known?.name, address: address, key: key, contact: contact)
    }

    private func address(_ text: String) throws -> (EmailAddress, AddressKey) {
        func refused(_ why: String) -> DeskRefusal {
            DeskRefusal(.address, "“\(text)” is no address: \(why)", about: text)
        }
        if text.unicodeScalars.contains(where: { $0 == "\r" || $0 == "\n" }) {
            throw refused("it has a line break")
        }
        if text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
            throw refused("it has a control character")
        }
        guard let at = text.lastIndex(of: "@"), text.index(after: at) < text.endIndex else {
            throw refused("it has no domain")
        }
        guard at > text.startIndex else { throw refused("nobody stands before the @") }
        guard let address = EmailAddress(text),
            !text.contains(where: { $0.isWhitespace || "<>,;".contains($0) }), let key = AddressKey(address)
        else { throw refused("it looks like kate@smith.example") }
        guard !desk.office.configuration.decisionRules.own.isStaff(key) else {
            throw DeskRefusal(
                .ours, "\(text) is one of us ([firm] domains): its mail is never a client’s", about: text)
        }
        do throws(ComposeError) {
            _ = try HeaderAddress(address)
        } catch {
            throw DeskRefusal(.address, "\(error)", about: text)
        }
        return (address, key)
    }

    /// The same, each with what their link asks of them.
    ///
    /// - Parameters:
    ///   - asked: what was chosen; refused where somebody can't do it.
    ///   - usual: where nothing was chosen: who can't sign in is asked for a code.
    func proving(
        _ recipients: [NewRequestRecipient], _ asked: LinkProof?, or usual: LinkProof
    ) async throws -> [NewRequestRecipient] {
        let proof = asked ?? usual
        if recipients.isEmpty, let asked, asked != .nothing {
            throw DeskRefusal(
                .openLink, "a link without a recipient has no address that a code could go to")
        }
        let (account, now) = (account.id, desk.now)
        var proving: [NewRequestRecipient] = []
        for var recipient in recipients {
            let known = recipient
            recipient.proof = proof
            if proof == .login {
                let canSignIn = try await desk.store.read {
                    try $0.canSignIn(known.key, as: known.contact, to: account, now: now)
                }
                guard canSignIn || asked == nil else {
                    throw DeskRefusal(
                        .noLogin, "\(known.address) can’t sign in to that account: invite them first",
                        about: "\(known.address)")
                }
                if !canSignIn { recipient.proof = .code }
            }
            guard recipient.proof == .nothing || desk.office.stationery != nil else {
                throw DeskRefusal(.noRequestServer, "there is no [smtp], so no code can be sent")
            }
            proving.append(recipient)
        }
        return proving
    }

    /// Those that whoever has the link may see. Throws a ``DeskRefusal`` for others.
    func documents(
        _ ids: [DocumentID], knowsPrivate: Bool, to recipients: [EmailAddress]
    ) async throws -> [DocumentID] {
        let account = account.id
        guard !ids.isEmpty else { return [] }
        let documents = try await desk.store.read {
            try $0.shareable(ids, of: account, knowsPrivate: knowsPrivate)
        }
        try refuseOthers(recipients)
        return documents.map(\.id)
    }

    /// What is one client's never goes to another.
    func refuseOthers(_ recipients: [EmailAddress]) throws(DeskRefusal) {
        guard let other = directory.otherClient(than: account.id, among: recipients) else { return }
        throw DeskRefusal(
            .strangersDocument, "\(other) is a contact of other accounts alone", about: "\(other)")
    }

    /// Whom a letter is shown to while nobody is named yet: the account's first contact, or the firm itself.
    var anybody: RequestRecipient? {
        let contact = directory.entries.lazy.filter { $0.account == account.id }
            .compactMap { directory.contacts[$0.contact] }.first { $0.kind == .person }
        guard let from = desk.office.stationery?.from else { return nil }
        return RequestRecipient(
            id: RequestRecipientID(0), number: 1, name: contact?.name, address: from.address,
            contact: contact?.id, state: .queued, reason: nil, sent: nil)
    }
}

extension NewRequestRecipient {
    /// Somebody who is one already.
    init?(_ recipient: RequestRecipient) {
        guard let key = AddressKey(recipient.address) else { return nil }
        self.init(name: recipient.name, address: recipient.address, key: key, contact: recipient.contact)
    }

    init?(_ recipient: ShareRecipient) {
        guard let key = AddressKey(recipient.address) else { return nil }
        self.init(name: recipient.name, address: recipient.address, key: key, contact: recipient.contact)
    }
}

extension String {
    /// Control and bidi characters: what would show otherwise than it reads.
    fileprivate var hasControlCharacters: Bool {
        unicodeScalars.contains { scalar in
            switch scalar.value {
            case 0..<32, 0x7f...0x9f, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: true
            default: false
            }
        }
    }
}
