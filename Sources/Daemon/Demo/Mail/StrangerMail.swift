/// Mail of nobody the firm knows: offers, newsletters, machines.
struct StrangerMail {
    let scene: Scene

    var messages: [DemoMessage] { people + machines }

    private var people: [DemoMessage] {
        let painter = scene.ago(16, 8, 8, from: People.painter)
        let applicant = scene.ago(7, 19, 19, from: People.applicant)
        let question = scene.ago(1, 9, 0, from: People.applicant)
        let offer = PDF(
            title: "Angebot", lines: ["Malermeister Krüger", "Treppenhaus, 2 Etagen", "3.900,00 €"])
        let life = PDF(title: "Lebenslauf", lines: ["Lena Brandt", "Steuerfachangestellte"])
        let asking = Correspondent(name: "Paul Weiss", address: "paul.weiss@freemail.example")
        return [
            Draft(from: People.painter, subject: "Angebot Treppenhaus", date: painter).message(
                "an offer from a stranger: waits until staff say who that is", .waits(reason: "unmatched"),
                .mixed([
                    .text("Sehr geehrte Damen und Herren,\n\nanbei unser Angebot.\n"),
                    .file(offer.file("Angebot.pdf")),
                ])),
            Draft(from: People.applicant, subject: "Bewerbung", date: applicant).message(
                "an application", .waits(reason: "unmatched"),
                .mixed([
                    .text("Guten Tag,\n\nich bewerbe mich bei Ihnen.\n"), .file(life.file("Lebenslauf.pdf")),
                ])),
            Draft(from: asking, subject: "Steuererklärung: nehmen Sie noch Mandanten an?", date: question)
                .message(
                    "a question from a stranger", .shown,
                    .text("Guten Tag,\n\nhaben Sie noch Plätze frei?\n\nPaul Weiss\n")),
        ]
    }

    private var machines: [DemoMessage] {
        let letter = Correspondent(name: "Kammer aktuell", address: "newsletter@kammer-aktuell.example")
        let news = scene.ago(15, 5, 0, from: letter)
        let more = scene.ago(1, 5, 0, from: letter)
        let daemon = Correspondent(
            name: "Mail Delivery System", address: "MAILER-DAEMON@mail.lindqvist-studio.example")
        let failed = scene.ago(10, 12, 13, from: daemon)
        let portal = scene.ago(3, 6, 45, from: People.portal)
        let bill = PDF(title: "Beleg 5512", lines: ["Hefegroßhandel Nord", portal.german, "219,80 €"])
        func newsletter(_ date: MailDate, _ number: Int) -> DemoMessage {
            Draft(
                from: letter, subject: "Kammer aktuell \(number): Fristen und Termine", date: date,
                extra: [
                    "List-Id: Kammer aktuell <news.kammer-aktuell.example>",
                    "List-Unsubscribe: <https://kammer-aktuell.example/abmelden?id=\(number)>",
                    "Precedence: bulk",
                ]
            ).message(
                "a newsletter, number \(number): kept out of the way", .shown,
                Letter.body(letter, "Die Fristen des Monats auf einen Blick.\n\nAbmelden: siehe unten."))
        }
        return [
            newsletter(news, 11), newsletter(more, 12),
            Draft(
                from: daemon, subject: "Undelivered Mail Returned to Sender", date: failed,
                extra: ["Auto-Submitted: auto-replied"], reversePath: ""
            ).message("a delivery report", .shown, Self.report(failed)),
            Draft(from: People.portal, subject: "Neuer Beleg für Mandant 10482", date: portal).message(
                "a portal that sends for many clients: its number in the subject is a suggestion",
                .waits(reason: "suggested"),
                .mixed([.text("Ein Beleg wurde hochgeladen.\n"), .file(bill.file("Beleg_5512.pdf"))])),
        ]
    }

    /// RFC 3464: for people, for programs, and the head of what did not arrive.
    private static func report(_ date: MailDate) -> Part {
        .multipart(
            "report", parameters: "; report-type=delivery-status",
            [
                .text("I could not deliver your message to nora.l@lindqvist-studio.example: user unknown.\n"),
                .raw(
                    "Content-Type: message/delivery-status",
                    """
                    Reporting-MTA: dns; mail.lindqvist-studio.example
                    Arrival-Date: \(date.headerField)

                    Final-Recipient: rfc822; nora.l@lindqvist-studio.example
                    Action: failed
                    Status: 5.1.1
                    Diagnostic-Code: smtp; 550 5.1.1 user unknown

                    """),
                .raw(
                    "Content-Type: text/rfc822-headers",
                    """
                    From: Jana Vogel <jana@bergmann-stb.example>
                    To: nora.l@lindqvist-studio.example
                    Subject: Ihr Angebot
                    Message-ID: <angebot-118@bergmann-stb.example>

                    """),
            ])
    }
}
