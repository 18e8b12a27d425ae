/// The English client: Outlook, forwards, a password nobody told us, and a server that proves nothing.
struct NorthgateMail {
    let scene: Scene

    private static let home = DemoMessage.Outcome.filed(account: "10533")

    var messages: [DemoMessage] { plain + wrapped + waiting }

    private func page(_ title: String, _ date: MailDate) -> PDF {
        PDF(title: title, lines: ["Northgate Robotics Ltd", date.day])
    }

    private var plain: [DemoMessage] {
        let tax = scene.ago(26, 11, 20, from: People.emily)
        let contract = scene.ago(22, 16, 4, from: People.emily)
        let nameless = scene.ago(14, 10, 10, from: People.emily)
        let toBank = scene.ago(15, 13, 15, from: People.emily)
        let mandate = page("Signed mandate", toBank).file("Signed mandate.pdf")
        let rows = [["date", "net", "vat"], [tax.day, "1200.00", "240.00"], [tax.day, "310.50", "62.10"]]
        return [
            Draft(from: People.emily, subject: "VAT return Q3", date: tax).message(
                "a VAT return, with the figures as CSV", Self.home, isSeen: true,
                Letter.body(
                    People.emily, "Hi Jana,\n\nplease find the return and the ledger behind it.",
                    [
                        .file(page("VAT return Q3", tax).file("VAT return Q3.pdf")),
                        .file(BankFile.csv("ledger.csv", rows)),
                    ])),
            Draft(from: People.emily, subject: "Lease agreement", date: contract).message(
                "a contract in Word", Self.home,
                Letter.body(
                    People.emily, "Hi Jana,\n\nthe draft for your comments.",
                    [
                        .file(
                            OfficeFile.word(
                                "Lease agreement (draft).docx",
                                ["Lease agreement", "between Northgate and Dock 7"]))
                    ])),
            Draft(
                from: People.emily, to: [People.bank], cc: [People.office], subject: "Signed mandate",
                date: toBank
            ).message(
                "a client writes to her bank, the firm in Cc only", Self.home,
                Letter.body(People.emily, "Dear Sirs,\n\nthe mandate, signed.", html: false, [.file(mandate)])
            ),
            Draft(from: People.emily, subject: "Delivery note", date: nameless).message(
                "a PDF without a name, sent as octets", Self.home,
                Letter.body(
                    People.emily, "See below.", html: false,
                    [
                        .file(
                            page("Delivery note", nameless).file("attachment.pdf"),
                            as: "application/octet-stream",
                            disposition: "inline", named: false)
                    ])),
        ]
    }

    private var wrapped: [DemoMessage] {
        let outlook = scene.ago(12, 9, 9, from: People.emily)
        let forwarded = scene.ago(10, 12, 30, from: People.emily)
        let supplier = scene.ago(11, 17, 0, from: People.freight)
        let zipped = scene.ago(8, 14, 45, from: People.emily)
        let minutes = page("Board minutes", outlook).file(
            "Board minutes and resolutions of the autumn meeting.pdf")
        let bill = PDF(title: "Invoice HF-8841", lines: ["Harbour Freight", supplier.day, "GBP 412.00"])
        let inner = Part.mixed([.text("Dear Emily, our invoice.\n"), .file(bill.file("HF-8841.pdf"))])
        let original = Draft(
            from: People.freight, to: [People.emily], subject: "Invoice HF-8841", date: supplier,
            proof: .inside)
        let zip = Zip(members: [
            ("statements/bank-a.pdf", page("Bank A statement", zipped).octets()),
            ("statements/bank-b.pdf", page("Bank B statement", zipped).octets()),
        ])
        return [
            Draft(from: People.emily, subject: "Board minutes", date: outlook).message(
                "winmail.dat, with a PDF inside", Self.home,
                Letter.body(
                    People.emily, "Minutes attached.", html: false, [.file(TNEF(files: [minutes]).file)])),
            Draft(from: People.emily, subject: "Fwd: Invoice HF-8841", date: forwarded).message(
                "a forwarded mail as an attachment, with a PDF inside", Self.home,
                Letter.body(
                    People.emily, "For the books.", html: false,
                    [.message(original.octets(inner), files: inner.files)])),
            Draft(from: People.emily, subject: "Bank statements", date: zipped).message(
                "a zip with two statements: each is filed", Self.home,
                Letter.body(People.emily, "Both banks, zipped.", [.file(zip.file("statements.zip"))])),
        ]
    }

    private var waiting: [DemoMessage] {
        let payroll = scene.ago(7, 9, 50, from: People.emily)
        let unproven = scene.ago(6, 11, 11, from: People.northgate)
        let link = scene.ago(5, 17, 22, from: People.emily)
        let copied = scene.ago(3, 13, 40, from: People.freight)
        let secret = page("Payroll", payroll).file("Payroll \(payroll.month).pdf", password: "robot42")
        let customs = PDF(title: "Customs declaration", lines: ["Harbour Freight", copied.day])
        return [
            Draft(from: People.emily, subject: "Payroll (confidential)", date: payroll).message(
                "a PDF with a password", .waits(reason: "encrypted"),
                Letter.body(
                    People.emily, "Hi Jana,\n\nthe payroll. I will call you with the password.",
                    [.file(secret)])),
            Draft(from: People.northgate, subject: "Invoice 2041", date: unproven, proof: .nothing).message(
                "a server that proves nothing: filed, but the client does not see it yet",
                .intake(account: "10533"),
                .mixed([
                    .text("Please see the attached invoice.\n"),
                    .file(
                        page("Invoice 2041", unproven).file("Invoice 2041.pdf"),
                        as: "application/octet-stream"),
                ])),
            Draft(from: People.emily, subject: "Photos of the stocktaking", date: link).message(
                "a WeTransfer link in place of files", .waits(reason: "file_link"),
                Letter.body(
                    People.emily,
                    "Hi Jana,\n\ntoo big for mail: https://we.tl/t-Qm3xVb7Yk2\n(the link works for 7 days)")),
            Draft(
                from: People.freight, cc: [People.emily], subject: "Customs declaration Northgate",
                date: copied
            ).message(
                "a stranger's mail with the client in Cc only: shown there, never filed there",
                .waits(reason: "unmatched"),
                .mixed([.text("For your files.\n"), .file(customs.file("Customs declaration.pdf"))])),
        ]
    }
}
