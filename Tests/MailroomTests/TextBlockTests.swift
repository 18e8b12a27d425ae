import Testing

@testable import Mailroom

@Suite("What is new in a message, and what was written before")
struct TextBlockTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        let text: String
        let blocks: [String]

        init(_ sentence: String, _ text: String, _ blocks: [String]) {
            (self.sentence, self.text, self.blocks) = (sentence, text, blocks)
        }

        var testDescription: String { sentence }
    }

    @Test(
        "Each line is somebody's",
        arguments: [
            Case("only words of one's own", "Hallo,\n\nanbei die Belege.\n", ["own 3"]),
            Case(
                "an answer above", "Danke!\n\nAm 3. Mai 2026 um 10:00 schrieb Kate:\n> Bitte\n> senden\n",
                ["own 1", "quote 3"]),
            Case(
                "who wrote it on two lines",
                "Thanks\n\nOn Mon, 4 May 2026 at 10:00, Kate Smith\n<kate@x.example> wrote:\n\n> Please\n",
                ["own 1", "quote 3"]),
            Case(
                "answers between", "> Wann?\n\nMorgen.\n\n> Wo?\n\nHier.\n",
                ["short 1", "own 1", "short 1", "own 1"]),
            Case(
                "a long quote, answered below", "> a\n> b\n> c\n> d\n> e\n> f\n> g\nSo.",
                ["quote 7", "own 1"]),
            Case("empty lines within a quote", "Ja\n> a\n\n> b\n", ["own 1", "quote 3"]),
            Case("a signature", "Gruß\n-- \nKanzlei\nTel. 1", ["own 1", "signature 3"]),
            Case(
                "a signature before the quote", "Gruß\n-- \nKanzlei\n\nAm 3.5. schrieb A:\n> x",
                ["own 1", "signature 2", "quote 2"]),
            Case(
                "Outlook's header",
                "Siehe unten.\n\nVon: Kate <k@x.example>\nGesendet: Montag, 4. Mai 2026\nAn: Kanzlei\nBetreff: Frage\n\nText",
                ["own 1", "earlier 6"]),
            Case(
                "in bold, below a rule",
                "Ok\n________________________________\n*From:* Kate\n*Sent:* Monday\n*To:* Office\n\nText",
                ["own 1", "earlier 6"]),
            Case(
                "Japanese", "承知しました。\n\n差出人: 田中\n送信日時: 2026年5月4日\n宛先: 事務所\n件名: 書類\n\n本文",
                ["own 1", "earlier 6"]),
            Case(
                "Gmail in Japanese", "はい\n\n2026年5月4日(月) 10:00 田中 <t@x.example>のメール:\n> 書類",
                ["own 1", "quote 2"]),
            Case(
                "a message passed on", "---------- Forwarded message ---------\nFrom: A\nDate: x\n\nText",
                ["earlier 5"]),
            Case(
                "an original message", "Ja\n-----Ursprüngliche Nachricht-----\nVon: A\n\nText",
                ["own 1", "earlier 4"]),
            Case(
                "without marks", "Yes\n\nOn 4 May 2026 at 10:00, Kate <k@x.example> wrote:\n\nText",
                ["own 1", "earlier 3"]),
            Case("a sentence with a colon", "Am Montag schrieb ich:\nBitte senden.\n", ["own 2"]),
            Case("a list of dashes", "- eins\n- zwei\n--- drei\n", ["own 3"]),
            Case("From alone", "From: Anna\nwith love\n", ["own 2"]),
            Case("nothing", "\n\n", []),
        ])
    func blocks(_ one: Case) {
        let found = TextBlock.blocks(of: one.text).map { block in
            let kind =
                switch block.kind {
                case .own: "own"
                case .shortQuote: "short"
                case .quote: "quote"
                case .earlier: "earlier"
                case .signature: "signature"
                }
            return "\(kind) \(block.lines.count)"
        }
        #expect(found == one.blocks)
    }

    @Test("Addresses lead where they say, and no sign of the sentence belongs to them")
    func links() {
        func shown(_ line: String) -> [String] {
            LinkedText.pieces(of: line).map { piece in
                switch piece {
                case .text(let text): text
                case .link(let text, let address): "[\(text)|\(address)]"
                }
            }
        }
        #expect(
            shown("Siehe https://a.example/b?c=1.") == [
                "Siehe ", "[https://a.example/b?c=1|https://a.example/b?c=1]", ".",
            ])
        #expect(
            shown("(https://a.example/x_(y))") == [
                "(", "[https://a.example/x_(y)|https://a.example/x_(y)]", ")",
            ])
        #expect(shown("<http://a.example>") == ["<", "[http://a.example|http://a.example]", ">"])
        #expect(shown("www.a.example, oder") == ["[www.a.example|https://www.a.example]", ", oder"])
        #expect(
            shown("こちらhttps://a.example/請求書") == ["こちら", "[https://a.example/|https://a.example/]", "請求書"])
        #expect(shown("an k.b+c@x.example.") == ["an ", "[k.b+c@x.example|mailto:k.b+c@x.example]", "."])
        #expect(
            shown("javascript:alert(1) data:text/html,x @ a@b") == [
                "javascript:alert(1) data:text/html,x @ a@b"
            ])
        #expect(shown("xhttps://a.example") == ["xhttps://a.example"])
        #expect(shown("") == [])
    }

    @Test("A line of a megabyte takes no time")
    func linear() {
        for text in ["@", "a@", "www.", "http://", ">", "h("] {
            let line = String(repeating: text, count: 1_000_000 / text.utf8.count)
            let time = ContinuousClock().measure {
                _ = LinkedText.pieces(of: line)
                _ = TextBlock.blocks(of: line)
            }
            #expect(time < .seconds(20))
        }
    }
}
