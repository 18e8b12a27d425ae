import Mail
import Testing
import Text

@testable import Mailroom

@Suite("Words of the domain")
struct WordsTests {
    @Test(
        "an account's number",
        arguments: [
            ("10482", true), ("A.b_c-1", true), ("G-1", true), ("", false), ("a b", false), ("ü", false),
            ("..", false), (".", false),
            (String(repeating: "1", count: 32), true), (String(repeating: "1", count: 33), false),
            ("1/2", false),
        ])
    func numbers(_ text: String, _ isNumber: Bool) { #expect((AccountNumber(text) != nil) == isNumber) }

    @Test("switches are read and written as words")
    func switches() {
        #expect(Switches(words: "sync notify") == [.sync, .notify])
        #expect(Switches(words: "  login   sign ") == [.login, .sign])
        #expect(Switches(words: "") == [])
        #expect(Switches(words: "sync,notify") == nil)
        #expect(Switches(words: "Sync") == nil)
        #expect(Switches.imported.description == "sync notify")
    }

    @Test("the words that others read are exact")
    func codes() {
        #expect(
            LedgerState.allCases.map(\.rawValue) == [
                "filed", "shown", "duplicate", "unwrapped", "needs_filing", "failed",
            ])
        let reasons = """
            text inline small_picture repeated_picture signature calendar card
            history against open_strict ambiguous unmatched suggested automatic other_list type macro too_large
            encrypted infected unscanned suspicious file_link secure_message container_damaged filing_off
            gave_nothing unreadable storage
            """
        #expect(
            LedgerReason.allCases.map(\.rawValue)
                == reasons.split(whereSeparator: \.isWhitespace).map(String.init))
        #expect(
            MatchKind.allCases.map(\.rawValue) == [
                "request", "drop_address", "address", "rule", "domain", "suggested", "ambiguous", "unmatched",
                "staff",
            ])
        #expect(Verdict.allCases.map(\.rawValue) == ["proven", "open", "against"])
        #expect(Direction.allCases.map(\.rawValue) == ["in", "out"])
    }

    @Test(
        "F33: free-mail domains are known",
        arguments: [
            ("gmail.com", true), ("GMX.de", true), ("web.de", true), ("t-online.de", true),
            ("docomo.ne.jp", true),
            ("ezweb.ne.jp", true), ("yahoo.co.jp", true), ("softbank.ne.jp", true), ("bolt.example", false),
            ("firma.de", false),
            ("kunde.co.jp", false),
        ])
    func f33_freeMail(_ domain: String, _ isFree: Bool) throws {
        #expect(FreeMail().contains(try #require(DomainName(domain))) == isFree)
    }

    @Test(
        "addresses are found in running text",
        arguments: [
            (
                "Kate <kate@smith.example>, or bert@bolt.example.",
                ["kate@smith.example", "bert@bolt.example"]
            ),
            ("a@b", []), ("@ x@ @y.example", []), ("a@b.example@c.example", ["a@b.example"]), ("", []),
            ("差出人: 太郎 <taro@例え.jp>", ["taro@例え.jp"]),
        ])
    func scan(_ text: String, _ addresses: [String]) {
        #expect(AddressScan.addresses(in: text).map(\.description) == addresses)
    }

    @Test("a text of at signs is read in no time")
    func scanning() {
        let clock = ContinuousClock()
        let text = String(repeating: "a@", count: 500_000) + String(repeating: "x", count: 1_000_000)
        #expect(clock.measure { _ = AddressScan.addresses(in: text) } < .seconds(2))
        let lines = String(repeating: "Von: a@b.example\n", count: 100_000)
        #expect(clock.measure { _ = ForwardedHeader.senders(in: lines) } < .seconds(5))
        #expect(
            clock.measure {
                _ = FileLinkFinder.links(in: String(repeating: "https://we.tl/ ", count: 100_000))
            } < .seconds(5))
    }

    @Test(
        "links to files are found, with the service and the expiry",
        arguments: [
            (
                "Bitte: https://we.tl/t-abc gültig bis 27.11.2026.",
                ["WeTransfer https://we.tl/t-abc 27.11.2026"]
            ),
            (
                "https://firma-my.sharepoint.com/:b:/g/x",
                ["SharePoint https://firma-my.sharepoint.com/:b:/g/x -"]
            ),
            (
                "https://12.gigafile.nu/1127-abc\nダウンロード期限：2026年11月27日",
                ["GigaFile https://12.gigafile.nu/1127-abc 2026年11月27日"]
            ),
            (
                "<a href=\"https://www.icloud.com/attachment/?u=x\">",
                ["Mail Drop https://www.icloud.com/attachment/?u=x -"]
            ),
            ("https://evil.example/we.tl/", []), ("https://notwe.tl/x", []), ("https://www.icloud.com/", []),
            ("https://we.tl/a https://we.tl/b", ["WeTransfer https://we.tl/a -"]), ("http", []),
        ])
    func links(_ text: String, _ links: [String]) {
        #expect(FileLinkFinder.links(in: text).map { "\($0.service) \($0.url) \($0.expiry ?? "-")" } == links)
    }
}
