internal import Crypto
internal import MIME
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// Asks the domain's decisions about one message, with the facts they need.
struct Decider: Sendable {
    let rules: DecisionRules
    let directory: Mailroom.Directory
    let checks: SenderChecks

    /// What was decided about a message as a whole.
    struct Decision: Sendable {
        let judgement: Judgement
        let matching: Matching

        /// The sender whose answer to a request counts: proven, or confirmed by staff; nil: none.
        func believedSender(_ sender: AddressKey?, _ isConfirmed: Bool) -> AddressKey? {
            guard matching.account != nil, matching.request?.account == matching.account else { return nil }
            switch judgement.verdict {
            case .proven: return sender
            case .open: return isConfirmed ? sender : nil
            case .against: return nil
            }
        }

        /// The sentence of the step that decided.
        var matchReason: String {
            (matching.steps.last(where: \.decided) ?? matching.steps.last)?.because ?? matching.kind.rawValue
        }
    }

    /// The same rules, with everybody the firm knows by now.
    func renewed(in transaction: StoreTransaction) throws -> Decider {
        Decider(rules: rules, directory: try transaction.directory(freeMail: rules.freeMail), checks: checks)
    }

    func decide(_ facts: MessageFacts) -> Decision {
        Decision(
            judgement: rules.trust(checks).judge(facts, directory),
            matching: rules.matcher.match(facts, directory))
    }

    func facts(
        of parsed: ParsedMessage, parts: [ReceivedPart], displayed: DisplayedText, source: String,
        use: MailboxUse?
    ) -> MessageFacts {
        let root = parsed.parts.first?.head
        // Only what staff forward is looked through for whom it was from.
        let sender = parsed.envelope.from.first.flatMap { AddressKey($0.address) }
        let isStaff = sender.map { rules.own.isStaff($0) } ?? false
        let mayBeMachine = parsed.envelope.from.first.map(MachineSender.mayBe) ?? false
        return MessageFacts(
            envelope: parsed.envelope,
            fields: parsed.header.fields.map { field in
                HeaderField(field.name, String(decoding: field.rawValue, as: UTF8.self))
            },
            source: source, use: use, mediaType: root?.mediaType ?? .plainText,
            reportType: root?.parameters["report-type"]?.lowercased(),
            reportKinds: ReportCollector.kinds(in: parsed),
            returnsMessage: ReportCollector.returnsMessage(parsed),
            notice: mayBeMachine ? String(displayed.plain.prefix(2000)) : "",
            calendarMethods: parsed.parts.filter { $0.head.mediaType == MediaType("text", "calendar") }
                .compactMap { $0.head.parameters["method"]?.uppercased() },
            deliveredTo: ["delivered-to", "x-original-to", "envelope-to"]
                .flatMap { parsed.header.values(of: $0) }
                .compactMap { EmailAddress($0.filter { !"<> \t\r\n".contains($0) }) },
            partNames: parts.compactMap(\.name),
            attachedFrom: parsed.parts.compactMap { $0.envelope?.from.first },
            text: isStaff ? displayed.plain : "")
    }

    /// What the same message has in common wherever it is met: see `MessageIdentity`.
    func identity(of message: ReceivedMessage) -> SHA256Digest {
        SHA256.digest(
            of: MessageIdentity(
                message.parsed.envelope,
                // With the leaves of attached messages, and without what a container's tool got out of it.
                contents: message.parts.filter { !$0.section.isMember && !$0.isMessage }.map(\.digest)
            ).canonical)
    }
}

extension Section {
    /// Whether it came out of a container that is no message.
    fileprivate var isMember: Bool { text.contains("/") }
}
