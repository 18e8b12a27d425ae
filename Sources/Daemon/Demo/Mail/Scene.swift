import Mail

/// When the demo plays: each mail is so many days before now.
struct Scene {
    let now: Timestamp

    /// Always in the past, from one day back.
    func ago(_ days: Int, _ hour: Int, _ minute: Int, from sender: Correspondent) -> MailDate {
        precondition(days > 0, "a time of today may be yet to come")
        let (year, month, day) = Timestamp(seconds: now.seconds - Int64(days) * 86_400).utcDate
        let moment = Timestamp(year: year, month: month, day: day, hour: hour - 1, minute: minute)
        guard let moment else { preconditionFailure("a mail of the demo has an impossible time of day") }
        return MailDate(moment: moment, zone: sender.zone)
    }

    /// A day of the year before.
    func lastYear(_ month: Int, _ day: Int, _ hour: Int, from sender: Correspondent) -> MailDate {
        let moment = Timestamp(year: now.utcDate.year - 1, month: month, day: day, hour: hour, minute: 12)
        guard let moment else { preconditionFailure("a mail of the demo has an impossible day") }
        return MailDate(moment: moment, zone: sender.zone)
    }

    /// `Archive/2025`
    var archive: String { "Archive/\(now.utcDate.year - 1)" }
}

/// Bodies as mail programs make them: text and HTML side by side, the logo within, files behind.
enum Letter {
    static func body(
        _ sender: Correspondent, _ text: String, charset: Charset = .utf8, html: Bool = true,
        _ files: [Part] = []
    ) -> Part {
        let signed = sender.signature.isEmpty ? text : "\(text)\n\n-- \n\(sender.signature)\n"
        let plain = Part.text(signed, charset: charset)
        var words = plain
        if html {
            let logo = sender.logo
            let paragraphs = signed.split(separator: "\n\n").map { paragraph in
                "<p>\(OfficeFile.escaped(String(paragraph)).replacing("\n", with: "<br>\n"))</p>"
            }
            let contentID = "logo@\(sender.domain)"
            let picture = logo == nil ? "" : "<img src=\"cid:\(contentID)\" width=\"48\" alt=\"\">\n"
            let page = Part.html(
                "<html><body>\n\(paragraphs.joined(separator: "\n"))\n\(picture)</body></html>\n",
                charset: charset)
            let shown =
                logo.map { Part.related(page, [.file($0, disposition: "inline", contentID: contentID)]) }
                ?? page
            words = .alternative(plain, shown)
        }
        return files.isEmpty ? words : .mixed([words] + files)
    }
}
