/// The bakery: a German client who sends everything, in every way.
struct BakeryMail {
    let scene: Scene

    private static let home = DemoMessage.Outcome.filed(account: "10482")

    var messages: [DemoMessage] { invoices + bank + scans + habits }

    private func statement(_ date: MailDate, _ amount: String) -> DemoFile {
        PDF(
            title: "Kontoauszug",
            lines: ["Bäckerei Hofmann GmbH", "Stand \(date.german)", "Saldo \(amount) €"]
        )
        .file("Kontoauszug.pdf")
    }

    private var flour: DemoFile {
        let date = scene.ago(30, 9, 0, from: People.sabine)
        return PDF(
            title: "Rechnung 4711",
            lines: ["Mühle Behrens", "Weizenmehl 550, 40 Sack", "Datum \(date.german)", "1.284,00 €"]
        ).file("Rechnung Mühle Behrens.pdf")
    }

    private var invoices: [DemoMessage] {
        let first = scene.ago(30, 9, 14, from: People.sabine)
        let power = PDF(title: "Rechnung Strom", lines: ["Stadtwerke", "Abschlag", first.german, "612,40 €"])
        let again = scene.ago(27, 8, 50, from: People.sabine)
        let electronic = scene.ago(19, 11, 5, from: People.sabine)
        let oven = PDF(title: "Rechnung RE-2231", lines: ["Ofenbau Lange", electronic.german, "8.330,00 €"])
        return [
            Draft(from: People.sabine, subject: "Rechnungen \(first.month)", date: first).message(
                "two invoices, and a logo in the signature", Self.home, isSeen: true,
                Letter.body(
                    People.sabine, "Liebe Frau Vogel,\n\nanbei die Rechnungen des Monats.\n\nViele Grüße",
                    [.file(flour, name: .extended), .file(power.file("Rechnung_Strom_\(first.month).pdf"))])),
            Draft(from: People.sabine, subject: "Noch einmal: Rechnung Mehl", date: again).message(
                "the flour invoice a second time: nothing is filed twice", Self.home, isSeen: true,
                Letter.body(
                    People.sabine,
                    "Hallo Frau Vogel,\n\nsicherheitshalber noch einmal die Rechnung der Mühle.",
                    [.file(flour.named("Rechnung_Muehle.pdf"))])),
            Draft(from: People.sabine, subject: "XRechnung Ofenbau", date: electronic).message(
                "an electronic invoice: XML beside its PDF", Self.home,
                Letter.body(
                    People.sabine, "Die Rechnung für den neuen Ofen, als XRechnung und zum Lesen.",
                    [
                        .file(
                            BankFile.xRechnung(
                                "RE-2231.xml", number: "RE-2231", day: electronic.day, amount: "8330.00")),
                        .file(oven.file("RE-2231.pdf")),
                    ])),
        ]
    }

    private var bank: [DemoMessage] {
        let first = scene.ago(24, 7, 40, from: People.sabine)
        let second = scene.ago(10, 7, 41, from: People.sabine)
        let files = scene.ago(9, 7, 55, from: People.sabine)
        let question = scene.ago(17, 16, 20, from: People.sabine)
        return [
            Draft(from: People.sabine, subject: "Kontoauszug", date: first).message(
                "a bank statement", Self.home,
                Letter.body(
                    People.sabine, "Guten Morgen,\n\nder Auszug der Bank.",
                    [.file(statement(first, "9.120,11"))])),
            Draft(from: People.sabine, subject: "Kontoauszug", date: second).message(
                "a bank statement of the same name with other content: both are kept", Self.home,
                Letter.body(
                    People.sabine, "Guten Morgen,\n\nder neue Auszug.", [.file(statement(second, "7.845,90"))]
                )),
            Draft(from: People.sabine, subject: "Bankdateien", date: files).message(
                "bank files: camt.053, MT940 and CSV", Self.home,
                Letter.body(
                    People.sabine, "Die Umsätze für die Buchhaltung.",
                    [
                        .file(
                            BankFile.camt("camt053_\(files.compact).xml", day: files.day, amount: "7845.90")),
                        .file(
                            BankFile.mt940(
                                "umsatz_\(files.compact).sta", compactDay: files.compact, amount: "7845,90")),
                        .file(
                            BankFile.csv(
                                "Umsätze.csv",
                                [
                                    ["Datum", "Text", "Betrag"],
                                    [files.german, "Tageseinnahmen", "1.203,55"],
                                ],
                                charset: .windows1252), name: .encodedWord(.windows1252)),
                    ])),
            Draft(
                from: People.sabine, subject: "Rückfrage zur Umsatzsteuer – Kürbisbrötchen",
                charset: .windows1252,
                date: question
            ).message(
                "a question in windows-1252, with a Word document", Self.home,
                Letter.body(
                    People.sabine,
                    "Liebe Frau Vogel,\n\ngelten für „Kürbisbrötchen“ 7 % oder 19 %?\n\nSchöne Grüße",
                    charset: .windows1252,
                    [
                        .file(
                            OfficeFile.word(
                                "Aufstellung Brötchen.docx",
                                ["Kürbisbrötchen: 1,20 €", "Laugenstange: 0,95 €"]))
                    ])),
        ]
    }

    /// The bakehouse's scanner makes its Message-ID of a counter of pages, which starts anew each morning.
    private var scans: [DemoMessage] {
        let first = scene.ago(8, 6, 30, from: People.scanner)
        let second = scene.ago(7, 6, 31, from: People.scanner)
        let photo = scene.ago(6, 13, 2, from: People.sabine)
        func scan(_ date: MailDate, _ what: String) -> Part {
            let page = PDF(title: "Scan", lines: [what, date.german])
            return .mixed([
                .text("Gesendet von Scanner Backstube\n"),
                .file(page.file("Scan_0001.pdf"), disposition: nil),
            ])
        }
        let receipt = Picture.receipt("IMG_4711.jpeg", seed: 4711, kilobytes: 140)
        let body = Part.related(
            .html(
                "<html><body>Die Quittung:<br><img src=\"cid:quittung@hofmann\"></body></html>\n"
            ),
            [.file(receipt, disposition: "inline", contentID: "quittung@hofmann")])
        return [
            Draft(
                from: People.scanner, subject: "Scan", date: first,
                messageID: "<0001@scanner.hofmann-brot.example>"
            ).message("the bakehouse's scanner", Self.home, scan(first, "Lieferschein Hefe")),
            Draft(
                from: People.scanner, subject: "Scan", date: second,
                messageID: "<0001@scanner.hofmann-brot.example>"
            ).message(
                "the scanner again, with the same Message-ID: another document", Self.home,
                scan(second, "Lieferschein Butter")),
            Draft(from: People.sabine, subject: "Quittung Großmarkt", date: photo).message(
                "a photographed receipt pasted into the text: too big for a logo, so it is filed", Self.home,
                .mixed([body, .file(Picture.heic("IMG_4712.HEIC", seed: 4712))])),
        ]
    }

    private var habits: [DemoMessage] {
        let sheet = scene.ago(5, 9, 42, from: People.sabine)
        let marks = scene.ago(5, 10, 3, from: People.sabine)
        let macros = scene.ago(4, 15, 30, from: People.sabine)
        let signed = scene.ago(4, 18, 11, from: People.thomas)
        let meeting = scene.ago(3, 8, 15, from: People.thomas)
        let away = scene.ago(3, 8, 16, from: People.sabine)
        let hours = OfficeFile.sheet(
            "Stundenzettel_\(sheet.month).xlsx",
            [["Name", "Stunden"], ["Aylin K.", "162"], ["Piotr S.", "148,5"]])
        // Decomposed letters, as a Mac names files: u and a combining diaeresis.
        let mac = PDF(title: "Übersicht Löhne", lines: ["Stand \(marks.german)"]).file(
            "U\u{308}bersicht Lo\u{308}hne.pdf")
        let contract = PDF(title: "Mietvertrag Filiale", lines: ["unterschrieben am \(signed.german)"])
        let opaque = scene.ago(2, 17, 50, from: People.thomas)
        let resolution = PDF(title: "Gesellschafterbeschluss", lines: [opaque.german]).file("Beschluss.pdf")
        let invitation = OddFile.invitation(
            day: meeting.compact, summary: "Besprechung Jahresabschluss", organizer: People.thomas.address)
        return [
            Draft(
                from: People.sabine, subject: "Re: Unterlagen Lohn", date: sheet,
                extra: [
                    "In-Reply-To: \(OfficeMail(scene: scene).wagesID)",
                    "References: \(OfficeMail(scene: scene).wagesID)",
                ]
            ).message(
                "an answer to the firm's letter, with time sheets", Self.home,
                Letter.body(People.sabine, "Hallo Frau Vogel,\n\nanbei die Stunden.", [.file(hours)])),
            Draft(from: People.sabine, subject: "Löhne", date: marks).message(
                "a file named on a Mac: decomposed umlauts", Self.home,
                Letter.body(People.sabine, "Zur Info.", [.file(mac, name: .extended)])),
            Draft(from: People.sabine, subject: "Kalkulation", date: macros).message(
                "a workbook with macros: filed where only the team looks", .intake(account: "10482"),
                Letter.body(
                    People.sabine, "Die Kalkulation mit unserem Makro.",
                    [
                        .file(
                            OfficeFile.sheet(
                                "Kalkulation.xlsm", [["Ware", "Preis"], ["Brezel", "0,90"]], macros: true))
                    ])),
            Draft(from: People.thomas, subject: "Mietvertrag", date: signed).message(
                "a signed mail: the PDF is filed, its signature is not", Self.home,
                .multipart(
                    "signed", parameters: "; protocol=\"application/pkcs7-signature\"; micalg=sha-256",
                    [
                        Letter.body(
                            People.thomas, "Der Vertrag der neuen Filiale.", html: false,
                            [.file(contract.file("Mietvertrag.pdf"))]),
                        .file(OddFile.signature),
                    ])),
            Draft(from: People.thomas, subject: "Gesellschafterbeschluss", date: opaque).message(
                "an opaque signature: the PDF lies within", Self.home,
                .file(OddFile.opaque(.mixed([.text("Der Beschluss.\n"), .file(resolution)])))),
            Draft(from: People.thomas, subject: "Einladung: Besprechung Jahresabschluss", date: meeting)
                .message(
                    "an invitation: shown, not filed", .shown,
                    Letter.body(
                        People.thomas, "Passt Ihnen der Termin?", html: false,
                        [.file(invitation, as: "text/calendar; method=REQUEST; charset=utf-8")])),
            Draft(
                from: People.sabine, subject: "Abwesenheit: Backstube geschlossen", date: away,
                extra: ["Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All", "Precedence: bulk"]
            ).message(
                "an out-of-office reply", .shown,
                Letter.body(People.sabine, "Wir machen Betriebsferien bis Montag.", html: false)),
        ]
    }
}
