internal import Daemon
internal import Intake
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// `mailroom account add`: an account with its folders, its first contact and its domains.
enum AccountAdding {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let name = arguments.operands[0]
        guard !name.isEmpty, name == name.shown else {
            throw CommandFailure(.usage, "an account needs a name, in one line")
        }
        let type = try arguments.word("--type", AccountType.self) ?? .client
        let language = try arguments.word("--language", Text.Language.self) ?? desk.office.language
        let filing = try arguments.word("--filing", FilingMode.self)
        let number = try number(arguments.value("--number"), type)
        let reading = AddressReading(configuration: desk.configuration)
        let addresses = try arguments.values("--address").map { text throws(CommandFailure) in
            try reading.address(text)
        }
        let domains = try arguments.values("--domain").map { text throws(CommandFailure) in
            try reading.domain(text)
        }
        if type == .guest, !addresses.isEmpty {
            throw CommandFailure(
                .usage, "a guest account has no contacts: --address is for clients and prospects")
        }
        let folders = AccountFolders(desk.configuration, language)
        let contact = arguments.value("--contact")
        let (actor, now) = (invocation.actor, desk.now)
        let care = try await AccountCare(arguments, desk)
        let added = try await desk.store.write { transaction -> (AccountID, AccountNumber) in
            let number = try number ?? transaction.nextGuestNumber()
            if let other = try transaction.accountNumber(like: number), other != number.text {
                throw StoreError(
                    .conflict, "there is an account \(other) already: case alone tells them apart")
            }
            let id = try transaction.addAccount(
                NewAccount(
                    number: number, type: type, name: name, language: language, filing: filing,
                    assigned: care.assignee ?? nil), folders: folders.folders, by: actor, now: now)
            for (address, key) in addresses {
                _ = try transaction.addAddress(
                    NewAddress(address: address, key: key, contact: contact, fallbackName: name), to: id)
                try transaction.audit(
                    "contact.add", by: actor, account: id.rawValue, subject: address.description, at: now)
            }
            for domain in domains { try transaction.setDomainRule(domain, account: id, matches: false) }
            try care.follow(id, transaction, by: actor, now: now)
            return (id, number)
        }
        try await desk.office.makeDirectories(of: added.0)
        let (waiting, report) = try await earlier(addresses.map(\.key), domains, invocation, desk)
        if invocation.json {
            let summary = try await desk.store.read { try $0.account(added.0) }
            if let summary { invocation.output.print(CommandTable.json(summary)) }
            return .ok
        }
        var words = "\(added.1) \(name): \(counted(folders.ownCount, "folder"))"
        if !addresses.isEmpty { words += ", " + counted(addresses.count, "address", "addresses") }
        if !domains.isEmpty { words += ", " + counted(domains.count, "domain") }
        if let report {
            words +=
                "; \(counted(report.belonging, "earlier message")) now belong\(report.belonging == 1 ? "s" : "") to it"
        } else if waiting > 0, let first = addresses.first {
            words +=
                "; \(counted(waiting, "earlier message")) wait\(waiting == 1 ? "s" : ""): "
                + "mailroom contact add \(added.1) \(first.address) --retroactive"
        }
        invocation.output.print(words)
        if let report { for line in RejudgeLines.lines(report) { invocation.output.print(line) } }
        return .ok
    }

    private static func number(
        _ text: String?, _ type: AccountType
    ) throws(CommandFailure) -> AccountNumber? {
        guard let text else {
            guard type == .guest else {
                throw CommandFailure(
                    .usage, "an account needs a number: --number N (only guests get one by themselves)")
            }
            return nil
        }
        guard let number = AccountNumber(text) else {
            throw CommandFailure(
                .usage, "“\(text.shown)” is no account number: letters, digits, . _ - and at most 32")
        }
        return number
    }

    /// What these senders sent before: counted, or with `--retroactive` judged anew.
    private static func earlier(
        _ keys: [AddressKey], _ domains: [DomainName], _ invocation: Invocation, _ desk: Desk
    ) async throws -> (waiting: Int, report: Clerk.Report?) {
        let messages = try await desk.store.read { transaction in
            var messages = Set(try keys.flatMap { try transaction.unmatchedMessages(from: $0.description) })
            let byAddress = messages.count
            for domain in domains {
                messages.formUnion(try transaction.unmatchedMessages(fromDomain: domain.description))
            }
            return (byAddress, messages.sorted())
        }
        guard invocation.arguments.has("--retroactive") else { return (messages.0, nil) }
        let subject = (keys.map(\.description) + domains.map(\.description)).joined(separator: " ")
        let report = try await desk.clerk(invocation).rejudge(messages.1, subject: subject, isTrial: false)
        return (messages.0, report)
    }
}

/// What became of earlier messages, or would, in two lines.
enum RejudgeLines {
    static func lines(_ report: Clerk.Report) -> [String] {
        guard report.messages > 0 else { return [] }
        var words = "\(counted(report.filed, "document")) filed"
        if report.duplicates > 0 { words += ", \(report.duplicates) known already" }
        if report.waiting > 0 {
            let reasons = report.reasons.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            words += ", \(counted(report.waiting, "part")) wait\(report.waiting == 1 ? "s" : "") for staff"
            if !reasons.isEmpty {
                words += " (" + reasons.map { "\($0.value) \($0.key.rawValue)" }.joined(separator: ", ") + ")"
            }
        }
        return [words]
    }

    static func json(_ report: Clerk.Report) -> JSON {
        let reasons = report.reasons.sorted { $0.key.rawValue < $1.key.rawValue }
        return [
            "messages": JSON(report.messages), "belonging": JSON(report.belonging),
            "filed": JSON(report.filed), "duplicate": JSON(report.duplicates),
            "needs_filing": .object(reasons.map { ($0.key.rawValue, JSON($0.value)) }),
        ]
    }
}
