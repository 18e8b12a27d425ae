import Testing
import Text

@testable import Mailroom

@Suite("What somebody looks for is read as they meant it")
struct SearchQueryTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        let text: String
        let terms: String

        init(_ sentence: String, _ text: String, _ terms: String) {
            self.sentence = sentence
            self.text = text
            self.terms = terms
        }

        var testDescription: String { sentence }
    }

    @Test(
        "words, phrases and fields",
        arguments: [
            Case("nothing", "  ", ""),
            Case("words", "lohn november", "lohn|november"),
            Case("a phrase", "\"lohn november\" x", "[lohn november]|x"),
            Case("a phrase that does not end", "\"lohn november", "[lohn november]"),
            Case("quotation marks of other languages", "„lohn november“ 「給与 明細」", "[lohn november]|[給与 明細]"),
            Case("without a word", "lohn -november", "lohn|-november"),
            Case("without a phrase", "-\"a b\"", "-[a b]"),
            Case("a minus alone is nothing", "a - b", "a|b"),
            Case("a minus within a word", "RE-2025-0117", "RE-2025-0117"),
            Case("a field", "from:kate", "from=kate"),
            Case("a field with a phrase", "from:\"Kate Smith\"", "from=[Kate Smith]"),
            Case("not from", "-from:kate", "-from=kate"),
            Case("in capitals", "FROM:Kate", "from=Kate"),
            Case("as a Japanese keyboard types it", "ｆｒｏｍ：山田　様", "from=山田|様"),
            Case("a file", "file:pdf", "file=pdf"),
            Case("a time is no field", "10:30", "10:30"),
            Case("an address is no field", "https://a.example/x", "https://a.example/x"),
            Case("the Re: of a subject is a word", "Re: Lohn AW: x", "Re:|Lohn|AW:|x"),
            Case("punctuation alone is nothing", "& … !", ""),
        ])
    func terms(_ case: Case) {
        let query = SearchQuery(`case`.text)
        #expect(query.problems.isEmpty)
        let terms = query.terms.map { term in
            (term.isExcluded ? "-" : "") + (term.field == .anywhere ? "" : "\(term.field)=")
                + (term.isPhrase ? "[\(term.text)]" : term.text)
        }
        #expect(terms.joined(separator: "|") == `case`.terms)
    }

    @Test(
        "operators and their values are known in three languages",
        arguments: [
            "account:10482 mailbox:office has:file is:unread assigned:me in:done after:2025-11-01 from:x to:y file:pdf",
            "mandant:10482 postfach:office mit:anlage ist:ungelesen zugewiesen:mir unter:erledigt ab:1.11.2025 von:x an:y datei:pdf",
            "お客様:10482 メールボックス:office 添付:あり 状態:未読 担当:自分 対応:完了 以降:2025年11月1日 差出人:x 宛先:y ファイル:pdf",
            "Mandant：10482 Postfach:office hat:Anhang is:ungelesen zugewiesen:ich in:erledigt seit:2025-11 VON:x to:y anlage:pdf",
        ])
    func languages(_ text: String) {
        let query = SearchQuery(text)
        #expect(query.problems.isEmpty)
        #expect(query.accounts == ["10482"] && query.mailboxes == ["office"] && query.hasFile)
        #expect(query.isUnread == true && query.assignee == .me && query.state == .done)
        #expect(query.after == CivilDay(year: 2025, month: 11, day: 1))
        #expect(query.terms.map(\.field) == [.from, .to, .file])
    }

    @Test("no name means two things, and each is understood as it is written in help")
    func names() {
        for language in Language.allCases {
            #expect(
                Set(SearchOperator.allCases.map { $0.name(language) }).count == SearchOperator.allCases.count)
            for one in SearchOperator.allCases {
                #expect(SearchOperator(named: one.name(language)) == one)
                for value in one.values(language) { #expect(one.value(value) != nil) }
            }
        }
    }

    @Test("two ideographs are near enough to say what was meant, two letters are not")
    func short() {
        #expect(
            SearchQuery("状態:未毒").problems == [
                .unknownValue(.is, "未毒", meant: "未読", corrected: "状態:未読")
            ])
        #expect(
            SearchQuery("xn:kate").problems == [.unknownOperator("xn", meant: nil, corrected: nil)])
        #expect(SearchQuery("AW: Lohn").problems.isEmpty)
    }

    @Test("operators set what they say")
    func operators() {
        let query = SearchQuery("account:10482 mailbox:Office has:file is:unread assigned:me in:done")
        #expect(query.problems.isEmpty)
        #expect(query.accounts == ["10482"] && query.mailboxes == ["Office"])
        #expect(query.hasFile && query.isUnread == true && query.assignee == .me && query.state == .done)
        #expect(SearchQuery("is:read assigned:nobody").isUnread == false)
        #expect(SearchQuery("assigned:Yuki").assignee == .staff("yuki"))
        #expect(SearchQuery("assigned:nobody").assignee == .nobody)
    }

    @Test(
        "days as people write them",
        arguments: [
            ("2025-11-21", "2025-11-21"), ("21.11.2025", "2025-11-21"), ("1.2.2025", "2025-02-01"),
            ("2025/11/21", "2025-11-21"), ("2025年11月21日", "2025-11-21"), ("2025-11", "2025-11-01"),
            ("2025年11月", "2025-11-01"), ("2025", "2025-01-01"), ("２０２５", "2025-01-01"),
        ])
    func days(_ text: String, _ day: String) {
        #expect(SearchQuery("after:\(text)").after?.description == day)
        #expect(SearchQuery("before:\(text)").before?.description == day)
    }

    @Test("of two days the narrower one holds")
    func narrow() {
        let query = SearchQuery("after:2024 after:2025 before:2027 before:2026")
        #expect(query.after?.description == "2025-01-01" && query.before?.description == "2026-01-01")
    }

    @Test(
        "what is wrong is said, and what was probably meant",
        arguments: [
            (
                "a fron:kate b",
                SearchProblem.unknownOperator("fron", meant: .from, corrected: "a from:kate b")
            ),
            ("colour:red", .unknownOperator("colour", meant: nil, corrected: nil)),
            ("-form:\"a b\"", .unknownOperator("form", meant: .from, corrected: "-from:\"a b\"")),
            ("is:unraed", .unknownValue(.is, "unraed", meant: "unread", corrected: "is:unread")),
            ("in:basement", .unknownValue(.in, "basement", meant: nil, corrected: nil)),
            ("from:", .noValue(.from)), ("before:soon", .noDay(.before, "soon")),
            ("after:2025-02-30", .noDay(.after, "2025-02-30")),
            ("after:31.13.2025", .noDay(.after, "31.13.2025")),
            ("after:9", .noDay(.after, "9")), ("-has:file", .notExcludable(.has)),
            (String(repeating: "x", count: 501), .tooLong(characters: 500)),
            (String(repeating: "x ", count: 25), .tooManyWords(24)),
        ])
    func problems(_ text: String, _ problem: SearchProblem) {
        #expect(SearchQuery(text).problems == [problem])
    }
}
