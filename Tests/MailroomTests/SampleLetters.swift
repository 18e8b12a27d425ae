import Mailroom
import Testing
import Text

/// One letter of each kind as firms send it, and one in which everything is too long.
enum SampleLetters {
    static func usual(_ kind: LetterKind, _ language: Language) -> Letter {
        let firm = FirmDetails(
            name: language == .ja ? "森税理士事務所" : "Bergmann & Partner",
            phone: language == .ja ? "03-5550-1420" : "+49 30 5550 142",
            imprint: "https://bergmann-stb.example/impressum",
            privacy: "https://bergmann-stb.example/datenschutz")
        let words = words(language)
        var letter = Letter(
            kind: kind, language: language, firm: firm, account: words.account, person: words.person,
            title: words.title)
        letter.recipient = words.recipient
        letter.due = CivilDay("2025-12-10")
        letter.expires = CivilDay("2026-02-20")
        letter.link = "https://post.bergmann-stb.example/u/7Kq4nV0cT3yWmP9aZx2LrB5sQe8HdGjUo1FiMw"
        letter.invitesReply = true
        switch kind {
        case .request:
            letter.message = words.message
            letter.items = words.items.map { LetterItem($0) }
        case .reminder, .overdue, .secondReminder:
            letter.items = words.items.enumerated().map { LetterItem($1, $0 == 0 ? .received : .wanted) }
        case .rejection: letter.items = [LetterItem(words.items[1], .rejected, note: words.note)]
        case .receipt:
            letter.files = words.files.enumerated().map { index, name in
                LetterFile(
                    name: name, octets: Int64(3_141 * (index * 991 + 1)),
                    sha256: String(repeating: "9f86d081884c7d65", count: 4))
            }
            letter.items = [LetterItem(words.items[2])]
        case .undelivered:
            letter.recipient = words.person
            letter.failure = (
                "buero@hofmann-brot.example",
                "550 5.1.1 <buero@hofmann-brot.example>: Recipient address rejected: User unknown"
            )
        case .uploaded:
            letter.recipient = words.person
            letter.items = words.files.map { LetterItem($0) }
            letter.files = words.files.map { LetterFile(name: $0, octets: 1, sha256: "9f86") }
        case .share:
            letter.message = words.message
            letter.items = words.files.map { LetterItem($0) }
        case .letter: letter.message = words.free
        case .invitation, .signIn: break
        case .code: letter.code = "042719"
        }
        return letter
    }

    /// Names without a space, an address without an end.
    static func long(_ kind: LetterKind, _ language: Language) -> Letter {
        let name = String(repeating: "Lohnsteuerbescheinigung_Ausdruck-", count: 6) + ".pdf"
        let firm = FirmDetails(
            name: "Bergmann-Oberhuber-Schwarzenbacher-Partnerschaftsgesellschaft",
            phone: "+49 30 5550 142 142 142 142", imprint: "https://bergmann.example/" + name,
            privacy: "https://bergmann.example/" + name, accent: AccentColor("#8a1c4b") ?? .ledgerGreen)
        var letter = Letter(
            kind: kind, language: language, firm: firm,
            account:
                "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenversicherungsanstalt GmbH & Co. KG",
            person: "Maximiliana-Friederike-Hildegard-Wolfeschlegelsteinhausenbergerdorff", title: name)
        letter.recipient = "森" + String(repeating: "由紀", count: 40)
        letter.message = String(repeating: "Stundenzettel", count: 30) + "\n\n" + name
        letter.items = [
            LetterItem(name), LetterItem(name, .rejected, note: name), LetterItem(name, .received),
            LetterItem(String(repeating: "請求書", count: 50)),
        ]
        letter.files = [
            LetterFile(name: name, octets: 123_456_789_012, sha256: String(repeating: "a", count: 64))
        ]
        letter.due = CivilDay("2025-12-10")
        letter.expires = CivilDay("2026-02-20")
        letter.link = "https://post.bergmann-stb.example/u/" + String(repeating: "7Kq4nV0cT3yW", count: 30)
        letter.invitesReply = true
        letter.failure = (String(repeating: "a", count: 64) + "@hofmann-brot.example", name)
        return letter
    }

    private struct Words {
        let account, person, recipient, title, message, free, note: String
        let items, files: [String]
    }

    private static func words(_ language: Language) -> Words {
        switch language {
        case .de:
            Words(
                account: "Bäckerei Hofmann GmbH", person: "Jana Vogt", recipient: "Sabine Hofmann",
                title: "Lohnunterlagen November",
                message: "Für die Lohnabrechnung November brauchen wir noch die folgenden Unterlagen. "
                    + "Ein Foto mit dem Handy genügt.\n\nVielen Dank!",
                free:
                    "Guten Tag Frau Hofmann,\n\nvielen Dank für Ihren Anruf. Die Auswertung für Oktober liegt "
                    + "im Anhang; die Umsatzsteuer ist am 10. Dezember fällig.\n\nFreundliche Grüße",
                note: "Die zweite Seite fehlt.",
                items: [
                    "Stundenzettel November", "Krankmeldungen", "Reisekosten: Belege und Kilometerliste",
                ],
                files: ["Stundenzettel_November.xlsx", "Krankmeldung Yilmaz.heic"])
        case .ja:
            Words(
                account: "株式会社さくら商事", person: "森 由紀", recipient: "佐藤 健一", title: "10月分の書類",
                message: "月次処理のため、下記の書類をお送りください。スマートフォンで撮影した写真でも構いません。",
                free: "佐藤様\n\nお電話ありがとうございました。10月分の試算表を添付いたしますので、ご確認ください。\n\n"
                    + "よろしくお願いいたします。",
                note: "2ページ目が含まれておりません。", items: ["10月分の請求書", "領収書", "通帳のコピー（10月のページのみ）"],
                files: ["請求書_2025年10月.xlsx", "領収書_10月.heic"])
        case .en:
            Words(
                account: "Northgate Joinery Ltd", person: "Emma Clarke", recipient: "Tom Fletcher",
                title: "Payroll for November",
                message: "To finish the payroll for November we still need the documents below. "
                    + "A photo taken with your phone will do.",
                free: "Dear Tom,\n\nThank you for calling. The management accounts for October are attached; "
                    + "VAT is due on 7 December.\n\nKind regards",
                note: "The second page is missing.",
                items: ["Timesheets November", "Sick notes", "Travel expenses: receipts and mileage log"],
                files: ["Timesheets_November.xlsx", "Sick note Yilmaz.heic"])
        }
    }
}
