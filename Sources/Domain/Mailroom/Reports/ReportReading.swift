package import Mail

/// All that a machine's mail says.
package struct ReportReading: Hashable, Sendable {
    package var reports: [MachineReport]
    /// Every id by which it may name the letter it is about, the surest first.
    package var letters: [MessageID]

    package init(reports: [MachineReport] = [], letters: [MessageID] = []) {
        self.reports = reports
        self.letters = letters
    }

    /// What automatic mail says of letters; nil of mail that says nothing of any.
    ///
    /// | nature | read as |
    /// |---|---|
    /// | delivery report, disposition notice | what ``BounceReader`` finds |
    /// | automatic reply | its sender is away |
    /// | calendar reply, bulk, a person's own | nothing |
    package static func of(
        _ facts: MessageFacts, nature: MailNature, content: @autoclosure () -> ReportContent
    ) -> ReportReading? {
        guard case .automatic(let kind) = nature else { return nil }
        switch kind {
        case .deliveryReport, .dispositionNotice:
            return BounceReader.read(content(), envelope: facts.envelope)
        case .reply: return away(facts, content())
        case .calendarReply: return nil
        }
    }

    /// An answer in somebody's place: RFC 3834 section 3.1 has it name what it answers.
    private static func away(_ facts: MessageFacts, _ content: ReportContent) -> ReportReading {
        let lines = content.texts.first.map { BounceText($0).notice.map(\.text).filter { !$0.isEmpty } } ?? []
        let words = ([facts.envelope.subject].compactMap { $0 } + lines.prefix(6)).joined(separator: " ")
        let report = MachineReport(
            recipient: facts.envelope.from.first?.address, action: .away, words: String(words.prefix(500)))
        return ReportReading(reports: [report], letters: answered(by: facts.envelope))
    }

    /// What a report's own header says it answers: the nearest of its thread alone, for the rest of it is
    /// what others wrote.
    static func answered(by envelope: Envelope) -> [MessageID] {
        envelope.inReplyTo.prefix(10) + envelope.references.suffix(1)
    }

    /// The names of a message that came back: its own, and the one that our letters end their References with.
    ///
    /// Whoever answers a letter of ours has its names in References too, and
    /// when that answer comes back, the letter didn't.
    static func names(id: MessageID?, references: [MessageID]) -> [MessageID] {
        let mark = references.last.flatMap { isMark($0) ? $0 : nil }
        return [id, mark].compactMap { $0 }
    }

    /// `TOKEN.r@domain`, the token being 26 characters of base32.
    private static func isMark(_ id: MessageID) -> Bool {
        let local = id.rawValue.prefix { $0 != "@" }
        return local.hasSuffix(".r") && local.utf8.count == 28
    }
}
