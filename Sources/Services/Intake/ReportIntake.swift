internal import Mail
internal import Mailroom
internal import Store

/// A machine's mail about a letter of ours, on its way into the ledger.
///
/// Mail that names no letter of ours changes nothing but the list of mail.
struct ReportIntake {
    let letter: ReportedLetter
    let reports: [MachineReport]

    /// Nil for people's mail, and for machines' that names no letter of ours.
    init?(
        _ message: ReceivedMessage, _ facts: MessageFacts, nature: MailNature, transaction: StoreTransaction
    ) throws {
        let reading = ReportReading.of(
            facts, nature: nature, content: message.report.content(of: message.parsed))
        guard let reading,
            let letter = try transaction.reportedLetter(reading.letters, tokens: AnswerNames(facts).tokens)
        else { return nil }
        self.letter = letter
        reports = reading.reports
    }
}

extension Decider.Decision {
    /// A report shows on the Email tab of its letter's account; it stays what is never filed.
    func reporting(of letter: ReportedLetter?) -> Decider.Decision {
        guard let account = letter?.account, matching.account != account else { return self }
        var own = Matching(.request, account: account)
        own.nature = matching.nature
        own.mentioned = matching.mentioned.filter { $0 != account }
        own.steps =
            matching.steps
            + [
                Step(
                    "matching.report", "its account", decided: true, because: "it reports of a letter of ours"
                )
            ]
        return Decider.Decision(judgement: judgement, matching: own)
    }
}
