import Mail
import Processes
import Testing

@testable import Demo

@Suite("The demo's files are what they say")
struct DemoFileTests {
    private static let everyFile = Workshop.messages.flatMap(\.files)

    @Test("MD5 and RC4 as their standards have it")
    func ciphers() {
        #expect([UInt8]().md5.hex == "d41d8cd98f00b204e9800998ecf8427e")
        #expect(Array("abc".utf8).md5.hex == "900150983cd24fb0d6963f7d28e17f72")
        #expect(
            [UInt8](repeating: UInt8(ascii: "a"), count: 119).md5.hex == "8a7bd0732ed6a28ce75f6dabc90e1613")
        #expect(RC4.apply(key: Array("Key".utf8), to: Array("Plaintext".utf8)).hex == "bbf316e8d940af0ad3")
        #expect(CRC32.of(Array("123456789".utf8)) == 0xcbf4_3926)
    }

    @Test(
        "each PDF opens with one page, and the locked one only with its password",
        .enabled(if: Workshop.has("pdfinfo"), "pdfinfo is not installed"))
    func pdf() throws {
        try Workshop.with { workshop in
            let pages = Self.everyFile.filter { $0.octets.starts(with: Array("%PDF".utf8)) }
            #expect(pages.count > 30)
            for (index, file) in pages.enumerated() {
                try workshop.directory.write(file.octets, to: "\(index).pdf")
                let (output, ending) = try workshop.run("pdfinfo", ["\(index).pdf"], serial: index)
                if file.name.hasPrefix("Payroll") {
                    #expect(output.contains("Incorrect password"))
                    let opened = try workshop.run(
                        "pdftotext", ["-upw", "robot42", "\(index).pdf", "-"], serial: 1000 + index)
                    #expect(opened.output.contains("Northgate Robotics Ltd"), "\(opened.output)")
                } else {
                    #expect(
                        ending == .exited(0) && output.contains("Pages:           1"),
                        "\(file.name): \(output)")
                    #expect(
                        !output.contains("Error") && !output.contains("Warning"), "\(file.name): \(output)")
                }
            }
        }
    }

    @Test(
        "a page's text can be read, umlauts and parentheses too",
        .enabled(if: Workshop.has("pdftotext"), "pdftotext is not installed"))
    func pdfText() throws {
        try Workshop.with { workshop in
            let page = PDF(title: "Löhne (November)", lines: ["Straße 5 \\ 1.284,00 €", "„Grüße“"])
            try workshop.directory.write(page.octets(), to: "a.pdf")
            let words = ["Löhne (November)", "Straße 5 \\ 1.284,00 €", "„Grüße“"]
            let output = try workshop.run("pdftotext", ["-layout", "a.pdf", "-"]).output
            for word in words { #expect(output.contains(word), "\(output)") }
        }
    }

    @Test(
        "each zip, document and workbook opens; the locked zip with its password alone",
        .enabled(if: Workshop.has("python3"), "python3 is not installed"))
    func zip() throws {
        try Workshop.with { workshop in
            let archives = Self.everyFile.filter { $0.octets.starts(with: [0x50, 0x4b, 3, 4]) }
            #expect(archives.count > 8)
            for (index, file) in archives.enumerated() {
                try workshop.directory.write(file.octets, to: "\(index).zip")
            }
            let script = """
                import glob, zipfile, xml.dom.minidom
                for name in glob.glob("*.zip"):
                    archive = zipfile.ZipFile(name)
                    locked = archive.infolist()[0].flag_bits & 1
                    if locked:
                        try: archive.testzip(); print("opened without a password")
                        except RuntimeError: pass
                        archive.setpassword(b"sakura-2291")
                        assert archive.read(archive.namelist()[0]).startswith(b"%PDF")
                        print("locked")
                    assert archive.testzip() is None
                    for member in archive.namelist():
                        if member.endswith((".xml", ".rels")):
                            xml.dom.minidom.parseString(archive.read(member))
                """
            let (output, ending) = try workshop.run("python3", ["-c", script])
            #expect(ending == .exited(0) && output == "locked\n", "\(output)")
        }
    }

    @Test("winmail.dat holds the PDF and its long name")
    func tnef() throws {
        let file = DemoFile(
            name: "Resolutions of the meeting.pdf", mediaType: "application/pdf", octets: [1, 2, 3, 255])
        let stream = TNEF(files: [file]).octets
        #expect(stream.prefix(6) == [0x78, 0x9f, 0x3e, 0x22, 1, 0])
        var found: [UInt32: [UInt8]] = [:]
        var place = 6
        func number(_ count: Int) -> Int {
            defer { place += count }
            return (0..<count).reduce(0) { $0 | Int(stream[place + $1]) << ($1 * 8) }
        }
        while place < stream.count {
            _ = number(1)
            let attribute = UInt32(number(4))
            let length = number(4)
            let value = Array(stream[place..<place + length])
            place += length
            #expect(number(2) == value.reduce(0) { ($0 + Int($1)) & 0xffff })
            found[attribute] = value
        }
        #expect(found[0x0006_800f] == file.octets)
        #expect(found[0x0001_8010] == Array("RESOLU~1.PDF\0".utf8))
        #expect(found[0x0006_9005]?.dropFirst(16).starts(with: Array(file.name.utf8)) == true)
    }

    @Test("ytnef unpacks winmail.dat", .enabled(if: Workshop.has("ytnef"), "ytnef is not installed"))
    func ytnef() throws {
        try Workshop.with { workshop in
            let file = PDF(title: "Minutes", lines: []).file("Resolutions_of_the_meeting.pdf")
            try workshop.directory.write(TNEF(files: [file]).octets, to: "winmail.dat")
            let (output, ending) = try workshop.run("ytnef", ["-f", ".", "winmail.dat"])
            #expect(ending == .exited(0), "\(output)")
            let isWhole = workshop.directory.contents(of: file.name) == file.octets
            #expect(isWhole, "\(output)")
        }
    }

    @Test(
        "an opaque signature holds the entity whole",
        .enabled(if: Workshop.has("openssl"), "openssl is not installed"))
    func opaque() throws {
        try Workshop.with { workshop in
            let entity = Part.mixed([.text("Hallo"), .file(PDF(title: "A", lines: []).file("a.pdf"))])
            try workshop.directory.write(OddFile.opaque(entity).octets, to: "a.p7m")
            try workshop.directory.write(OddFile.signature.octets, to: "a.p7s")
            let printed = try workshop.run(
                "openssl", ["asn1parse", "-inform", "DER", "-in", "a.p7m"], serial: 1)
            #expect(
                printed.ending == .exited(0) && printed.output.contains("pkcs7-signedData"),
                "\(printed.output)")
            let cut = try workshop.run(
                "openssl", ["cms", "-cmsout", "-print", "-inform", "DER", "-in", "a.p7s"], serial: 2)
            #expect(cut.ending == .exited(0), "\(cut.output)")
        }
    }

    @Test("pictures begin as pictures do, and the pasted receipt is over 100 KB and half a megapixel")
    func pictures() throws {
        let kinds = Dictionary(
            grouping: Self.everyFile.filter { $0.mediaType.hasPrefix("image/") }, by: \.mediaType)
        for file in kinds["image/jpeg"] ?? [] { #expect(file.octets.starts(with: [0xff, 0xd8, 0xff, 0xe0])) }
        for file in kinds["image/png"] ?? [] { #expect(file.octets.starts(with: [0x89, 0x50, 0x4e, 0x47])) }
        for file in kinds["image/heic"] ?? [] {
            #expect(Array(file.octets[4..<12]) == Array("ftypheic".utf8))
        }
        #expect(Set(kinds.keys) == ["image/jpeg", "image/png", "image/heic"])
        let receipt = try #require(kinds["image/jpeg"]?.first { $0.name == "IMG_4711.jpeg" })
        #expect(receipt.octets.count > 100_000)
        #expect(88 * 8 * 124 * 8 > 500_000)
        let logos = Set((kinds["image/png"] ?? []).map(\.octets))
        #expect(logos.count == 2 && logos.allSatisfy { $0.count < 4096 })
    }

    @Test("a JPEG is drawn as it was meant", .enabled(if: Workshop.has("djpeg"), "djpeg is not installed"))
    func jpeg() throws {
        try Workshop.with { workshop in
            let levels = [0, 255, 128, 60, 200, 235]
            try workshop.directory.write(
                FlatJPEG(columns: 3, rows: 2, levels: levels).octets(noise: [1, 2, 3]), to: "a.jpg")
            let (_, ending) = try workshop.run("djpeg", ["-grayscale", "-outfile", "a.pgm", "a.jpg"])
            #expect(ending == .exited(0))
            let pixels = workshop.directory.contents(of: "a.pgm").suffix(24 * 16)
            let centres = levels.indices.map {
                pixels[pixels.startIndex + ($0 / 3 * 8 + 4) * 24 + $0 % 3 * 8 + 4]
            }
            #expect(centres.map(Int.init) == levels)
        }
    }
}
