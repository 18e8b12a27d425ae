internal import Mail
package import Mailroom
package import Store
package import Text
internal import Workers

extension Clerk {
    /// Takes back what staff said of messages: its documents leave their folders, and every part waits as it
    /// would if nobody had spoken.
    ///
    /// - Parameters:
    ///   - documents: those that the word filed, and no others.
    ///   - forgetting: an address that spoke for an account since that word.
    package func takeBack(
        _ numbers: [MessageNumber], documents: [DocumentID],
        forgetting: (address: AddressKey, account: AccountID)? = nil
    ) async throws -> Int {
        let rules = await recorder.currentRules
        try await recorder.placeDocuments()
        let rereader = Rereader(vault: recorder.vault, store: store)
        var messages: [RereadMessage] = []
        for number in numbers { messages.append(try await rereader.read(number, rules: rules)) }
        let (batch, clerk) = (messages, self)
        let taken = try await store.write { transaction in
            if let (address, account) = forgetting, let contact = try transaction.contact(at: address) {
                try transaction.removeContact(contact, from: account, address: address)
                try transaction.audit(
                    "contact.remove", by: clerk.actor, account: account.rawValue,
                    subject: address.description, at: clerk.now)
            }
            return try clerk.takeBack(batch, documents, rules, transaction)
        }
        Fault.reached("move-recorded")
        try await recorder.placeDocuments()
        return taken
    }

    private func takeBack(
        _ messages: [RereadMessage], _ documents: [DocumentID], _ rules: DecisionRules,
        _ transaction: StoreTransaction
    ) throws -> Int {
        var taken = 0
        for document in documents {
            guard let row = try transaction.documentListing(document), !row.isTrashed else { continue }
            try transaction.untick(document, by: actor, now: now)
            _ = try transaction.takeOut(document, now: now)
            try transaction.audit(
                "file.unfile", by: actor, account: row.account.rawValue, subject: "\(document.rawValue)",
                detail: "from \(row.folder)", at: now)
            taken += 1
        }
        let directory = try transaction.directory(freeMail: rules.freeMail)
        for message in messages {
            try transaction.waitAnew(message.number, documents: documents)
            guard
                let decision = try message.decide(
                    rules: rules, directory: directory, checks: checks, in: transaction, now: now)
            else { continue }
            let facts = try transaction.filingFacts(of: message.number)
            let decider = Decider(rules: rules, directory: directory, checks: checks(facts.source))
            try Refiling(transaction: transaction, decider: decider, now: now).refile(
                message.number, matching: decision.matching, because: decision.matchReason,
                judgement: decision.judgement, history: history(facts.source))
            try transaction.audit(
                "message.unlink", by: actor, account: facts.account?.rawValue, subject: "\(message.number)",
                detail: "taken back", at: now)
        }
        return taken
    }
}
