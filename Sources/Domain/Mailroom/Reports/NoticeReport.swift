internal import Mail

/// What a disposition notice or an abuse report says: things that happened, never failures. RFC 8098, RFC 5965.
struct NoticeReport {
    let report: MachineReport

    init?(_ fields: ReportFields) {
        let all = fields.groups.joined()
        func value(_ name: String) -> String? { all.first { $0.name == name }?.value }
        switch fields.kind {
        case .delivery: return nil
        case .disposition:
            guard value("disposition") != nil || value("final-recipient") != nil else { return nil }
            let disposition = value("disposition") ?? ""
            let final = value("final-recipient").flatMap(ReportAddress.address)
            let original = value("original-recipient").flatMap(ReportAddress.address)
            report = MachineReport(
                recipient: final ?? original, original: original == final ? nil : original,
                action: Self.action(disposition), words: String(disposition.prefix(500)))
        case .feedback:
            report = MachineReport(
                recipient: (value("original-rcpt-to") ?? value("removal-recipient"))
                    .flatMap(ReportAddress.address),
                action: .complained, words: String((value("feedback-type") ?? "abuse").prefix(500)))
        }
    }

    /// What stands behind the semicolon; `deleted` is seen by nobody, but it arrived.
    private static func action(_ disposition: String) -> MachineReport.Action {
        let kind = disposition.split(separator: ";").last?.lowercased() ?? ""
        return kind.contains("displayed") ? .displayed : .delivered
    }
}
