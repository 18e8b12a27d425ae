import Testing

@testable import Archive

@Suite("The words of documents, read in a child")
struct DocumentWordsTests {
    private func words(
        _ kind: Containers.TextKind, _ octets: [UInt8], limit: Int = 1 << 18
    ) -> DocumentWords {
        File.with(octets) { TestChild.containers.words(kind, descriptor: $0, limit: limit) }
    }

    private func office(_ members: (String, String)...) -> DocumentWords {
        var zip = ZipWriter()
        for (name, content) in members { zip.add(name, Array(content.utf8)) }
        return words(.office, zip.octets)
    }

    private func split(_ words: DocumentWords) -> [String] {
        guard case .text(let text) = words else { return ["\(words)"] }
        return text.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    @Test("a letter: a word cut into runs is one, paragraphs are apart, what was struck out is gone")
    func letter() {
        let found = office(
            ("[Content_Types].xml", "<Types>not this</Types>"),
            (
                "word/document.xml",
                """
                <?xml version="1.0"?><w:document><w:body><w:p><w:r><w:t>Lohn</w:t></w:r><w:r><w:t>abrechnung</w:t>\
                </w:r></w:p><w:p><w:r><w:delText>gestrichen</w:delText><w:t>M&#252;ller &amp; S&#xF6;hne</w:t>\
                <w:tab/><w:t>髙橋</w:t></w:r></w:p></w:body></w:document>
                """
            ), ("word/footnotes.xml", "<w:p><w:t>Fußnote</w:t></w:p>"))
        #expect(split(found) == ["Lohnabrechnung", "Müller", "&", "Söhne", "髙橋", "Fußnote"])
    }

    @Test("a sheet: its texts and numbers, not the numbers of its texts, nor its formulas")
    func sheet() {
        let found = office(
            (
                "xl/sharedStrings.xml",
                "<sst><si><t>Konto</t></si><si><r><t>Be</t></r><r><t>trag</t></r></si></sst>"
            ),
            (
                "xl/worksheets/sheet1.xml",
                """
                <worksheet><row><c r="A1" t="s"><v>7777</v></c><c r="B1"><f>SUM(A1)</f><v>1234.56</v></c>\
                <c r="C1"><v>2025</v></c></row></worksheet>
                """
            ))
        #expect(split(found) == ["Konto", "Betrag", "1234.56", "2025"])
    }

    @Test("slides and OpenDocument")
    func others() {
        #expect(
            split(office(("ppt/slides/slide1.xml", "<a:p><a:r><a:t>Folie</a:t></a:r></a:p>"))) == ["Folie"])
        let odf = office(("content.xml", "<text:p>Ein<text:tab/>Text</text:p><text:h>Titel</text:h>"))
        #expect(split(odf) == ["Ein", "Text", "Titel"])
    }

    @Test("a PDF")
    func pdf() {
        let stream = "BT /F1 12 Tf 20 100 Td (Einkommensteuerbescheid 2024) Tj ET"
        let text = """
            %PDF-1.4
            1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
            2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
            3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R\
            /Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
            4 0 obj<</Length \(stream.utf8.count)>>stream
            \(stream)
            endstream endobj
            trailer<</Root 1 0 R>>
            """
        #expect(split(words(.pdf, Array(text.utf8))) == ["Einkommensteuerbescheid", "2024"])
    }

    @Test("no more is read than is wanted")
    func limit() {
        var zip = ZipWriter()
        zip.add("content.xml", Array(String(repeating: "<text:p>wort</text:p>", count: 200_000).utf8))
        guard case .text(let text) = words(.office, zip.octets, limit: 10_000) else {
            Issue.record("the beginning is worth having")
            return
        }
        #expect(text.utf8.count == 10_000)
    }

    @Test("what is damaged or locked is unreadable, and says why")
    func broken() {
        for (kind, name) in [(Containers.TextKind.pdf, "broken.pdf"), (.office, "cut-off.zip")] {
            guard case .unreadable(let why) = words(kind, Fixture(name: name).octets()) else {
                Issue.record("\(name) has no words")
                continue
            }
            #expect(!why.isEmpty)
        }
    }
}
