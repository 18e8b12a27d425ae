/// People rather than companies: a couple with a company, a trust, a winery, someone who is not a client yet.
struct FamilyMail {
    let scene: Scene

    var messages: [DemoMessage] { couple + trust + winery + prospect }

    private var couple: [DemoMessage] {
        let certificate = scene.ago(25, 20, 14, from: People.kate)
        let photos = scene.ago(4, 21, 5, from: People.kate)
        let mortgage = scene.ago(23, 19, 30, from: People.daniel)
        let path = scene.ago(13, 22, 48, from: People.daniel)
        let long = scene.ago(13, 22, 55, from: People.daniel)
        let thanks = scene.ago(2, 20, 1, from: People.daniel)
        let tax = PDF(title: "Tax certificate", lines: ["Kate Smith", certificate.day])
        let interest = PDF(title: "Mortgage interest statement", lines: ["K. and D. Smith", mortgage.day])
        let insurance = PDF(title: "Insurance", lines: ["Policy 77-120", path.day])
        let donation = PDF(title: "Donation receipt", lines: ["Daniel Smith", long.day])
        let endless = "Donation receipt " + String(repeating: "of the friends of the city library ", count: 8)
        let home = DemoMessage.Outcome.filed(account: "10540")
        return [
            Draft(from: People.kate, subject: "Tax certificate", date: certificate).message(
                "Kate Smith speaks for her family and for her company: staff choose",
                .waits(reason: "ambiguous"),
                Letter.body(
                    People.kate, "Hi,\n\nhere is the certificate you asked for.",
                    [.file(tax.file("Tax certificate.pdf"))])),
            Draft(from: People.kate, subject: "Receipts", date: photos).message(
                "two photos from Kate Smith: one answer of staff settles these too",
                .waits(reason: "ambiguous"),
                Letter.body(
                    People.kate, "From the trade fair.", html: false,
                    [
                        .file(Picture.receipt("IMG_0815.jpg", seed: 815, kilobytes: 60)),
                        .file(Picture.receipt("IMG_0816.jpg", seed: 816, kilobytes: 75)),
                    ])),
            Draft(from: People.daniel, subject: "Mortgage", date: mortgage).message(
                "her husband speaks for the family alone", home, isSeen: true,
                Letter.body(
                    People.daniel, "Hello,\n\nthe bank's statement.",
                    [.file(interest.file("Mortgage interest statement.pdf"))])),
            Draft(from: People.daniel, subject: "Insurance", date: path).message(
                "a file name that is a path: ../../etc/passwd", home,
                Letter.body(
                    People.daniel, "My phone's app names files oddly.", html: false,
                    [.file(insurance.file("../../etc/passwd"))])),
            Draft(from: People.daniel, subject: "Donation", date: long).message(
                "a file name of 300 characters", home,
                Letter.body(
                    People.daniel, "One more.", html: false,
                    [.file(donation.file("\(endless.prefix(296)).pdf"))])),
            Draft(from: People.daniel, subject: "Thank you", date: thanks).message(
                "a mail that only says thank you", .shown,
                Letter.body(People.daniel, "Thanks for the quick reply!")),
        ]
    }

    private var trust: [DemoMessage] {
        let minutes = scene.ago(29, 10, 25, from: People.margaret)
        let deed = scene.ago(18, 10, 40, from: People.trustees)
        let minutesPage = PDF(title: "Minutes", lines: ["The Ashworth Family Trust", minutes.day])
        let deedPage = PDF(title: "Deed of appointment", lines: ["The Ashworth Family Trust", deed.day])
        let home = DemoMessage.Outcome.filed(account: "10560")
        return [
            Draft(from: People.margaret, subject: "Trustees' minutes", date: minutes).message(
                "a trustee, with minutes and her card", home, isSeen: true,
                Letter.body(
                    People.margaret, "Dear all,\n\nplease find the minutes.",
                    [
                        .file(minutesPage.file("Trustees' minutes; \"final\".pdf")),
                        .file(
                            OddFile.card(
                                "margaret.vcf", full: "Margaret Ashworth", address: People.margaret.address)),
                    ])),
            Draft(from: People.trustees, subject: "Deed", date: deed).message(
                "the same trustee from her second address", home,
                Letter.body(
                    People.trustees, "The deed, signed.", [.file(deedPage.file("Deed of appointment.pdf"))])),
        ]
    }

    private var winery: [DemoMessage] {
        let harvest = scene.ago(22, 7, 12, from: People.jorg)
        let label = scene.ago(9, 18, 33, from: People.jorg)
        let report = PDF(
            title: "Ernteabrechnung", lines: ["Weingut Müller KG", harvest.german, "Riesling 12.400 kg"])
        let bottle = PDF(title: "Rechnung Etiketten", lines: ["Druckerei Moser", label.german, "318,92 €"])
        let home = DemoMessage.Outcome.filed(account: "10588")
        return [
            Draft(from: People.jorg, subject: "Ernteabrechnung", date: harvest).message(
                "a winery whose domain has an umlaut", home,
                Letter.body(
                    People.jorg,
                    "Guten Tag Frau Vogel,\n\ndie Abrechnung der Lese.\n\nHerzliche Grüße von der Mosel",
                    [
                        .file(report.file("Ernteabrechnung.pdf")),
                        .file(Picture.receipt("Waage.jpg", seed: 88, kilobytes: 45)),
                    ])),
            Draft(from: People.jorg, subject: "Etiketten", date: label).message(
                "a file name in bare octets above 127", home,
                Letter.body(
                    People.jorg, "Anbei.", html: false,
                    [.file(bottle.file("Rechnung für Etiketten.pdf"), name: .raw)])),
        ]
    }

    private var prospect: [DemoMessage] {
        let hello = scene.ago(11, 12, 12, from: People.nora)
        let books = PDF(title: "Annual accounts", lines: ["Lindqvist Studio", hello.day])
        return [
            Draft(from: People.nora, subject: "Could you take us on?", date: hello).message(
                "someone who is not a client yet", .filed(account: "20031"),
                Letter.body(
                    People.nora, "Hello,\n\nwe are a design studio of four. Our accounts are attached.",
                    [
                        .file(books.file("Annual accounts.pdf")),
                        .file(OfficeFile.word("About us.docx", ["Lindqvist Studio", "Founded in 2014."])),
                    ]))
        ]
    }
}
