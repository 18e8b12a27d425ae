/// The Japanese client: ISO-2022-JP, file names in three spellings, a locked zip and then its password.
struct SakuraMail {
    let scene: Scene

    private static let home = DemoMessage.Outcome.filed(account: "10517")
    private static let greeting = "Bergmann & Partner 御中\n\nいつもお世話になっております。\n"

    var messages: [DemoMessage] { documents + secrets }

    private func draft(
        _ sender: Correspondent, _ subject: String, _ date: MailDate, _ charset: Charset = .iso2022JP
    ) -> Draft {
        Draft(from: sender, subject: subject, charset: charset, date: date)
    }

    private var documents: [DemoMessage] {
        let bill = scene.ago(28, 4, 10, from: People.tanaka)
        let receipts = scene.ago(21, 3, 25, from: People.tanaka)
        let trial = scene.ago(20, 5, 40, from: People.keiri)
        let estimate = scene.ago(16, 6, 5, from: People.tanaka)
        let hello = scene.ago(15, 2, 0, from: People.keiri)
        let invoice = PDF(
            title: "INVOICE", lines: ["Sakura Shoji Co., Ltd.", "No. \(bill.month)-018", "JPY 385,000"])
        let offer = PDF(title: "ESTIMATE", lines: ["Sakura Shoji Co., Ltd.", estimate.day, "JPY 1,240,000"])
        let columns = ["勘定科目", "借方", "貸方"]
        return [
            draft(People.tanaka, "請求書送付の件", bill).message(
                "a Japanese invoice, in ISO-2022-JP", Self.home, isSeen: true,
                Letter.body(
                    People.tanaka, Self.greeting + "今月分の請求書をお送りします。\nよろしくお願いいたします。", charset: .iso2022JP,
                    html: false, [.file(invoice.file("請求書_\(bill.month).pdf"), name: .extended)])),
            draft(People.tanaka, "領収書の写真", receipts).message(
                "receipts photographed with a telephone: HEIC", Self.home,
                Letter.body(
                    People.tanaka, Self.greeting + "出張の領収書です。", charset: .iso2022JP, html: false,
                    [
                        .file(Picture.heic("領収書1.HEIC", seed: 101), name: .extended),
                        .file(
                            Picture.heic("領収書2.HEIC", seed: 102), name: .extended,
                            as: "application/octet-stream"),
                    ])),
            draft(People.keiri, "月次試算表", trial, .utf8).message(
                "a trial balance with a long name in pieces", Self.home,
                Letter.body(
                    People.keiri, Self.greeting + "月次試算表を添付します。ご確認ください。",
                    [
                        .file(
                            OfficeFile.sheet(
                                "株式会社さくら商事_月次試算表_\(trial.month)_確定版.xlsx",
                                [columns, ["現金", "120,000", ""], ["売上高", "", "980,000"]]), name: .continued)
                    ])),
            draft(People.tanaka, "お見積書", estimate).message(
                "an estimate, its name in encoded words as Outlook writes them", Self.home,
                Letter.body(
                    People.tanaka, Self.greeting + "見積書をお送りします。", charset: .iso2022JP, html: false,
                    [.file(offer.file("見積書（\(estimate.month)）.pdf"), name: .encodedWord(.iso2022JP))])),
            draft(People.keiri, "年末調整について", hello).message(
                "a question without attachments", .shown,
                Letter.body(
                    People.keiri, Self.greeting + "年末調整の書類はいつまでに必要でしょうか。", charset: .iso2022JP, html: false)),
        ]
    }

    private var secrets: [DemoMessage] {
        let locked = scene.ago(9, 3, 30, from: People.keiri)
        let password = scene.ago(9, 3, 31, from: People.keiri)
        let link = scene.ago(6, 5, 12, from: People.tanaka)
        let away = scene.ago(2, 1, 45, from: People.tanaka)
        let wages = PDF(title: "PAYROLL", lines: ["Sakura Shoji Co., Ltd.", locked.month, "12 employees"])
            .octets()
        let zip = Zip(members: [("kyuyo_\(locked.month).pdf", wages)]).file(
            "給与明細.zip", password: "sakura-2291")
        return [
            draft(People.keiri, "給与明細の送付", locked).message(
                "a zip with a password", .waits(reason: "encrypted"),
                Letter.body(
                    People.keiri, Self.greeting + "給与明細をお送りします。\nパスワードは別のメールでお知らせします。", charset: .iso2022JP,
                    html: false, [.file(zip, name: .extended)])),
            draft(People.keiri, "パスワードのお知らせ", password).message(
                "and its password, in a mail of its own", .shown,
                Letter.body(
                    People.keiri, Self.greeting + "先ほどのファイルのパスワードです。\n\nパスワード：sakura-2291",
                    charset: .iso2022JP,
                    html: false)),
            draft(People.tanaka, "大容量ファイルの送付", link).message(
                "a link in place of a file", .waits(reason: "file_link"),
                Letter.body(
                    People.tanaka,
                    Self.greeting + "下記からダウンロードしてください。\nhttps://57.gigafile.nu/1234-b0c1d2e3f4\nダウンロード期限：7日",
                    charset: .iso2022JP, html: false)),
            Draft(
                from: People.tanaka, subject: "自動返信：休暇中です", charset: .iso2022JP, date: away,
                extra: ["Auto-Submitted: auto-replied"]
            ).message(
                "an automatic reply from Tokyo", .shown,
                Letter.body(People.tanaka, "本日は休暇をいただいております。", charset: .iso2022JP, html: false)),
        ]
    }
}
