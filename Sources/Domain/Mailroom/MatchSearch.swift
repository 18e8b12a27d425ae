internal import Mail
internal import Text

/// One message's way through the rules of ``SenderMatcher``.
struct MatchSearch {
    let matcher: SenderMatcher
    let facts: MessageFacts
    let directory: Directory
    var steps: [Step] = []
    /// A letter of ours that the message names, from an address nobody knows.
    var unknownAnswer: AnsweredLetter?

    mutating func run() -> Matching {
        if facts.use == .sent { return outgoing() }
        let nature = facts.nature(matcher.own)
        let sender: Sender? = if case .success(let one) = Sender.of(facts, matcher.own) { one } else { nil }
        let found = incoming(sender)
        // A bounce names the letter too: that is no answer to it.
        var matching = nature.isAutomatic ? found : withUnknownAnswer(found)
        matching.nature = nature
        switch nature {
        case .automatic(let kind):
            // Whoever is away has answered nothing.
            matching.request = nil
            step("matching.automatic", kind.rawValue, "a machine's answer is never filed")
        case .bulk:
            matching.isOther = matching.kind == .unmatched
            if matching.isOther { step("matching.bulk", "other", "bulk mail of a stranger") }
        case .ordinary: break
        }
        matching.mentioned = accounts(of: facts.envelope.to + facts.envelope.cc).filter {
            $0 != matching.account
        }
        matching.steps = steps
        return matching
    }

    /// The rules in order; the first that says something is the answer.
    private mutating func incoming(_ sender: Sender?) -> Matching {
        let entries = sender.map { matcher.entries(of: $0.key, directory) } ?? []
        if let matching = answer(sender, entries) { return matching }
        if let matching = dropAddress(sender) { return matching }
        guard let sender else {
            step("matching.address", "no", "From names nobody", decided: true)
            return Matching(.unmatched)
        }
        if let matching = forward(by: sender) { return matching }
        if let matching = address(sender, entries) { return matching }
        if let matching = domain(sender) { return matching }
        if let matching = form(sender, entries) { return matching }
        if matcher.own.isStaff(sender.key) {
            step("matching.staff", "staff", "\(sender.key) is one of us", decided: true)
            return Matching(.staff)
        }
        step("matching.nobody", "unmatched", "nobody here knows \(sender.key)", decided: true)
        return Matching(.unmatched)
    }

    // MARK: - 2. A drop address

    private mutating func dropAddress(_ sender: Sender?) -> Matching? {
        guard !directory.dropAddresses.isEmpty else { return nil }
        let recipients = (facts.envelope.to + facts.envelope.cc).map(\.address) + facts.deliveredTo
        let found = distinct(recipients.compactMap { AddressKey($0).flatMap { directory.dropAddresses[$0] } })
        guard let account = found.first else { return nil }
        guard found.count == 1 else {
            return ambiguous("matching.drop_address", found, "it went to several drop addresses")
        }
        step("matching.drop_address", name(account), "it went to the account's drop address", decided: true)
        var matching = Matching(.dropAddress, account: account)
        let known = sender.map { matcher.entries(of: $0.key, directory) } ?? []
        let entry = known.first { $0.account == account && $0.switches.contains(.sync) }
        matching.contact = entry?.contact
        matching.intoIntake = entry == nil
        return matching
    }

    // MARK: - 3. From

    private mutating func address(_ sender: Sender, _ all: [DirectoryEntry]) -> Matching? {
        let synced = all.filter { $0.switches.contains(.sync) }
        guard !all.isEmpty else {
            step("matching.address", "no", "\(sender.key) is no contact's address")
            return nil
        }
        guard !synced.isEmpty else {
            step("matching.address", "unmatched", "the contact's mail is not synced", decided: true)
            return Matching(.unmatched)
        }
        let entries = synced.filter { kind($0.contact) != .service }
        guard !entries.isEmpty else {
            step("matching.address", "no", "\(sender.key) sends for many clients")
            return nil
        }
        let accounts = distinct(entries.map(\.account))
        let contacts = distinct(entries.map(\.contact))
        if accounts.count == 1 {
            step("matching.address", name(accounts[0]), "\(sender.key) is a contact's address", decided: true)
            return matched(.address, accounts[0], contacts)
        }
        if contacts.allSatisfy({ kind($0) == .device }) {
            step("matching.address", "no", "a device that \(accounts.count) accounts use")
            return nil
        }
        step("matching.address", "\(accounts.count) accounts", "\(sender.key) speaks for several accounts")
        if let account = remembered(contacts, accounts) {
            return matched(.rule, account, contacts, others: accounts)
        }
        if let account = primary(entries, accounts) {
            return matched(.address, account, contacts, others: accounts)
        }
        var matching = ambiguous("matching.ambiguous", accounts, "only staff can say for which of them")
        matching.contact = contacts.count == 1 ? contacts[0] : nil
        return matching
    }

    /// What staff answered before, if it names one of the accounts, and only one.
    private mutating func remembered(_ contacts: [ContactID], _ accounts: [AccountID]) -> AccountID? {
        let rules = contacts.flatMap { directory.rememberedRules[$0] ?? [] }.filter {
            accounts.contains($0.account)
        }
        let thread = Set(facts.envelope.references + facts.envelope.inReplyTo)
        let byThread = rules.filter { rule in
            if case .thread(let root) = rule.condition { thread.contains(root) } else { false }
        }
        let byWord = rules.filter { rule in
            if case .subjectWord(let word) = rule.condition {
                Words.contain(facts.envelope.subject ?? "", word)
            } else {
                false
            }
        }
        for (rules, because) in [
            (byThread, "staff said so for this thread"),
            (byWord, "staff said so for this word in the subject"),
        ] {
            let chosen = distinct(rules.map(\.account))
            guard chosen.count == 1 else { continue }
            step("matching.rule", name(chosen[0]), because, decided: true)
            return chosen[0]
        }
        if !rules.isEmpty { step("matching.rule", "no", "no remembered rule fits this message alone") }
        return nil
    }

    private mutating func primary(_ entries: [DirectoryEntry], _ accounts: [AccountID]) -> AccountID? {
        guard matcher.usesPrimary else { return nil }
        let primaries = distinct(entries.filter(\.isPrimary).map(\.account))
        guard primaries.count == 1 else {
            step(
                "matching.primary", "no",
                primaries.isEmpty ? "no account is the primary one" : "several primary accounts")
            return nil
        }
        guard Set(accounts.map(directory.audience)).count == 1 else {
            step("matching.primary", "no", "the accounts have different readers")
            return nil
        }
        step(
            "matching.primary", name(primaries[0]), "the primary one of accounts with the same readers",
            decided: true)
        return primaries[0]
    }

    // MARK: - 4. An account's domain

    private mutating func domain(_ sender: Sender) -> Matching? {
        let rules = directory.domainRules(sender.key.domain)
        guard let rule = rules.first else { return nil }
        guard !matcher.freeMail.contains(sender.key.domain), !matcher.own.contains(sender.key.domain) else {
            step(
                "matching.domain", "no", "anyone can write from \(sender.key.domain.unicode)", at: rule.where)
            return nil
        }
        let accounts = distinct(rules.map(\.account))
        let matches = distinct(rules.filter(\.isMatch).map(\.account))
        let because = "an account's rule names \(sender.key.domain.unicode)"
        if accounts.count == 1, matches.count == 1 {
            step("matching.domain", name(accounts[0]), because, decided: true, at: rule.where)
            return Matching(.domain, account: accounts[0])
        }
        if matches.count > 1 { return ambiguous("matching.domain", accounts, because) }
        return suggested("matching.domain", accounts, because, at: rule.where)
    }

    // MARK: - 5. A form or a device

    private mutating func form(_ sender: Sender, _ entries: [DirectoryEntry]) -> Matching? {
        let replyTo = facts.envelope.replyTo.filter { AddressKey($0.address) != sender.key }
        let byReply = replyTo.count == 1 ? accounts(of: replyTo) : []
        if !byReply.isEmpty {
            return suggested("matching.reply_to", byReply, "Reply-To is \(replyTo[0].address)")
        }
        let speaks = entries.contains { kind($0.contact) != .person } || matcher.own.isStaff(sender.key)
        guard speaks else { return nil }
        let named = Words.accounts([facts.envelope.subject ?? ""] + facts.partNames, directory)
        guard !named.isEmpty else { return nil }
        return suggested("matching.number", named, "subject or file name has the account's number")
    }

    // MARK: - Staff

    private mutating func forward(by sender: Sender) -> Matching? {
        guard matcher.own.isStaff(sender.key), !sender.isThroughOwnList else { return nil }
        let inline = ForwardedHeader.senders(in: facts.text).map { NamedAddress(name: nil, address: $0) }
        let strangers = (facts.attachedFrom + inline).filter { named in
            AddressKey(named.address).map { !matcher.own.isStaff($0) } ?? false
        }
        guard let original = strangers.first else { return nil }
        let because = "\(sender.key) forwarded a message of \(original.address)"
        let accounts = accounts(of: [original])
        var matching: Matching
        if accounts.isEmpty {
            step("matching.forward", "staff", because, decided: true)
            matching = Matching(.staff)
        } else {
            matching = suggested("matching.forward", accounts, because)
        }
        matching.originalSender = original
        return matching
    }

    // MARK: - Mail of ours

    /// Found by whom it went to: shown there, and nobody's document.
    private mutating func outgoing() -> Matching {
        let envelope = facts.envelope
        let accounts = accounts(of: envelope.to + envelope.cc + envelope.bcc)
        var matching: Matching
        switch accounts.count {
        case 0: matching = Matching(.unmatched)
        case 1: matching = Matching(.address, account: accounts[0])
        default:
            matching = Matching(.ambiguous)
            matching.candidates = accounts
        }
        matching.direction = .outgoing
        matching.mentioned = accounts
        step(
            "matching.sent", accounts.isEmpty ? "nobody" : accounts.map(name).joined(separator: ", "),
            "mail of ours is its recipients', and its attachments are never the client's", decided: true)
        matching.steps = steps
        return matching
    }

    // MARK: - Words for all rules

    /// For whom those addresses speak, portals aside.
    private func accounts(of addresses: [NamedAddress]) -> [AccountID] {
        distinct(
            addresses.compactMap { AddressKey($0.address) }.flatMap { matcher.entries(of: $0, directory) }
                .filter { $0.switches.contains(.sync) && kind($0.contact) != .service }.map(\.account))
    }

    func kind(_ contact: ContactID) -> ContactKind { directory.contacts[contact]?.kind ?? .person }

    func name(_ account: AccountID) -> String {
        "account \(directory.accounts[account]?.number.text ?? "?")"
    }

    /// Each once, in an order that is always the same.
    func distinct<ID: Hashable & Comparable>(_ ids: [ID]) -> [ID] { Set(ids).sorted() }

    func matched(
        _ kind: MatchKind, _ account: AccountID, _ contacts: [ContactID], others: [AccountID] = []
    ) -> Matching {
        var matching = Matching(kind, account: account)
        matching.contact = contacts.count == 1 ? contacts[0] : nil
        matching.candidates = others.filter { $0 != account }
        return matching
    }

    mutating func ambiguous(_ rule: String, _ accounts: [AccountID], _ because: String) -> Matching {
        step(rule, "ambiguous", because, decided: true)
        var matching = Matching(.ambiguous)
        matching.candidates = accounts
        return matching
    }

    private mutating func suggested(
        _ rule: String, _ accounts: [AccountID], _ because: String, at place: String? = nil
    ) -> Matching {
        step(
            rule, "suggests \(accounts.map(name).joined(separator: ", "))", because, decided: true, at: place)
        var matching = Matching(.suggested)
        matching.suggestions = accounts.map { Suggestion($0, because: because) }
        return matching
    }

    mutating func step(
        _ rule: String, _ outcome: String, _ because: String, decided: Bool = false, at place: String? = nil
    ) {
        steps.append(Step(rule, outcome, decided: decided, because: because, at: place))
    }
}
