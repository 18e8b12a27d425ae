internal import Mail
internal import Mailroom
internal import Store

/// `mailroom message show`: a message, its parts, and what became of each. INTERFACES.md.
enum MessageShow {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let message = try await desk.message(invocation.arguments.operands[0])
        let shown = try await desk.store.read { transaction in
            (
                placements: try transaction.placements(of: message.number),
                parts: try transaction.parts(of: message.number),
                to: try transaction.recipients(of: message.number, role: "to"),
                cc: try transaction.recipients(of: message.number, role: "cc"),
                suggestions: try transaction.suggestions(of: message.number)
            )
        }
        if invocation.json {
            invocation.output.print(MessageLines.json(message, shown.placements, parts: shown.parts))
            return .ok
        }
        let clock = OfficeClock(desk.configuration, now: desk.now)
        let output = invocation.output
        output.print(MessageLines.head(message, shown.placements, clock))
        for (label, people) in [("To", shown.to), ("Cc", shown.cc)] where !people.isEmpty {
            let names = people.map { ($0.name.map { $0 + " " } ?? "") + "<\($0.address)>" }
            output.print("\(label)       \(names.joined(separator: ", ").shown)")
        }
        output.print("sender   \(message.verdict.rawValue): \(message.verdictReason.shown)")
        let whose = message.accountNumber.map { "account \($0)" } ?? "nobody’s yet"
        let offered =
            message.account == nil && !shown.suggestions.isEmpty
            ? " (suggested: \(shown.suggestions.joined(separator: ", ")))" : ""
        output.print("whose    \(whose)\(offered), by \(message.match): \(message.matchReason.shown)")
        for placement in shown.placements.dropFirst() {
            let gone = placement.gone == nil ? "" : " (gone from the server)"
            output.print("also in  \(placement.source)/\(placement.mailbox) \(placement.uid)\(gone)".shown)
        }
        var table = Table(["PART", "TYPE", "SIZE", "NAME", "WHAT BECAME OF IT"])
        for part in shown.parts {
            table.add([
                part.section.text, part.mediaType.shown, size(part.octets),
                (part.name ?? "–").shown.shortened(to: 40), MessageLines.fate(part),
            ])
        }
        if table.isEmpty {
            output.print("It has no part that was recorded.")
        } else {
            for line in table.lines { output.print(line) }
        }
        return .ok
    }
}
