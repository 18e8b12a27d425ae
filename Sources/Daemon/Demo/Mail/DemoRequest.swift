package import Mail

/// What the demo's firm asks a client for, and what the client makes of it.
///
/// Sabine sends two of the three things she was asked for, as people do.
package struct DemoRequest: Sendable {
    package let account = "10482"
    package let recipient = People.sabine.address
    package let recipientName = People.sabine.name
    package let title: String
    package let text: String
    package let items = ["Stundenzettel", "Reisekosten", "Krankmeldungen"]
    /// Those of ``items`` that the answer brings.
    package let answered = ["Stundenzettel", "Reisekosten"]
    /// `2026-12-04`: in two weeks, never on a weekend.
    package let due: String
    private let month: String

    package init(now: Timestamp) {
        let months = [
            "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
            "November", "Dezember",
        ]
        month = months[now.utcDate.month - 1]
        // 1970-01-01 was a Thursday.
        let day = now.seconds / 86_400 + 14
        let back = max(0, (day + 3) % 7 - 4)
        due = String(Timestamp(seconds: (day - back) * 86_400).rfc3339.prefix(10))
        title = "Lohnunterlagen \(month)"
        text = "Für die Lohnabrechnung \(month) fehlen uns noch diese Unterlagen."
    }

    /// Sabine's answer by mail, as a mail program threads it.
    ///
    /// - Parameters:
    ///   - messageID: of the letter she got, without brackets.
    ///   - references: of that letter, likewise.
    package func answer(to messageID: String, references: [String], subject: String, now: Timestamp)
        -> DemoMessage
    {
        let hours = OfficeFile.sheet(
            "Stundenzettel_\(month).xlsx", [["Name", "Stunden"], ["Aylin", "158"], ["Marek", "162,5"]])
        let travel = PDF(title: "Reisekosten", lines: ["Bäckerei Hofmann GmbH", month, "84,20 €"])
            .file("Reisekosten \(month).pdf")
        var draft = Draft(
            from: People.sabine, subject: "Re: \(subject)",
            date: MailDate(moment: now, zone: People.sabine.zone))
        let thread = (references + [messageID]).map { "<\($0)>" }
        draft.extra = ["In-Reply-To: <\(messageID)>", "References: \(thread.joined(separator: "\n "))"]
        return draft.message(
            "Sabine Hofmann answers by mail, with two of three", .filed(account: account),
            Letter.body(
                People.sabine,
                "Guten Tag,\n\nhier sind Stundenzettel und Reisekosten. Die Krankmeldungen reiche ich nach.",
                [.file(hours), .file(travel)]))
    }
}
