internal import Text

/// The first rule of ``MatchSearch``: a reply to a letter of ours. PRODUCT.md section 2.3.
///
/// | the message names | From is | then |
/// |---|---|---|
/// | nothing of ours | anybody | on to the next rule |
/// | a letter | its recipient, or a contact of its account | that account |
/// | the same, and its request takes replies | the same | its folder too, and its items are ticked |
/// | letters of several accounts, none only further back in the thread | fits all of them | ambiguous |
/// | a letter without a request | one of us in copy | on: colleagues' files are no client's |
/// | a letter | somebody else whom we know, or one of us | on: a thread is no authority |
/// | a letter | somebody unknown | on; where nobody is found, a suggestion that names it |
extension MatchSearch {
    mutating func answer(_ sender: Sender?, _ entries: [DirectoryEntry]) -> Matching? {
        guard let sender, !facts.answered.isEmpty else { return nil }
        let letters = facts.answered.sorted { $0.naming < $1.naming }
        let fitting = letters.filter { fits($0, sender, entries) }
        guard let nearest = fitting.first else {
            doubt(letters, sender, entries)
            return nil
        }
        // An address that somebody once saved says as little against In-Reply-To as the other way round.
        let direct = fitting.filter { $0.naming == nearest.naming || $0.naming < .references }
        let accounts = distinct(direct.compactMap(\.account))
        guard accounts.count == 1 else {
            return ambiguous("matching.request", accounts, "it answers letters of several accounts")
        }
        let equal = direct.filter { $0.naming == nearest.naming }
        let letter = equal.first { $0.request?.takesReplies == true } ?? nearest
        let mine = distinct(entries.filter { $0.account == accounts[0] }.map(\.contact))
        var matching = matched(.request, accounts[0], mine)
        if let request = letter.request {
            matching.request = request.takesReplies ? request : nil
            step(
                "matching.request", name(accounts[0]),
                request.takesReplies
                    ? "it answers \(request.name)"
                    : "it answers \(request.name), which is \(request.state.rawValue): the account, not the folder",
                decided: true)
        } else {
            step(
                "matching.request", name(accounts[0]), "it answers our letter “\(letter.subject)”",
                decided: true)
        }
        return matching
    }

    /// What other rules found, with the request that a stranger's thread names where they found nobody.
    func withUnknownAnswer(_ matching: Matching) -> Matching {
        guard let letter = unknownAnswer, let account = letter.account else { return matching }
        switch matching.kind {
        case .unmatched, .suggested: break
        case .request, .dropAddress, .address, .rule, .domain, .ambiguous, .staff: return matching
        }
        var suggested = matching
        suggested.kind = .suggested
        suggested.request = letter.request.flatMap { $0.takesReplies ? $0 : nil }
        suggested.suggestions =
            [Suggestion(account, because: "it answers \(words(of: letter)), from an address nobody knows")]
            + matching.suggestions.filter { $0.account != account }
        return suggested
    }

    private func fits(_ letter: AnsweredLetter, _ sender: Sender, _ entries: [DirectoryEntry]) -> Bool {
        guard let account = letter.account, directory.accounts[account] != nil else { return false }
        let isRecipient =
            letter.recipients.contains(sender.key)
            || matcher.dropsDetail
                && letter.recipients.contains { $0.withoutDetail == sender.key.withoutDetail }
        if isRecipient, letter.request != nil || !matcher.own.isStaff(sender.key) { return true }
        return entries.contains {
            $0.account == account && $0.switches.contains(.sync) && kind($0.contact) != .service
        }
    }

    private mutating func doubt(
        _ letters: [AnsweredLetter], _ sender: Sender, _ entries: [DirectoryEntry]
    ) {
        let isStranger = entries.isEmpty && !matcher.own.isStaff(sender.key)
        if isStranger {
            unknownAnswer = letters.first { letter in
                letter.account.map { directory.accounts[$0] != nil } ?? false
            }
        }
        step(
            "matching.request", "no",
            "it names \(words(of: letters[0])), but \(sender.key) is neither its recipient nor a contact of its account"
        )
    }

    private func words(of letter: AnsweredLetter) -> String {
        letter.request?.name ?? "our letter “\(letter.subject)”"
    }
}
