/// What the firm itself wrote: its Sent mailbox, and a colleague's forward.
struct OfficeMail {
    let scene: Scene

    private var wages: Draft {
        Draft(
            from: People.jana, to: [People.sabine], subject: "Unterlagen Lohn",
            date: scene.ago(12, 10, 30, from: People.jana), proof: .inside)
    }

    /// What the bakery answers to.
    var wagesID: String { wages.ownMessageID }

    var messages: [DemoMessage] { sent + [forward] }

    private var sent: [DemoMessage] {
        let letter = PDF(
            title: "Engagement letter", lines: ["Smith & Daughters GmbH", "Please sign and return."])
        let figures = PDF(title: "Auswertung", lines: ["Weingut Müller KG", "Umsatz 2. Quartal: 84.210 €"])
        func sent(_ draft: Draft, _ label: String, _ body: Part) -> DemoMessage {
            draft.message(label, .shown, mailbox: "Sent", isSeen: true, body)
        }
        return [
            sent(
                wages, "the firm asks the bakery for time sheets",
                Letter.body(People.jana, "Liebe Frau Hofmann,\n\nbitte senden Sie uns die Stundenzettel.")),
            sent(
                Draft(
                    from: People.jana, to: [People.kate], subject: "Engagement letter",
                    date: scene.ago(18, 14, 5, from: People.jana), proof: .inside),
                "the firm sends Kate Smith a letter: its attachment is never the client's",
                Letter.body(
                    People.jana, "Dear Kate,\n\nplease find the letter attached.",
                    [.file(letter.file("Engagement letter.pdf"))])),
            sent(
                Draft(
                    from: People.yuki, to: [People.tanaka], subject: "Re: 請求書送付の件", charset: .iso2022JP,
                    date: scene.ago(14, 9, 20, from: People.yuki), proof: .inside),
                "the firm thanks Sakura, in Japanese",
                Letter.body(
                    People.yuki, "田中様\n\nお世話になっております。\n請求書を確かに受け取りました。", charset: .iso2022JP, html: false)),
            sent(
                Draft(
                    from: People.jana, to: [People.emily], cc: [People.northgate], subject: "VAT return Q3",
                    date: scene.ago(13, 11, 45, from: People.jana), proof: .inside),
                "the firm confirms Northgate's VAT return",
                Letter.body(People.jana, "Dear Emily,\n\nthe return was filed this morning.")),
            sent(
                Draft(
                    from: People.jana, to: [People.jorg], subject: "Ihre Auswertung",
                    date: scene.ago(11, 15, 10, from: People.jana), proof: .inside),
                "the firm sends the winery its figures",
                Letter.body(
                    People.jana, "Lieber Herr Müller,\n\nanbei die Auswertung.",
                    [.file(figures.file("Auswertung.pdf"))])),
        ]
    }

    private var forward: DemoMessage {
        let date = scene.ago(2, 9, 33, from: People.jana)
        let original = scene.ago(2, 8, 58, from: People.jorg)
        let bill = PDF(title: "Rechnung Fässer", lines: ["Küferei Adam", original.german, "2.460,00 €"])
        return Draft(from: People.jana, subject: "WG: Rechnung Küferei", date: date).message(
            "a colleague forwards a client's mail: a suggestion, for the forward may be wrong",
            .waits(reason: "suggested"),
            Letter.body(
                People.jana,
                """
                Bitte ablegen, kam an meine Adresse.

                Von: Jörg Müller <kontakt@weingut-müller.example>
                Gesendet: \(original.german) \(original.time)
                An: Jana Vogel
                Betreff: Rechnung Küferei

                Guten Tag Frau Vogel, hier die Rechnung für die neuen Fässer.
                """, html: false, [.file(bill.file("Rechnung Küferei.pdf"), name: .encodedWord(.utf8))]))
    }
}
