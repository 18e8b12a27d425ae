internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// Files one file that a person sent to us, by the rules of mail, and what came out of it.
///
/// Not asked is what guesses whether somebody meant to send a document: here they did.
struct ArrivalFiling {
    let rules: DecisionRules
    /// Octets of the largest file that is taken.
    let largest: Int64
    let now: Timestamp

    /// What became of it.
    struct Outcome {
        /// Its number in the message.
        let own: Section
        let facts: [PartFacts]
        let plans: [PartPlan]

        var filed: [Section] { sections { $0 == .filed || $0 == .duplicate } }
        var waiting: [Section] { sections { $0 == .needsFiling || $0 == .failed } }

        private func sections(_ isWanted: (LedgerState) -> Bool) -> [Section] {
            plans.filter { isWanted($0.state) }.map(\.section)
        }
    }

    /// - Parameters:
    ///   - account: whose it is, and the message's.
    ///   - context: what is known of the message, with the account as the directory has it.
    ///   - known: the document of this content that may be told of.
    func file(
        _ parts: [ReceivedPart], in message: MessageNumber, of account: AccountID,
        _ transaction: StoreTransaction, context: (Account?) -> FilingContext,
        known: (SHA256Digest) throws -> DocumentID?
    ) throws -> Outcome {
        let directory = try transaction.directory(freeMail: rules.freeMail)
        let filing = Filing(
            transaction: transaction,
            decider: Decider(rules: settled, directory: directory, checks: .none), now: now)
        let own = Section("\(try transaction.nextSection(of: message))")
        // First of all: a document's row refers to its content's.
        for content in parts.compactMap(\.content) {
            try transaction.addContent(content.digest, octets: Int64(content.octets))
        }
        let facts = try parts.map { part in
            var facts = part.facts
            facts.section = part.section.moved(to: own)
            facts.container = part.container?.moved(to: own)
            facts.alreadyFiled = try known(part.digest)
            return facts
        }
        let plans = try filing.plan(facts, context(directory.accounts[account]), history: .file)
        var documents: [Section: DocumentID] = [:]
        for (index, part) in parts.enumerated() {
            let document = try filing.carryOut(
                plans[index], facts[index], account: account, message: message, documents: &documents,
                isStored: part.content != nil)
            try transaction.addPart(
                facts[index], charset: part.charset, stored: part.content != nil, plan: plans[index],
                document: document, of: message)
        }
        return Outcome(own: own, facts: facts, plans: plans)
    }

    private var settled: DecisionRules {
        var rules = rules
        rules.filing.showOnly = []
        rules.filing.skipInline = false
        rules.filing.smallPicture = 0
        rules.filing.largest = max(rules.filing.largest, largest)
        return rules
    }
}

extension Section {
    /// The same place below another number.
    fileprivate func moved(to own: Section) -> Section {
        Section(own.text + text.drop { $0.isNumber })
    }
}
