import Mail
import Testing

@testable import Mailroom

@Suite("The first octets of a file")
struct FileTypeSnifferTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        let octets: [UInt8]
        let members: [String]
        let family: FileFamily?
        let type: String?
        let hasMacros: Bool

        init(
            _ sentence: String, _ octets: [UInt8], members: [String] = [], _ family: FileFamily?,
            _ type: String? = nil,
            hasMacros: Bool = false
        ) {
            self.sentence = sentence
            self.octets = octets
            self.members = members
            self.family = family
            self.type = type
            self.hasMacros = hasMacros
        }

        init(_ sentence: String, _ text: String, _ family: FileFamily?, _ type: String? = nil) {
            self.init(sentence, Array(text.utf8), family, type)
        }

        var testDescription: String { sentence }
    }

    static func zip(_ name: String) -> [UInt8] {
        [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: 26) + Array(name.utf8)
    }

    static func utf16(_ text: String) -> [UInt8] { text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] } }

    static let ole2: [UInt8] =
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 504)

    @Test(
        "say what it is",
        arguments: [
            Case("PDF", "%PDF-1.7\n", .pdf, "application/pdf"),
            Case("PDF after a mark", "\u{FEFF}\r\n%PDF-1.4", .pdf, "application/pdf"),
            Case(
                "PDF far behind",
                Array("x".utf8) + [UInt8](repeating: 0, count: 900) + Array("%PDF-1.4".utf8), .pdf),
            Case("JPEG", [0xFF, 0xD8, 0xFF, 0xE0], .picture, "image/jpeg"),
            Case("PNG", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .picture, "image/png"),
            Case("GIF", "GIF89a", .picture, "image/gif"),
            Case("TIFF, little end first", [0x49, 0x49, 0x2A, 0x00], .picture, "image/tiff"),
            Case("TIFF, big end first", [0x4D, 0x4D, 0x00, 0x2A], .picture, "image/tiff"),
            Case("WebP", "RIFF\u{1}\u{1}\u{1}\u{1}WEBPVP8 ", .picture, "image/webp"),
            Case("HEIC", [0, 0, 0, 24] + Array("ftypheic".utf8), .picture, "image/heic"),
            Case("HEIC by another brand", [0, 0, 0, 24] + Array("ftypmif1".utf8), .picture, "image/heic"),
            Case("a film", [0, 0, 0, 24] + Array("ftypisom".utf8), .film, "video/mp4"),
            Case("RTF", "{\\rtf1", .office, "application/rtf"),
            Case(
                "Word", zip("[Content_Types].xml") + zip("word/document.xml"), .office,
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            Case(
                "Excel, by its members", zip("x"), members: ["[Content_Types].xml", "xl/workbook.xml"],
                .office,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Case(
                "Excel with macros", zip("x"),
                members: ["[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"],
                .office, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                hasMacros: true),
            Case(
                "OpenDocument", zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet") + zip("x"),
                .office,
                "application/vnd.oasis.opendocument.spreadsheet"),
            Case(
                "OpenDocument with macros", zip("mimetypeapplication/vnd.oasis.opendocument.text") + zip("x"),
                members: ["mimetype", "Basic/Standard/Module1.xml"], .office,
                "application/vnd.oasis.opendocument.text",
                hasMacros: true),
            Case("EPUB", zip("mimetypeapplication/epub+zip") + zip("x"), .epub, "application/epub+zip"),
            Case("zip", zip("a.pdf"), .zip, "application/zip"),
            Case("an empty zip", [0x50, 0x4B, 0x05, 0x06], .zip, "application/zip"),
            Case("Java", zip("META-INF/MANIFEST.MF"), .executable),
            Case("Word of 1997", ole2, .office, "application/x-ole-storage"),
            Case(
                "Word of 1997 with macros", ole2 + utf16("_VBA_PROJECT"), .office,
                "application/x-ole-storage", hasMacros: true),
            Case("Outlook", ole2 + utf16("__properties_version1.0"), .outlook, "application/vnd.ms-outlook"),
            Case("a program of Windows", Array("MZ".utf8) + [0x90, 0x00, 0x03], .executable),
            Case(
                "a text that begins alike", "MZ;Bank;Betrag\n1;2;3\n" + String(repeating: "x", count: 100),
                .text),
            Case("a program of Linux", [0x7F, 0x45, 0x4C, 0x46], .executable),
            Case("a shortcut of Windows", [0x4C, 0, 0, 0, 1, 0x14, 2, 0], .executable),
            Case("a script", "#!/bin/sh\n", .script),
            Case("a batch file", "\r\n@Echo Off\r\n", .script),
            Case("PHP", "<?php x", .script),
            Case("RAR", [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07, 0x00], .archive),
            Case("7z", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .archive),
            Case("gzip", [0x1F, 0x8B, 0x08], .archive),
            Case("LZH", [0x20, 0x30] + Array("-lh5-".utf8), .archive),
            Case("winmail.dat", [0x78, 0x9F, 0x3E, 0x22], .tnef),
            Case("HTML", "<!DOCTYPE html><p>", .html, "text/html"),
            Case("HTML after a comment", "<!-- x --><b>", .html),
            Case("HTML in capitals, after a mark", "\u{FEFF}\n <HTML>", .html),
            Case("XHTML", "<?xml version='1.0'?><html xmlns='x'>", .html),
            Case("a script in a tag", "<b><script>x</script>", .html),
            Case("SVG", "<svg xmlns='http://www.w3.org/2000/svg'>", .svg, "image/svg+xml"),
            Case("SVG as XML", "<?xml version='1.0'?>\n<svg>", .svg),
            Case("XML", "<?xml version='1.0'?><Invoice>", .xml, "application/xml"),
            Case("camt", "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.08'>", .xml),
            Case("MT940", ":20:STARTUMS\r\n:25:", .text, "text/x-mt940"),
            Case("CSV", "a;b;c\r\n1;2;3\r\n", .text, "text/plain"),
            Case("CSV in CP932", [0x8E, 0x9E, 0x8A, 0xD4, 0x2C, 0x31, 0x0D, 0x0A], .text),
            Case("text in ISO-2022-JP", [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x1B, 0x28, 0x42, 0x0A], .text),
            Case("text in UTF-16", [0xFF, 0xFE] + utf16("a;b\r\n"), .text),
            Case("HTML in UTF-16", [0xFF, 0xFE] + utf16("<html>"), .html),
            Case("text with a NUL", [0x61, 0x00, 0x62], nil),
            Case("octets", [0x00, 0x01, 0x02, 0x03], nil),
            Case("a PGP message", "-----BEGIN PGP MESSAGE-----\n", .pgp, "application/pgp-encrypted"),
            Case("a PGP signature", "-----BEGIN PGP SIGNATURE-----\n", .signature),
            Case("a calendar", "BEGIN:VCALENDAR\r\n", .calendar),
            Case("a card", "BEGIN:VCARD\r\n", .card),
        ])
    func sniffing(_ case: Case) {
        let sniffed = FileTypeSniffer.sniff(`case`.octets, members: `case`.members)
        #expect(sniffed.family == `case`.family)
        if let type = `case`.type { #expect(sniffed.mediaType?.description == type) }
        #expect(sniffed.hasMacros == `case`.hasMacros)
        #expect(!sniffed.isEmpty)
    }

    @Test("of an empty file say nothing")
    func empty() {
        #expect(FileTypeSniffer.sniff([UInt8]()).isEmpty)
        #expect(FileTypeSniffer.sniff([UInt8]()).family == nil)
    }

    @Test("of any length are read without harm")
    func anyLength() {
        for octets in [
            Self.zip("[Content_Types].xml"), Self.ole2, Array("%PDF".utf8), [0xFF, 0xFE, 0x41],
            Array("RIFF".utf8),
        ] {
            for length in 0...octets.count { _ = FileTypeSniffer.sniff(octets.prefix(length)) }
        }
    }

    @Test("of an old Word document don't tell all: the whole is searched for macros")
    func macros() {
        #expect(FileTypeSniffer.holdsMacros([0, 1] + Self.utf16("_VBA_PROJECT")))
        #expect(!FileTypeSniffer.holdsMacros(Self.utf16("_VBA_PROJEC")))
    }

    static let jpeg: [UInt8] =
        [
            0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x04, 0x00, 0x00, 0xFF, 0xFF, 0xC2, 0x00, 0x11, 0x08, 0x03, 0x20,
            0x02, 0x58, 3, 0, 0, 0,
        ]

    @Test(
        "of a picture say how large it is",
        arguments: [
            (
                "PNG",
                [
                    0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 4, 0,
                    0, 0, 3, 0,
                ], 1024, 768
            ),
            ("GIF", Array("GIF89a".utf8) + [0x40, 0x01, 0xF0, 0x00], 320, 240), ("JPEG", jpeg, 600, 800),
            (
                "WebP, lossy",
                Array("RIFF0000WEBPVP8 ".utf8) + [
                    0, 0, 0, 0, 0, 0, 0, 0x9D, 0x01, 0x2A, 0x40, 0x01, 0xF0, 0x00,
                ], 320, 240
            ),
            (
                "WebP, extended",
                Array("RIFF0000WEBPVP8X".utf8) + [10, 0, 0, 0, 0, 0, 0, 0, 0x3F, 1, 0, 0xEF, 0, 0], 320, 240
            ),
            (
                "WebP, lossless",
                Array("RIFF0000WEBPVP8L".utf8) + [0, 0, 0, 0, 0x2F, 0x3F, 0xC1, 0x3B, 0x00, 0, 0, 0, 0, 0],
                320, 240
            ),
        ] as [(String, [UInt8], Int, Int)])
    func pictureSize(_ kind: String, _ octets: [UInt8], _ width: Int, _ height: Int) {
        #expect(PictureHeader.size(octets) == PictureSize(width: width, height: height))
        for length in 0..<octets.count { _ = PictureHeader.size(octets.prefix(length)) }
    }

    @Test(
        "of what is no picture say no size",
        arguments: [
            [], Array("%PDF".utf8), [0xFF, 0xD8, 0xFF, 0xD9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            [
                0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 0, 0, 0,
                0, 0,
            ],
        ] as [[UInt8]])
    func noPicture(_ octets: [UInt8]) { #expect(PictureHeader.size(octets) == nil) }

    @Test("of a JPEG with a segment that claims no length end the search")
    func endless() {
        let octets: [UInt8] =
            [0xFF, 0xD8] + (0..<100_000).flatMap { _ in [0xFF, 0xE0, 0x00, 0x00] as [UInt8] }
        #expect(PictureHeader.size(octets) == nil)
    }
}
