internal import Configuration
internal import Daemon
internal import Intake
internal import MIME
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// Reads what people type about requests; what can't be meant ends in a sentence.
struct RequestReading {
    let desk: Desk

    private var zone: TimeZone { desk.configuration.requestTerms.zone }
    var today: CivilDay { zone.day(desk.now) }

    /// A day to come, or today.
    func day(_ option: String, _ text: String) throws(CommandFailure) -> CivilDay {
        guard let day = CivilDay(text) else {
            throw CommandFailure(.usage, "\(option) wants a day such as 2026-12-10, not “\(text.shown)”")
        }
        guard day >= today else { throw CommandFailure(.badData, "\(option) \(day) is over already") }
        return day
    }

    func title(_ text: String) throws(CommandFailure) -> String { try line(text, "a title", longest: 200) }

    func items(_ texts: [String]) throws(CommandFailure) -> [String] {
        guard texts.count <= 100 else { throw CommandFailure(.badData, "more than 100 items") }
        return try texts.map { text throws(CommandFailure) in try line(text, "an item", longest: 200) }
    }

    private func line(_ text: String, _ what: String, longest: Int) throws(CommandFailure) -> String {
        guard text.contains(where: { !$0.isWhitespace }), text.count <= longest, text == text.shown else {
            throw CommandFailure(
                .badData,
                "“\(text.shown.shortened(to: 60))” is not \(what): one line, at most \(longest) characters")
        }
        return text
    }

    /// `--message`, or the file that `--message-file` names; nil: neither is given.
    func message(_ invocation: Invocation) async throws -> String? {
        let given = invocation.arguments.value("--message")
        guard invocation.arguments.has("--message-file") else { return try given.map(checked) }
        guard given == nil else {
            throw CommandFailure(.usage, "--message and --message-file are given, and one is enough")
        }
        let text = try await FileSpool(vault: desk.office.data.vault).text(0, of: invocation.files)
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        return try checked(lines.joined(separator: "\n"))
    }

    private func checked(_ text: String) throws(CommandFailure) -> String {
        guard text.utf8.count <= 64 << 10 else { throw CommandFailure(.badData, "the message is over 64 KB") }
        let isText = text.split(separator: "\n").allSatisfy { line in
            let visible = line.filter { $0 != "\t" }
            return visible == visible.shown
        }
        guard isText else { throw CommandFailure(.badData, "the message has control characters") }
        return text
    }

    /// `-3,1,7`.
    func reminders(_ text: String) throws(CommandFailure) -> [Int] {
        let days = text.split(separator: ",").map { Int($0.filter { $0 != " " }) }
        let known = days.compactMap { $0 }
        guard known.count == days.count, known.count <= 10, known == Set(known).sorted(),
            known.allSatisfy({ (-60...365).contains($0) })
        else {
            throw CommandFailure(
                .usage, "--reminders wants days in their order, such as -3,1,7, not “\(text.shown)”")
        }
        return known
    }

    /// Whom a letter can go to, with the contact it is where it is one.
    func recipients(_ texts: [String], of account: Account) async throws -> [NewRequestRecipient] {
        let directory = try await desk.office.recorder.currentDirectory()
        return try texts.map { text throws(CommandFailure) in try recipient(text, of: account, directory) }
    }

    private func recipient(
        _ text: String, of account: Account, _ directory: Mailroom.Directory
    ) throws(CommandFailure) -> NewRequestRecipient {
        let (address, key) = try address(text)
        let entries = directory.entries(of: key)
        let contact = (entries.first { $0.account == account.id } ?? entries.first)?.contact
        let known = contact.flatMap { directory.contacts[$0] }
        guard known.map({ $0.kind == .person }) ?? true else {
            throw CommandFailure(
                .badData, "\(address) is a \(known?.kind.rawValue ?? "machine"), and reads no letters")
        }
        return NewRequestRecipient(name: known?.name, address: address, key: key, contact: contact)
    }

    func address(_ text: String) throws(CommandFailure) -> (address: EmailAddress, key: AddressKey) {
        func refused(_ why: String) -> CommandFailure {
            CommandFailure(.badData, "“\(text.shown)” is no address: \(why)")
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
        let (address, key) = try AddressReading(configuration: desk.configuration).address(text)
        do throws(ComposeError) {
            _ = try HeaderAddress(address)
        } catch {
            throw CommandFailure(.badData, "\(error)")
        }
        return (address, key)
    }

    func documents(_ texts: [String], of account: Account) async throws -> [DocumentID] {
        var documents: [DocumentID] = []
        for text in texts {
            let document = try await desk.document(text)
            guard document.account == account.id, !document.isTrashed else {
                throw CommandFailure(.badData, "document \(text.shown) is not of account \(account.number)")
            }
            documents.append(document.id)
        }
        return documents
    }
}

extension Desk {
    /// The request of that number, as of now.
    func request(_ text: String) async throws -> Request {
        guard let number = Int64(text) else {
            throw CommandFailure(
                .usage, "“\(text.shown)” is no request: they have numbers, see mailroom request list")
        }
        let now = now
        let request = try await store.write { transaction in
            try transaction.expireRequests(now: now)
            return try transaction.request(RequestID(number))
        }
        guard let request else { throw CommandFailure(.noSuchThing, "there is no request \(number)") }
        return request
    }

    /// The account a request is of.
    func account(of request: Request) async throws -> Account {
        let directory = try await office.recorder.currentDirectory()
        guard let account = directory.accounts[request.account] else {
            throw CommandFailure(.noSuchThing, "the account of request \(request.id) is gone")
        }
        return account
    }

    /// Ends where a deed comes too late, before anything is written for it.
    func check(_ deed: RequestDeed, _ request: Request) throws(CommandFailure) {
        if let refusal = deed.refusal(in: request.state) {
            throw CommandFailure(.badData, "request \(request.id) \(refusal)")
        }
    }

    /// Those of a request's recipients that `--to` names; without one all of them.
    func recipients(
        of request: Request, _ invocation: Invocation
    ) throws(CommandFailure) -> [RequestRecipient] {
        let wanted = invocation.arguments.values("--to")
        guard !wanted.isEmpty else { return request.recipients }
        var recipients: [RequestRecipient] = []
        for text in wanted {
            let key = AddressKey(text)
            guard let known = request.recipients.first(where: { AddressKey($0.address) == key }) else {
                throw CommandFailure(.noSuchThing, "request \(request.id) does not go to \(text.shown)")
            }
            // Named twice, nobody gets two letters.
            if !recipients.contains(where: { $0.id == known.id }) { recipients.append(known) }
        }
        return recipients
    }
}
