import MIME
import Mail
import Mailroom
import TestServers
import Testing
import Text

@testable import Outbox
@testable import Store

@Suite("Letters as the firm sends them, and as other programs read them")
struct LettersTests {
    /// A letter as it leaves, and what every reader must find in it.
    private struct Sample {
        let name: String
        let octets: [UInt8]
        let facts: [MailJudge.Fact]
    }

    /// What a firm writes about, in one language.
    private struct Words {
        let firm, account, person, recipient, title, message, note: String
        let items: [String]
    }

    private static func words(_ language: Language) -> Words {
        switch language {
        case .de:
            Words(
                firm: "Bergmann & Partner", account: "Bäckerei Hofmann GmbH", person: "Jana Vogt",
                recipient: "Sabine Hofmann-Özdemir", title: "Lohnunterlagen „November“: Größen & Löhne",
                message:
                    "Für die Lohnabrechnung brauchen wir noch Unterlagen; ein Foto genügt.\n\nVielen Dank!",
                note: "Die zweite Seite fehlt.",
                items: ["Stundenzettel November", "Krankmeldungen", "Reisekosten: Belege und Kilometerliste"])
        case .ja:
            Words(
                firm: "森税理士事務所", account: "株式会社さくら商事", person: "森 由紀", recipient: "佐藤 健一",
                title: "10月分の書類のご提出のお願い（請求書・領収書・通帳のコピー）",
                message: "月次処理のため、下記の書類をお送りください。スマートフォンで撮影した写真でも構いません。\n\nよろしくお願いいたします。",
                note: "2ページ目が含まれておりません。", items: ["10月分の請求書", "領収書", "通帳のコピー（10月のページのみ）"])
        case .en:
            Words(
                firm: "Northgate Accountants", account: "Northgate Joinery Ltd", person: "Emma Clarke",
                recipient: "Tom Fletcher", title: "Payroll for November",
                message:
                    "To finish the payroll we still need the documents below.\n\nFrom your phone will do.",
                note: "The second page is missing.",
                items: ["Timesheets November", "Sick notes", "Travel expenses: receipts and mileage log"])
        }
    }

    private static let now = Timestamp(year: 2025, month: 11, day: 21, hour: 9)!
    private static let zone = TimeZone("Europe/Berlin")!
    private static let (due, last) = (CivilDay("2025-12-10")!, CivilDay("2026-02-20")!)
    private static let tom = EmailAddress("tom.fletcher@northgate.example")!
    private static let links = RequestLinks(
        publicURL: "https://post.firm.example", key: LinkKey((0..<UInt8(LinkKey.length)).map { $0 }))

    private static func stationery(_ words: Words) -> Stationery {
        Stationery(
            firm: FirmDetails(
                name: words.firm, phone: "+49 30 5550 142", imprint: "https://firm.example/impressum",
                privacy: "https://firm.example/datenschutz"),
            from: NamedAddress(name: words.firm, address: EmailAddress("office@firm.example")!),
            takesSubAddress: true, zone: zone, invitesReply: true)
    }

    private static func request(_ words: Words, _ language: Language, _ states: [ItemState]) -> Request {
        let items = zip(words.items, states).enumerated().map { index, item in
            RequestItem(
                id: RequestItemID(Int64(index + 1)), number: index + 1, name: item.0, state: item.1,
                note: item.1 == .rejected ? words.note : nil)
        }
        let recipient = RequestRecipient(
            id: RequestRecipientID(7), number: 1, name: words.recipient, address: tom, contact: nil,
            state: .queued, reason: nil, sent: nil)
        return Request(
            id: RequestID(1), account: AccountID(1), folder: FolderPath(top: "Belege"), title: words.title,
            text: words.message, language: language, state: .open, due: due,
            expires: RequestTerms(zone: zone).end(of: last), reminders: nil, generation: 0,
            author: words.person, created: now, closed: nil, items: items, recipients: [recipient],
            documents: [])
    }

    private static func letter(_ kind: LetterKind, _ language: Language, _ words: Words) -> Letter {
        var letter = Letter(
            kind: kind, language: language, firm: stationery(words).firm, account: words.account,
            person: words.person, title: words.title)
        letter.recipient = words.recipient
        letter.message = words.message
        return letter
    }

    /// The letter of a kind as the product writes it, and its words as they must arrive.
    private static func sample(_ kind: LetterKind, _ language: Language) throws -> Sample {
        let words = words(language)
        let stationery = stationery(words)
        var letter = letter(kind, language, words)
        let written: WrittenLetter
        let text: LetterText
        switch kind {
        case .request, .reminder, .overdue, .secondReminder, .rejection:
            let (first, firstRead): (ItemState, LetterItem.State) =
                switch kind {
                case .rejection: (.rejected, .rejected)
                case .reminder, .overdue, .secondReminder: (.received, .received)
                case .request, .receipt, .share, .undelivered, .uploaded, .letter, .invitation, .signIn,
                    .code:
                    (.open, .wanted)
                }
            let request = request(words, language, [first, .open, .open])
            written = try RequestLetters(
                request, account: words.account, stationery: stationery, links: links, now: now
            ).letter(kind, to: request.recipients[0], author: "jana")
            letter.items = words.items.enumerated().map { index, name in
                LetterItem(
                    name, index == 0 ? firstRead : .wanted,
                    note: index == 0 && first == .rejected ? words.note : nil)
            }
            (letter.due, letter.expires) = (due, last)
            letter.link = links.link(.recipient(RequestRecipientID(7)), generation: 0)
            letter.invitesReply = true
            text = stationery.texts.write(letter)
        case .share:
            let recipient = ShareRecipient(
                id: ShareRecipientID(7), number: 1, name: words.recipient, address: tom, contact: nil,
                generation: 0, expires: RequestTerms(zone: zone).end(of: last), revoked: nil, opened: nil,
                downloaded: nil, letter: nil)
            let share = Share(
                id: ShareID(1), account: AccountID(1), text: words.message, language: language,
                author: words.person, created: now, documents: [], recipients: [recipient])
            written = try ShareLetters(
                share, documents: words.items, account: words.account, stationery: stationery, links: links,
                now: now
            ).letter(to: recipient, author: "jana")
            letter = Letter(
                kind: kind, language: language, firm: stationery.firm, account: words.account,
                person: words.person, title: words.items.joined(separator: ", "))
            letter.recipient = words.recipient
            letter.message = words.message
            letter.items = words.items.map { LetterItem($0) }
            letter.expires = last
            letter.link = links.link(of: recipient)
            text = stationery.texts.write(letter)
        case .letter:
            var envelope = Envelope()
            envelope.from = [NamedAddress(name: words.recipient, address: tom)]
            let quote = Quote.answered(
                envelope, text: "\(words.note)\n\n> \(words.title)", at: zone.civil(now), language)
            var free = FreeLetter(
                to: [NamedAddress(name: words.recipient, address: tom)], subject: words.title,
                text: words.message, language: language, person: words.person,
                account: Account(id: AccountID(1), number: AccountNumber("2")!, name: words.account))
            free.quote = quote
            written = try free.written(
                stationery, author: "jana", showing: .ours(to: AccountID(1)), now: now)
            letter.recipient = nil
            text = quote.below(stationery.texts.write(letter))
        case .invitation, .signIn:
            let address = "https://post.firm.example/client"
            let letters = ClientLetters(stationery: stationery, now: now)
            let person = kind == .signIn ? "" : words.person
            letter = Letter(
                kind: kind, language: language, firm: stationery.firm, account: words.account, person: person,
                title: stationery.firm.name)
            (letter.recipient, letter.link) = (words.recipient, address)
            text = stationery.texts.write(letter)
            if kind == .invitation {
                written = try letters.invitation(
                    to: NamedAddress(name: words.recipient, address: tom), of: AccountID(1),
                    named: words.account, language: language, link: address, person: person, author: "jana")
            } else {
                let client = ClientPerson(
                    contact: ContactID(1), name: words.recipient, address: tom, key: AddressKey(tom)!,
                    accounts: [
                        ClientAccount(
                            id: AccountID(1), number: AccountNumber("2")!, name: words.account,
                            language: language)
                    ])
                written = try letters.signIn(client, language: language, link: address)
            }
        case .undelivered, .uploaded:
            let letters = StaffLetters(stationery: stationery, now: now)
            let member = StaffMember(
                id: StaffID(1), login: "tom", name: words.recipient, email: tom.description, role: .member,
                language: language)
            let isBack = kind == .undelivered
            letter = Letter(
                kind: kind, language: language, firm: stationery.firm, account: words.account,
                person: isBack ? words.recipient : words.person, title: words.title)
            letter.recipient = words.recipient
            if isBack {
                let reply = "550 5.1.1 <\(tom)>: Recipient address rejected: User unknown"
                letter.failure = (tom.description, reply)
                let failure = UndeliveredLetter(
                    letter: LetterID(1), place: 0, subject: words.title, address: tom.description,
                    words: reply,
                    account: AccountID(1), accountName: words.account, author: "tom")
                written = try #require(try letters.undelivered(failure, to: member))
            } else {
                letter.items = words.items.map { LetterItem($0) }
                letter.files = words.items.map {
                    LetterFile(name: $0, octets: 3_141, sha256: "9f86d081884c7d65")
                }
                letter.link = "https://post.firm.example/requests/7"
                let upload = StaffLetters.Upload(
                    account: AccountID(1), accountName: words.account, person: words.person,
                    title: words.title, files: letter.files, link: letter.link)
                written = try #require(try letters.uploaded(upload, to: member))
            }
            text = stationery.texts.write(letter)
        case .code:
            let code = LinkCode(random: [1, 2, 3, 4, 5, 6, 7, 8])
            let addressee = LinkAddressee(
                target: .share(ShareRecipientID(1)), generation: 0, name: words.recipient, address: tom,
                contact: nil, account: AccountID(1), language: language)
            letter = Letter(
                kind: kind, language: language, firm: stationery.firm, account: nil, person: "",
                title: stationery.firm.name)
            (letter.recipient, letter.code) = (words.recipient, code.digits)
            text = stationery.texts.write(letter)
            written = try ClientLetters(stationery: stationery, now: now).code(code, to: addressee)
        case .receipt:
            letter.files = [LetterFile(name: words.items[0], octets: 3_141, sha256: "9f86d081884c7d65")]
            text = stationery.texts.write(letter)
            let token = LetterToken()
            let draft = try stationery.draft(
                text, to: NamedAddress(name: words.recipient, address: tom), token: token,
                language: language, isAutomatic: kind.isAutomatic, now: now)
            let new = NewLetter(
                kind: .notice, reversePath: stationery.from.address, recipients: [.init(tom)],
                token: token.text, author: "jana", showing: nil)
            written = WrittenLetter(new: new, message: try draft.composed())
        }
        let token = written.new.token
        return Sample(
            name: "\(language.rawValue)/\(kind.rawValue)", octets: try written.message.bytes(),
            facts: [
                .subject(text.subject), .from(words.firm, "office@firm.example"),
                .to(words.recipient, tom.description), .id("\(token)@firm.example"),
                .reference("\(token).r@firm.example"), .date("\(now.seconds)"),
                .text("plain", lines(text.plain), deletesSpace: false),
                .text("html", lines(text.html), deletesSpace: false),
            ])
    }

    /// As a body has it: no spaces at the ends of lines but the signature's, and one end of the last line.
    private static func lines(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var line = line
            while line.last == " ", line != "-- " { line.removeLast() }
            return line
        }
        while lines.last == "" { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }

    /// As a program shows it that knows RFC 3676.
    private static func shown(_ fact: MailJudge.Fact) -> MailJudge.Fact {
        guard case .text("plain", let text, let deletesSpace) = fact else { return fact }
        return .text("plain", lines(FlowedText.reflow(text, deletesSpace: deletesSpace)), deletesSpace: false)
    }

    @Test("every kind in every language is read by GMime as it was written")
    func gmime() throws {
        guard let judge = MailJudge.gmime(for: "letters by GMime") else { return }
        try judged(by: judge)
    }

    @Test("every kind in every language is read by Python's email as it was written")
    func python() throws {
        guard let judge = MailJudge.python(for: "letters by Python's email") else { return }
        try judged(by: judge)
    }

    private func judged(by judge: MailJudge) throws {
        let samples = try LetterKind.allCases.flatMap { kind in
            try Language.allCases.map { try Self.sample(kind, $0) }
        }
        #expect(samples.count == LetterKind.allCases.count * 3)
        let read = judge.read(samples.map(\.octets))
        #expect(read.count == samples.count)
        for (sample, facts) in zip(samples, read) {
            #expect(facts.count == sample.facts.count, "\(sample.name)")
            for (one, other) in zip(facts.map(Self.shown), sample.facts) {
                #expect(one == other, "\(sample.name)")
            }
        }
    }
}
