internal import Configuration
internal import Daemon
internal import Intake
internal import Mail
internal import Mailroom
internal import Store

/// An explanation as people and as programs read it.
struct ExplanationLines {
    private let configuration: Configuration
    private let directory: Mailroom.Directory
    /// Of the source the message came by.
    private let source: String?

    init(_ configuration: Configuration, _ directory: Mailroom.Directory, source: String?) {
        self.configuration = configuration
        self.directory = directory
        self.source = source
    }

    func json(_ explanation: Explanation, _ placements: [PlacementRow]) -> JSON {
        [
            "message": MessageLines.json(
                explanation.message, placements, isRecorded: explanation.isRecorded),
            "steps": JSON((explanation.judgement.steps + explanation.matching.steps).map(json)),
            "parts": JSON(explanation.parts.map(json)),
        ]
    }

    func json(_ step: Step) -> JSON {
        [
            "rule": .string(step.rule), "outcome": .string(step.outcome), "decided": JSON(step.decided),
            "because": .string(step.because), "where": JSON(place(step)),
        ]
    }

    private func json(_ part: PartRow) -> JSON {
        [
            "section": .string(part.section.text), "name": JSON(part.name),
            "state": .string(part.state.rawValue), "reason": JSON(part.reason),
            "folder": JSON(part.document?.folder), "because": .string(part.because),
            "where": JSON(part.place),
        ]
    }

    func text(
        _ explanation: Explanation, _ placements: [PlacementRow], _ clock: OfficeClock
    ) -> [String] {
        var lines = [MessageLines.head(explanation.message, placements, clock)]
        if !explanation.isRecorded {
            lines.append("It came by no mailbox: this is what would become of it in \(explanation.source).")
        }
        lines += sender(explanation)
        lines += whose(explanation.matching)
        let recorded = explanation.message
        if explanation.isRecorded,
            recorded.account != explanation.matching.account
                || recorded.match != explanation.matching.kind.rawValue
        {
            lines.append("  recorded as \(whose(recorded)): \(recorded.matchReason)".shown)
        }
        if explanation.parts.isEmpty {
            lines.append("files    none")
        } else {
            lines.append("files")
            lines += explanation.parts.flatMap(file)
        }
        return lines
    }

    private func sender(_ explanation: Explanation) -> [String] {
        let judgement = explanation.judgement
        let words =
            switch judgement.verdict {
            case .proven: "genuine"
            case .open: "not confirmed"
            case .against: "not to be believed"
            }
        var lines = ["sender   \(words): \(judgement.because)".shown]
        lines += steps(judgement.steps)
        if explanation.isRecorded, explanation.message.verdict != judgement.verdict {
            let recorded = explanation.message
            lines.append("  recorded as \(recorded.verdict.rawValue): \(recorded.verdictReason)".shown)
        }
        return lines
    }

    /// Whose it is, and the rules that were asked.
    func whose(_ matching: Matching) -> [String] {
        let account = matching.account.flatMap { directory.accounts[$0] }
        let offered = (matching.candidates + matching.suggestions.map(\.account)).compactMap {
            directory.accounts[$0]?.number.text
        }
        let kind = matching.kind.rawValue
        let words =
            account.map { "\($0.number) \($0.name)" }
            ?? (offered.isEmpty ? kind : "\(kind): \(offered.joined(separator: " or "))")
        return ["account  \(words)".shown] + steps(matching.steps)
    }

    private func whose(_ message: MessageSummary) -> String {
        (message.accountNumber.map { "account \($0)" } ?? "nobody’s") + " by \(message.match)"
    }

    private func steps(_ steps: [Step]) -> [String] {
        guard !steps.isEmpty else { return [] }
        var table = Table([])
        for step in steps {
            let rule = step.rule.split(separator: ".").last.map(String.init) ?? step.rule
            table.add([
                "  " + rule.replacing("_", with: " "), step.because.shown,
                step.decided ? "← decided" : step.outcome, place(step) ?? "",
            ])
        }
        return table.lines
    }

    private func file(_ part: PartRow) -> [String] {
        let name = (part.name ?? "part \(part.section)").shown.shortened(to: 44)
        let access = part.document.flatMap { document -> String? in
            let account = directory.accounts.values.first { $0.number.text == document.account }
            let top = document.folder.prefix { $0 != "/" }
            return account?.folders.first { $0.name == top }?.access.words
        }
        let fate = MessageLines.fate(part) + (access.map { "   \($0)" } ?? "")
        let place = part.place.map { "   \($0)" } ?? ""
        return ["  \(name)  \(fate)", "      \(part.because)\(place)".shown]
    }

    private func place(_ step: Step) -> String? { configuration.place(of: step, source: source) }
}
