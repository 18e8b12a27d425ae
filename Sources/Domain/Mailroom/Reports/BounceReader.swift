package import Mail

/// Says what a machine's mail reports of letters that went out.
///
/// The standard's fields count before words (RFC 3464, 8098, 5965), words of
/// people's own before the header of what came back. Nobody is believed by
/// this: whether the report is about a letter of ours at all is told by its
/// secret id, see ``ReportReading/letters``.
package enum BounceReader {
    /// Of one mail, no matter how much of it there is.
    private static let mostLetters = 100

    package static func read(_ content: ReportContent, envelope: Envelope) -> ReportReading {
        let texts = content.texts.prefix(4).map { BounceText($0) }
        return ReportReading(
            reports: reports(content, texts), letters: letters(content, texts, envelope: envelope))
    }

    private static func reports(_ content: ReportContent, _ texts: [BounceText]) -> [MachineReport] {
        let delivery = content.fields.filter { $0.kind == .delivery }.flatMap { StatusReport($0).reports }
        if !delivery.isEmpty { return withWords(delivery, texts) }
        let other = content.fields.compactMap(NoticeReport.init).map(\.report)
        if !other.isEmpty { return other.map { one in withWords([one], texts)[0] } }
        let failed = content.failedRecipients.flatMap { TextAddress.all(in: Array($0.utf8)).map(\.address) }
        for text in texts {
            let reports = BounceWords(text).reports(failed: failed)
            if !reports.isEmpty { return reports }
        }
        return withoutName(content, texts)
    }

    /// Nobody is named: then it is whom the returned message went to, where that is one.
    private static func withoutName(_ content: ReportContent, _ texts: [BounceText]) -> [MachineReport] {
        let returned = content.returned.first?.to.map(\.address) ?? []
        let below = texts.lazy.map(\.returnedRecipients).first { !$0.isEmpty }?.map(\.address) ?? []
        let recipients = returned.isEmpty ? below : returned
        guard let text = texts.first, !text.notice.isEmpty else { return [] }
        let words = ServerWords(text.notice)
        guard !words.isSuccess else { return [] }
        let isDelay = words.isDelay
        return [
            MachineReport(
                recipient: recipients.count == 1 ? recipients[0] : nil, action: isDelay ? .delayed : .failed,
                status: words.status ?? ServerWords.status(isDelay: isDelay),
                words: BounceWords(text).words)
        ]
    }

    /// Where a server's fields have no words of its own, its text has.
    private static func withWords(_ reports: [MachineReport], _ texts: [BounceText]) -> [MachineReport] {
        guard let text = texts.first else { return reports }
        let words = BounceWords(text)
        return reports.map { report in
            guard report.words.isEmpty else { return report }
            var report = report
            report.words = words.words
            return report
        }
    }

    private static func letters(
        _ content: ReportContent, _ texts: [BounceText], envelope: Envelope
    ) -> [MessageID] {
        let named = content.fields.flatMap { fields in
            fields.groups.joined().filter {
                ["original-message-id", "x-original-message-id", "original-envelope-id"].contains($0.name)
            }.compactMap { MessageID($0.value) }
        }
        let returned = content.returned.flatMap {
            ReportReading.names(id: $0.messageID, references: $0.references)
        }
        let below = texts.flatMap(\.returnedNames)
        var seen: Set<MessageID> = []
        return Array(
            (returned + below + named + ReportReading.answered(by: envelope))
                .filter { seen.insert($0).inserted }.prefix(mostLetters))
    }
}
