package import Archive
internal import Mail
internal import Mailroom
package import Sandbox
package import Store
package import Workers

/// Opens what asks for a password, in children that may take their time: mail goes on coming meanwhile.
///
/// The password is told to the child and to nobody else; neither the journal
/// nor the ledger has it.
package actor Unlocker: WorkerActor {
    package nonisolated let worker = Worker(pool: Unlocker.pool)
    private let opener: ContainerOpener
    private static let pool = WorkerPool(name: "mailroom-unlock", limit: 2)

    /// - Parameter child: the program whose tools open files; a test's has no tools of its own.
    package init(vault: Vault, child: ChildTool = ChildTool()) {
        opener = ContainerOpener(vault: vault, child: child)
    }

    /// Tries one password after the other.
    func unlock(
        _ part: LockedPart, with passwords: [Password], rules: DecisionRules
    ) throws -> (unlocked: ContainerOpener.Unlocked, number: Int) {
        var last = ContainerOpener.Unlocked.wrongPassword
        for (number, password) in passwords.enumerated() {
            last = try opener.unlock(part, with: password, rules: rules)
            guard case .wrongPassword = last else { return (last, number) }
        }
        return (last, passwords.count)
    }
}

/// What became of a locked part and some passwords.
package enum UnlockEnding: Sendable, Equatable {
    /// With the number of the password that did it, and what was filed.
    case opened(Int, Clerk.Report)
    case wrongPassword
    /// The words are the program's, for the audit and the journal.
    case unreadable(String)
    case unavailable(String)
    /// Somebody was faster.
    case gone
}

extension Clerk {
    /// The passwords that a mail may tell.
    package func passwords(in mail: MessageNumber) async throws -> [Password] {
        let words = try await Rereader(vault: recorder.vault, store: store).passwordWords(of: mail)
        return words.compactMap { Password($0) }
    }

    /// Opens a part that asks for a password, and has what is in it judged as if it had come that way.
    ///
    /// What came out is durable before it is recorded; the part itself becomes
    /// a container, and the original stays as it was.
    ///
    /// - Parameter recording: done in the same transaction, with the number of the password that opened it.
    package func unlock(
        _ part: LockedPart, with passwords: [Password], by unlocker: Unlocker,
        recording: @escaping @Sendable (StoreTransaction, Int) throws -> Void = { _, _ in }
    ) async throws -> UnlockEnding {
        let rules = await recorder.currentRules
        let (unlocked, number) = try await unlocker.unlock(part, with: passwords, rules: rules)
        let parts: [ReceivedPart]
        switch unlocked {
        case .opened(let found): parts = found
        case .wrongPassword: return .wrongPassword
        case .unreadable(let words): return .unreadable(words)
        case .unavailable(let words): return .unavailable(words)
        }
        let clerk = self
        let desk = DocumentDesk(vault: recorder.vault, store: store, placing: recorder.placeDocuments)
        let report = try await desk.keep(parts.compactMap(\.content)) { transaction -> Report? in
            guard try transaction.lockedParts(of: part.message, section: part.section) == [part] else {
                return nil
            }
            let report = try clerk.record(parts, of: part, rules: rules, transaction)
            try recording(transaction, number)
            return report
        }
        return report.map { .opened(number, $0) } ?? .gone
    }

    private func record(
        _ parts: [ReceivedPart], of part: LockedPart, rules: DecisionRules, _ transaction: StoreTransaction
    ) throws -> Report {
        for found in parts {
            if let content = found.content {
                try transaction.addContent(content.digest, octets: Int64(content.octets))
            }
            let plan = PartPlan(
                found.section, .needsFiling, .encrypted, because: "it was opened with a password")
            try transaction.addPart(
                found.facts, charset: found.charset, stored: found.content != nil, plan: plan,
                document: nil, of: part.message)
        }
        try transaction.setOpened(part)
        let stored = try transaction.storedMatching(of: part.message)
        let facts = try transaction.filingFacts(of: part.message)
        let directory = try transaction.directory(freeMail: rules.freeMail)
        let decider = Decider(rules: rules, directory: directory, checks: checks(facts.source))
        let outcome = try Refiling(transaction: transaction, decider: decider, now: now).refile(
            part.message, matching: stored.matching, because: stored.because, judgement: stored.judgement,
            history: history(facts.source))
        var report = Report()
        report.add(outcome, belongs: stored.matching.account != nil)
        try transaction.audit(
            "file.open", by: actor, account: stored.matching.account?.rawValue,
            subject: "\(part.message):\(part.section)",
            detail: "opened with a password: \(parts.count) in it, \(report.filed) filed", at: now)
        return report
    }
}
