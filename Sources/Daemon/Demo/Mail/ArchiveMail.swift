import Mail

/// Last year's mail, in a mailbox of its own.
struct ArchiveMail {
    let scene: Scene

    var messages: [DemoMessage] {
        let year = scene.now.utcDate.year - 1
        let closing = scene.lastYear(11, 4, 9, from: People.sabine)
        let japan = scene.lastYear(11, 18, 3, from: People.keiri)
        let north = scene.lastYear(12, 2, 15, from: People.emily)
        let trust = scene.lastYear(10, 21, 10, from: People.margaret)
        let wine = scene.lastYear(12, 9, 8, from: People.jorg)
        let wishes = scene.lastYear(12, 22, 17, from: People.kate)
        func page(_ title: String, _ owner: String) -> PDF { PDF(title: "\(title) \(year)", lines: [owner]) }
        func kept(_ draft: Draft, _ label: String, _ outcome: DemoMessage.Outcome, _ body: Part)
            -> DemoMessage
        {
            draft.message(label, outcome, mailbox: scene.archive, isSeen: true, body)
        }
        return [
            kept(
                Draft(from: People.margaret, subject: "Trust accounts \(year)", date: trust),
                "last year: the trust's accounts", .filed(account: "10560"),
                Letter.body(
                    People.margaret, "The accounts for the year.",
                    [
                        .file(
                            page("Trust accounts", "The Ashworth Family Trust").file(
                                "Trust accounts \(year).pdf"))
                    ])),
            kept(
                Draft(from: People.sabine, subject: "Unterlagen Jahresabschluss \(year)", date: closing),
                "last year: the bakery's annual accounts", .filed(account: "10482"),
                Letter.body(
                    People.sabine, "Liebe Frau Vogel,\n\ndie Unterlagen für den Abschluss.",
                    [
                        .file(page("Inventur", "Bäckerei Hofmann GmbH").file("Inventur_\(year).pdf")),
                        .file(
                            page("Anlagenverzeichnis", "Bäckerei Hofmann GmbH").file("Anlagen_\(year).pdf")),
                        .file(page("Darlehen", "Bäckerei Hofmann GmbH").file("Darlehen_\(year).pdf")),
                    ])),
            kept(
                Draft(from: People.keiri, subject: "年次決算資料", charset: .iso2022JP, date: japan),
                "last year: Sakura's annual accounts", .filed(account: "10517"),
                Letter.body(
                    People.keiri, "お世話になっております。\n年次決算資料をお送りします。", charset: .iso2022JP, html: false,
                    [
                        .file(
                            page("ANNUAL REPORT", "Sakura Shoji Co., Ltd.").file("決算報告書_\(year).pdf"),
                            name: .extended),
                        .file(
                            OfficeFile.sheet("総勘定元帳_\(year).xlsx", [["現金", "100"], ["預金", "200"]]),
                            name: .extended),
                    ])),
            kept(
                Draft(from: People.emily, subject: "Year-end statements", date: north),
                "last year: Northgate's statements in a zip", .filed(account: "10533"),
                Letter.body(
                    People.emily, "Statements for the auditors.",
                    [
                        .file(
                            Zip(members: [
                                ("december.pdf", page("December", "Northgate Robotics Ltd").octets()),
                                ("november.pdf", page("November", "Northgate Robotics Ltd").octets()),
                            ]).file("year-end.zip"))
                    ])),
            kept(
                Draft(from: People.jorg, subject: "Kellerbuch \(year)", date: wine),
                "last year: the winery's cellar book", .filed(account: "10588"),
                Letter.body(
                    People.jorg, "Das Kellerbuch.",
                    [
                        .file(
                            BankFile.csv(
                                "Kellerbuch_\(year).csv", [["Fass", "Liter"], ["7", "1000"], ["8", "920"]]))
                    ])),
            kept(
                Draft(from: People.kate, subject: "Happy holidays", date: wishes), "last year: good wishes",
                .shown,
                Letter.body(People.kate, "Happy holidays to all of you!")),
        ]
    }
}
