import Mail

/// The mails that arrive while one watches: eight kinds in turn, each with a document nobody has seen.
struct LiveMail {
    let number: Int
    let now: Timestamp

    var message: DemoMessage {
        switch number % 8 {
        case 0:
            let bill = page("Rechnung \(5000 + number)", "Bäckerei Hofmann GmbH")
            return mail(
                People.sabine, "Rechnung \(5000 + number)", "an invoice from the bakery",
                .filed(account: "10482"),
                "Guten Tag,\n\neine Rechnung ist noch gekommen.",
                [.file(bill.file("Rechnung_\(5000 + number).pdf"))])
        case 1:
            let bill = page("INVOICE", "Sakura Shoji Co., Ltd.")
            return mail(
                People.tanaka, "請求書 \(number)", "an invoice from Tokyo", .filed(account: "10517"),
                "お世話になっております。\n請求書をお送りします。", [.file(bill.file("請求書_\(number).pdf"), name: .extended)])
        case 2:
            let receipt = Picture.receipt("IMG_\(2000 + number).jpg", seed: UInt64(number), kilobytes: 80)
            return mail(
                People.kate, "Receipt", "a receipt from Kate Smith, who speaks for two accounts",
                .waits(reason: "ambiguous"), "One more.", [.file(receipt)])
        case 3:
            let statement = page("Statement", "Northgate Robotics Ltd")
            return mail(
                People.emily, "Statement \(number)", "a statement from Northgate", .filed(account: "10533"),
                "Hi Jana,\n\nthe latest statement.", [.file(statement.file("Statement \(number).pdf"))])
        case 4:
            let offer = page("Angebot \(number)", "Malermeister Krüger")
            return mail(
                People.painter, "Angebot \(number)", "another offer from the painter",
                .waits(reason: "unmatched"),
                "Wie besprochen.", [.file(offer.file("Angebot_\(number).pdf"))])
        case 5:
            let scan = page("Scan", "Lieferschein")
            return mail(
                People.scanner, "Scan", "the bakehouse's scanner", .filed(account: "10482"),
                "Gesendet von Scanner Backstube", [.file(scan.file("Scan_0001.pdf"))])
        case 6:
            let weights = BankFile.csv(
                "Lese_\(number).csv", [["Parzelle", "kg"], ["Doktor", "\(1200 + number)"]])
            return mail(
                People.jorg, "Lese \(number)", "weights from the winery", .filed(account: "10588"),
                "Die Gewichte.",
                [.file(weights)])
        default:
            return mail(
                People.daniel, "Question \(number)", "a question from Daniel Smith", .shown,
                "Hello,\n\nwhen is the return due?", [])
        }
    }

    private func page(_ title: String, _ owner: String) -> PDF {
        PDF(title: title, lines: [owner, now.rfc3339, "No. \(number)"])
    }

    private func mail(
        _ sender: Correspondent, _ subject: String, _ label: String, _ outcome: DemoMessage.Outcome,
        _ text: String,
        _ files: [Part]
    ) -> DemoMessage {
        Draft(from: sender, subject: subject, date: MailDate(moment: now, zone: sender.zone)).message(
            label, outcome, Letter.body(sender, text, files))
    }
}
