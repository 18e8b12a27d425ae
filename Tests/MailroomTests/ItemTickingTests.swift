import Mail
import Testing

@testable import Mailroom

@Suite("Which item is it?")
struct ItemTickingTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        let items: [String]
        let names: [String]
        /// For each name the number of its item, from 1; 0 for none.
        let ticks: [Int]

        var testDescription: String { sentence }

        init(_ sentence: String, _ items: [String], _ names: [String], _ ticks: [Int]) {
            self.sentence = sentence
            self.items = items
            self.names = names
            self.ticks = ticks
        }
    }

    static func ticks(_ items: [RequestItem], _ attachments: [TickAttachment]) -> [Int] {
        let found = ItemTicking.tick(items, attachments)
        return attachments.map { Int(found[$0.section]?.item?.rawValue ?? 0) }
    }

    static func items(_ names: [String], _ state: ItemState = .open) -> [RequestItem] {
        names.enumerated().map { index, name in
            RequestItem(
                id: RequestItemID(Int64(index + 1)), number: index + 1, name: name, state: state)
        }
    }

    static func attachments(_ names: [String]) -> [TickAttachment] {
        names.enumerated().map { index, name in
            TickAttachment(section: Section("\(index + 2)"), name: name, content: digest(index))
        }
    }

    static func digest(_ number: Int) -> SHA256Digest {
        SHA256Digest(octets: [UInt8](repeating: UInt8(number), count: 32))!
    }

    static func check(_ case: Case) {
        #expect(ticks(items(`case`.items), attachments(`case`.names)) == `case`.ticks)
    }

    @Test(
        "German names",
        arguments: [
            Case("the very word", ["Stundenzettel"], ["Stundenzettel.xlsx"], [1]),
            Case("with more around it", ["Stundenzettel"], ["Stundenzettel_November_2025.xlsx"], [1]),
            Case("case doesn't count", ["Stundenzettel"], ["STUNDENZETTEL.PDF"], [1]),
            Case("the plural is another word", ["Rechnung"], ["Rechnungen.pdf"], [0]),
            Case("so is the singular", ["Rechnungen"], ["Rechnung.pdf"], [0]),
            Case("a compound is another word", ["Rechnung"], ["Rechnungskopie.pdf"], [0]),
            Case("and its end", ["Rechnung"], ["Stornorechnung.pdf"], [0]),
            Case("all words, in any order", ["Kontoauszug Dezember"], ["Dezember Kontoauszug.pdf"], [1]),
            Case("one word is missing", ["Kontoauszug Dezember"], ["Kontoauszug.pdf"], [0]),
            Case("an umlaut composed of two", ["Kontoauszüge"], ["Kontoauszu\u{308}ge.pdf"], [1]),
            Case("an umlaut written out", ["Kontoauszüge März"], ["Kontoauszuege_Maerz.pdf"], [1]),
            Case("ß is ss", ["Straßenplan"], ["STRASSENPLAN.pdf"], [1]),
            Case("a soft hyphen is nothing", ["Reisekosten"], ["Reise\u{ad}kosten.pdf"], [1]),
            Case("hyphens for spaces", ["Kontoauszug November"], ["kontoauszug-november-2025.pdf"], [1]),
            Case("a date right behind the word", ["Kontoauszug"], ["Kontoauszug202511.pdf"], [1]),
            Case("other digits right behind it", ["Anlage"], ["Anlage2.pdf"], [0]),
            Case("Anlage KAP is not Anlage KAP-BET", ["Anlage KAP"], ["Anlage KAP-BET.pdf"], [0]),
            Case("Anlage N is not Anlage N-AUS", ["Anlage N"], ["Anlage N-AUS 2025.pdf"], [0]),
            Case("Anlage V is not Anlage V2", ["Anlage V"], ["Anlage V2.pdf"], [0]),
            Case(
                "the right Anlage of two", ["Anlage N", "Anlage V"], ["Anlage V.pdf", "Anlage N.pdf"], [2, 1]),
            Case("a browser's number is no number", ["Beleg 2"], ["Beleg (2).pdf"], [0]),
            Case("and no obstacle", ["Beleg"], ["Beleg (2).pdf"], [1]),
            Case("an ordinal is no number", ["Rechnung 2"], ["Rechnung 2. November.pdf"], [0]),
            Case("a day is no number", ["Rechnung 11"], ["Rechnung 2025-11-03.pdf"], [0]),
            Case("a month is no number", ["Rechnung 11"], ["Rechnung 11.2025.pdf"], [0]),
            Case("the same date", ["Kontoauszug 11/2025"], ["Kontoauszug 11.2025.pdf"], [1]),
            Case("there is none", ["Reisekosten"], ["Keine Reisekosten.pdf"], [0]),
            Case("a template", ["Stundenzettel"], ["Vorlage Stundenzettel.xlsx"], [0]),
            Case(
                "a template is what was asked for", ["Vorlage Stundenzettel"], ["Vorlage Stundenzettel.xlsx"],
                [1]),
            Case("a dunning letter", ["Rechnung 4711"], ["Mahnung Rechnung 4711.pdf"], [0]),
            Case("a question mark is no word", ["Reisekosten?"], ["Reisekosten.pdf"], [1]),
        ]) func german(_ case: Case)
    { Self.check(`case`) }

    @Test(
        "English names",
        arguments: [
            Case("the form", ["W-2"], ["W-2.pdf"], [1]),
            Case("without its hyphen", ["W-2"], ["w2 Kate.pdf"], [1]),
            Case("with one it hadn't", ["W2"], ["W-2.pdf"], [1]),
            Case("full width", ["W-2"], ["Ｗ－２.pdf"], [1]),
            Case("a longer number", ["W-2"], ["W-20.pdf"], [0]),
            Case("another form", ["W-2"], ["W-2c.pdf"], [0]),
            Case("another year", ["2025 W-2"], ["W-2 2024.pdf"], [0]),
            Case("no year", ["2025 W-2"], ["W-2.pdf"], [0]),
            Case("this year", ["2025 W-2"], ["W-2 2025.pdf"], [1]),
            Case("joined to its year", ["2025 W-2"], ["W-2-2025.pdf"], [1]),
            Case("a date of this year is no year", ["2025 W-2"], ["W-2_2025-01-31.pdf"], [0]),
            Case("a year in a longer number", ["2025 W-2"], ["W-2 120255.pdf"], [0]),
            Case(
                "two years asked for", ["2024 W-2", "2025 W-2"], ["W-2 2025.pdf", "W-2 2024.pdf"], [2, 1]),
            Case("both in one file", ["2024 W-2", "2025 W-2"], ["W-2 2024 and 2025.pdf"], [0]),
            Case("two files for one item", ["W-2"], ["W-2 Kate.pdf", "W-2 Max.pdf"], [0, 0]),
            Case(
                "two files, one of which is another's", ["W-2 Kate", "W-2 Max"],
                ["W-2 Kate.pdf", "W-2 Max.pdf"], [1, 2]),
            Case("one file fits two items", ["Form 1099", "1099-INT form"], ["form 1099 1099-INT.pdf"], [0]),
            Case(
                "the general and the special", ["Bank statement", "Bank statement May"],
                ["Bank statement May.pdf"], [0]),
            Case("1099 is not 1099-INT", ["Form 1099"], ["Form 1099-INT.pdf"], [0]),
            Case("1099-INT is not 1099-DIV", ["1099-INT"], ["1099-DIV.pdf"], [0]),
            Case("a number alone needs the whole name", ["1099"], ["Invoice 1099.pdf"], [0]),
            Case("and takes it", ["1099"], ["1099.pdf"], [1]),
            Case("part of a word", ["rent"], ["current parent.pdf"], [0]),
            Case("a letter alone", ["A"], ["Exhibit A.pdf"], [0]),
            Case("K-1 is no plain 1", ["Schedule 1"], ["Schedule K-1.pdf"], [0]),
            Case("instructions", ["W-2"], ["W-2 instructions.pdf"], [0]),
            Case("a draft", ["Balance sheet"], ["Balance sheet draft.xlsx"], [0]),
            Case("No is a number, not a no", ["Invoice 17"], ["Invoice No 17.pdf"], [1]),
            Case("the extension is no word", ["PDF list"], ["list.pdf"], [0]),
            Case("nothing in common", ["W-2"], ["scan0001.pdf"], [0]),
            Case("no words at all", ["???"], ["???.pdf"], [0]),
            Case("the same item twice", ["W-2", "W-2"], ["W-2.pdf"], [0]),
        ]) func english(_ case: Case)
    { Self.check(`case`) }

    @Test(
        "Japanese names",
        arguments: [
            Case("the very word", ["源泉徴収票"], ["源泉徴収票.pdf"], [1]),
            Case("behind other words", ["源泉徴収票"], ["給与所得の源泉徴収票.pdf"], [1]),
            Case("with a year before it", ["源泉徴収票"], ["令和7年分源泉徴収票.pdf"], [1]),
            Case("with a name behind it", ["源泉徴収票"], ["源泉徴収票_山田太郎.pdf"], [1]),
            Case("a copy of it", ["源泉徴収票"], ["源泉徴収票の写し.pdf"], [1]),
            Case("an application for it", ["保険証"], ["保険証の申請書.pdf"], [0]),
            Case("a policy is no insurance card", ["保険証"], ["健康保険証券.pdf"], [0]),
            Case("Kyoto is not in Tokyo-to", ["京都"], ["東京都.pdf"], [0]),
            Case("a longer katakana word", ["レシート"], ["レシートプリンター.pdf"], [0]),
            Case("half-width kana", ["レシート"], ["ﾚｼｰﾄ 11月.jpg"], [1]),
            Case("full-width digits", ["給与明細 11月"], ["給与明細　１１月.pdf"], [1]),
            Case("January is not November", ["給与明細 1月"], ["給与明細11月.pdf"], [0]),
            Case("November is not January", ["給与明細 11月"], ["給与明細1月.pdf"], [0]),
            Case("month and word run together", ["11月 給与明細"], ["11月給与明細.pdf"], [1]),
            Case("with a particle between", ["11月 給与明細"], ["11月分の給与明細.pdf"], [1]),
            Case("another year", ["2025年 確定申告書"], ["2024年確定申告書.pdf"], [0]),
            Case("for the year", ["2025年 確定申告書"], ["確定申告書_2025年分.pdf"], [1]),
            Case("there is none", ["領収書"], ["領収書なし.pdf"], [0]),
            Case("not handed in", ["領収書"], ["未提出領収書.pdf"], [0]),
            Case("a dunning letter", ["請求書"], ["請求書 督促.pdf"], [0]),
            Case("two files", ["領収書"], ["領収書1.jpg", "領収書2.jpg"], [0, 0]),
            Case("two items", ["請求書", "領収書"], ["領収書.pdf", "請求書.pdf"], [2, 1]),
            Case("one file, both items", ["請求書", "領収書"], ["請求書・領収書.pdf"], [0]),
            Case("one character alone", ["印"], ["印鑑証明書.pdf"], [0]),
            Case("with Latin letters in it", ["W-2 控え"], ["W-2控え.pdf"], [1]),
        ]) func japanese(_ case: Case)
    { Self.check(`case`) }

    @Test("only what is still asked for is ticked")
    func states() {
        for state in ItemState.allCases {
            let ticks = Self.ticks(Self.items(["W-2"], state), Self.attachments(["W-2.pdf"]))
            #expect(ticks == [state == .open || state == .rejected ? 1 : 0], "\(state)")
        }
    }

    @Test("one content by the names of two items is neither")
    func twoNames() {
        let attachments = ["Rechnung.pdf", "Kontoauszug.pdf", "Vollmacht.pdf"].enumerated().map {
            index, name in
            TickAttachment(
                section: Section("\(index + 2)"), name: name, content: Self.digest(index == 2 ? 2 : 1))
        }
        let items = Self.items(["Rechnung", "Kontoauszug", "Vollmacht"])
        #expect(Self.ticks(items, attachments) == [0, 0, 3])
    }

    @Test("the same octets twice are one attachment, and tick once")
    func sameOctets() {
        let twice = ["W-2.pdf", "W-2 copy.pdf"].enumerated().map { index, name in
            TickAttachment(section: Section("\(index + 2)"), name: name, content: Self.digest(1))
        }
        #expect(Self.ticks(Self.items(["W-2"]), twice) == [1, 0])
    }

    @Test("names without end take no time")
    func longNames() {
        let name = String(repeating: "源泉徴収票W-2-", count: 20_000)
        #expect(Self.ticks(Self.items(["源泉徴収票 2025"]), Self.attachments([name])) == [0])
    }
}
