internal import Mail

/// What the field groups of a delivery status say. RFC 3464.
///
/// The first group is the message's, each that follows one recipient's. Some
/// servers leave out the empty line between, or put one too many: a second
/// Final-Recipient begins another, and a group without one goes on.
struct StatusReport {
    typealias Field = ReportFields.Field

    private var recipients: [[Field]] = []

    init(_ fields: ReportFields) {
        for group in fields.groups {
            for field in group.prefix(200) {
                let names = ["final-recipient", "original-recipient", "action", "status", "diagnostic-code"]
                guard names.contains(field.name) || field.name.hasPrefix("x-") else { continue }
                let begins =
                    recipients.isEmpty || recipients[recipients.count - 1].contains { $0.name == field.name }
                if begins, names.prefix(3).contains(field.name) || recipients.isEmpty {
                    recipients.append([field])
                } else {
                    recipients[recipients.count - 1].append(field)
                }
            }
        }
        recipients.removeAll { fields in
            !fields.contains { $0.name.hasSuffix("-recipient") || $0.name == "action" }
        }
    }

    var reports: [MachineReport] { recipients.prefix(500).map(Self.report) }

    private static func report(_ fields: [Field]) -> MachineReport {
        func value(_ name: String) -> String? { fields.first { $0.name == name }?.value }
        let said = value("diagnostic-code").map(afterType) ?? ""
        let spoken = ServerWords([BounceText.Line(said[...])]).status
        let declared = value("status").flatMap { ReportAddress.status($0) }
        let action = action(value("action"), status: declared ?? spoken)
        let final = value("final-recipient").flatMap(ReportAddress.address)
        let original = value("original-recipient").flatMap(ReportAddress.address)
        return MachineReport(
            recipient: final ?? value("x-actual-recipient").flatMap(ReportAddress.address) ?? original,
            original: original == final ? nil : original, action: action,
            status: status(declared: declared, spoken: spoken, action: action),
            words: String(said.prefix(500)))
    }

    /// `x.0.0` says nothing but the class: then the server's own words are more. So they are where a
    /// failure is called temporary and the server said for good (La Poste, 2023: `Status: 4.5.0` of a 550).
    private static func status(
        declared: EnhancedStatus?, spoken: EnhancedStatus?, action: MachineReport.Action
    ) -> EnhancedStatus? {
        guard let declared else {
            return spoken ?? (action == .failed ? ServerWords.status(isDelay: false) : nil)
        }
        guard let spoken else { return declared }
        if action == .failed, declared.subject != 0,
            spoken == EnhancedStatus(.permanent, declared.subject, declared.detail)
        {
            return spoken
        }
        guard declared.subject == 0, declared.detail == 0, spoken.subject != 0 || spoken.detail != 0 else {
            return declared
        }
        return spoken
    }

    /// Without an Action the class tells: RFC 3463 section 2.
    private static func action(_ text: String?, status: EnhancedStatus?) -> MachineReport.Action {
        let word = text?.split { !$0.isLetter }.first?.lowercased()
        switch word {
        case "failed", "failure", "expired": return .failed
        case "delayed", "deferred": return .delayed
        case "delivered": return .delivered
        case "relayed": return .relayed
        case "expanded": return .expanded
        case .some, .none:
            return switch status?.class {
            case .success: .delivered
            case .persistentTransient: .delayed
            case .permanent, nil: .failed
            }
        }
    }

    /// Without the type before it: `smtp; 550 5.1.1 …`
    private static func afterType(_ value: String) -> String {
        guard let semicolon = value.firstIndex(of: ";"),
            value[..<semicolon].allSatisfy({ $0.isLetter || $0.isNumber || "-_. ".contains($0) })
        else { return value }
        return String(value[value.index(after: semicolon)...].drop(while: \.isWhitespace))
    }
}
