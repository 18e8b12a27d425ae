import Archive
import Testing

@Suite("What is told of a file as it passes by does not depend on where it is cut")
struct PassingScannerTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String
        let maybeEncrypted: Bool

        init(_ sentence: String, _ text: String, _ maybeEncrypted: Bool) {
            testDescription = sentence
            self.text = text
            self.maybeEncrypted = maybeEncrypted
        }
    }

    static let cases = [
        Case("no trailer at all", "%PDF-1.4", false),
        Case("a trailer without the name", "trailer << /Size 4 /Root 1 0 R >>", false),
        Case("a trailer with it", "trailer << /Size 4 /Encrypt 5 0 R >>", true),
        Case("the name after a broken beginning of it", "/Enc/Encrypt 5 0 R", true),
        Case("slashes before it", "///Encrypt", true),
        Case("with a character escaped", "/Encr#79pt 5 0 R", true),
        Case("with every character escaped", "/#45#6e#63#72#79#70#74 5 0 R", true),
        Case("with upper-case digits", "/#45#6E#63rypt", true),
        Case("an escape that is none", "/Enc#7zrypt", false),
        Case("an escape of another letter", "/Enc#73rypt", false),
        Case("the word without a slash", "Encrypt", false),
        Case("another name that begins the same way", "/Encode /Encoding /Encry", false),
    ]

    @Test("a PDF's encryption", arguments: cases)
    func pdf(testCase: Case) {
        let octets = Array(testCase.text.utf8)
        for step in 1...octets.count {
            var scanner = PDFEncryptionScanner()
            for piece in pieces(octets, step) { scanner.feed(piece.span) }
            #expect(scanner.maybeEncrypted == testCase.maybeEncrypted)
        }
    }

    @Test("an encrypted Office document, and one with macros")
    func office() {
        let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
        func wide(_ text: String) -> [UInt8] { text.utf16.flatMap { [UInt8($0), 0] } }
        let directory = signature + [UInt8](repeating: 0, count: 70)
        let encrypted = directory + wide("EncryptionInfo") + [0, 0] + wide("EncryptedPackage") + [0, 0]
        let macros = directory + wide("E_VBA_PROJECT") + [0]
        for step in [1, 2, 7, 31, 64, 500] {
            var scanners = (OfficeFileScanner(), OfficeFileScanner(), OfficeFileScanner())
            for piece in pieces(encrypted, step) { scanners.0.feed(piece.span) }
            for piece in pieces(macros, step) { scanners.1.feed(piece.span) }
            for piece in pieces(Array("EncryptedPackage".utf8) + encrypted, step) {
                scanners.2.feed(piece.span)
            }
            #expect(scanners.0.isEncrypted && !scanners.0.hasMacros)
            #expect(!scanners.1.isEncrypted && scanners.1.hasMacros)
            #expect(!scanners.2.isCompoundFile && !scanners.2.isEncrypted)
        }
    }

    @Test("an encrypted document of Office 2003 and before")
    func oldOffice() {
        let header: [UInt8] =
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 504)
        let bof: [UInt8] = [0x09, 0x08, 16, 0] + [UInt8](repeating: 0, count: 16)
        let table: [(octets: [UInt8], isEncrypted: Bool)] = [
            ([0xEC, 0xA5, 0xC1, 0, 0, 0, 9, 4, 0, 0, 0, 0x13], true),
            ([0xEC, 0xA5, 0xC1, 0, 0, 0, 9, 4, 0, 0, 0, 0x12], false),
            (bof + [0x2F, 0, 54, 0], true),
            (bof + [0x86, 0, 0, 0, 0x2F, 0, 54, 0], true),
            (bof + [0xE1, 0, 2, 0, 0xB0, 4], false),
            ([], false),
        ]
        for row in table {
            for step in [1, 100, 1000] {
                var scanner = OfficeFileScanner()
                for piece in pieces(header + row.octets, step) { scanner.feed(piece.span) }
                #expect(scanner.isEncrypted == row.isEncrypted)
            }
        }
    }

    private func pieces(_ octets: [UInt8], _ step: Int) -> [[UInt8]] {
        stride(from: 0, to: octets.count, by: step).map { Array(octets[$0..<min($0 + step, octets.count)]) }
    }

    @Test(
        "a workbook with a macro project by any spelling of its name, and one without",
        arguments: [1, 7, 4096])
    func macroNames(_ step: Int) {
        for (name, holds) in [
            ("xl/vbaProject.bin", true), ("xl/VBAPROJECT.BIN", true), ("xl/vbaproject.bin", true),
            ("xl/printerSettings1.bin", false),
        ] {
            var scanner = MacroNameScanner()
            let octets =
                Array("PK\u{3}\u{4}[Content_Types].xml".utf8) + [UInt8](repeating: 0x80, count: 5_000)
            for piece in pieces(octets + Array(name.utf8), step) { scanner.feed(piece.span) }
            #expect(scanner.maybeMacros == holds, "\(name)")
        }
    }
}
