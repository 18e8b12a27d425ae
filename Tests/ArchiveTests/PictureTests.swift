import Archive
import Glibc
import Testing

@Suite("Pictures of photos and pages, made in a child with limits")
struct PictureTests {
    private static let photos = Fixture.root + "/Tests/Fixtures/Pictures/"

    private func reduce(_ octets: [UInt8], side: Int = 240) throws -> MadePicture {
        let kind = try #require(ReducedPicture.Kind(head: octets))
        let photo = try #require(ReducedPicture(kind, side: side))
        return File.with(octets) { TestChild.containers.picture(of: photo, descriptor: $0) }
    }

    private func page(_ octets: [UInt8], _ number: Int = 1) throws -> MadePicture {
        let page = try #require(PDFPage(number, width: 240))
        return File.with(octets) { TestChild.containers.picture(of: page, descriptor: $0) }
    }

    private func photo(_ name: String) throws -> [UInt8] { try #require(File.read(Self.photos + name)) }

    /// Width and height, from the frame header. ITU T.81 section B.2.2.
    private func size(_ picture: MadePicture) -> (width: Int, height: Int)? {
        guard case .made(let octets) = picture else { return nil }
        var position = 2
        while position + 9 < octets.count, octets[position] == 0xFF {
            if octets[position + 1] == 0xC0 || octets[position + 1] == 0xC2 {
                return (
                    Int(octets[position + 7]) << 8 | Int(octets[position + 8]),
                    Int(octets[position + 5]) << 8 | Int(octets[position + 6])
                )
            }
            position += 2 + (Int(octets[position + 2]) << 8 | Int(octets[position + 3]))
        }
        return nil
    }

    @Test(
        "a photo of every kind becomes a small JPEG",
        arguments: ["photo.heic", "photo.jpeg", "photo.png", "photo.gif", "photo.webp", "photo.tiff"])
    func everyKind(name: String) throws {
        let made = try size(reduce(photo(name)))
        #expect(made?.width == 240)
        #expect(made?.height == 180)
    }

    @Test("a photo that lies on its side is stood up")
    func turned() throws {
        let made = try size(reduce(photo("turned.jpeg")))
        #expect(made?.width == 180)
        #expect(made?.height == 240)
    }

    @Test(
        "a photo that is cut off ends calmly",
        arguments: ["photo.heic", "photo.png", "photo.gif", "photo.webp", "photo.tiff"])
    func broken(name: String) throws {
        let whole = try photo(name)
        for part in [2, 3, 4] {
            switch try reduce(Array(whole.prefix(whole.count * part / 5))) {
            // What a decoder had until then is a picture too.
            case .none, .made: break
            case .unavailable: Issue.record("the child was there")
            }
        }
        #expect(try reduce(Array(whole.prefix(32))) == .none)
    }

    @Test("a picture of ninety thousand million pixels is not drawn")
    func huge() throws {
        // A PNG's header alone, and no octet of what it promises. ISO/IEC 15948 section 11.2.2.
        var octets = try photo("photo.png")
        octets.replaceSubrange(16..<24, with: [0, 4, 0x93, 0xE0, 0, 4, 0x93, 0xE0])
        #expect(try reduce(octets) == .none)
    }

    @Test("what only calls itself a photo is none, and no other decoder gets to see it")
    func disguised() throws {
        let text = Array("\u{89}".unicodeScalars.map { UInt8($0.value) })
        #expect(
            try reduce(text + Array("PNG\r\n".utf8) + Array("<svg><image href='/etc/passwd'/></svg>".utf8))
                == .none)
        #expect(ReducedPicture.Kind(head: Array("<svg xmlns='http://www.w3.org/2000/svg'>".utf8)) == nil)
        #expect(ReducedPicture.Kind(head: Array("push graphic-context".utf8)) == nil)
    }

    private static func pdf(_ box: String, _ stream: String) -> [UInt8] {
        Array(
            """
            %PDF-1.4
            1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
            2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
            3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[\(box)]/Contents 4 0 R\
            /Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
            4 0 obj<</Length \(stream.utf8.count)>>stream
            \(stream)
            endstream endobj
            trailer<</Root 1 0 R>>
            """.utf8)
    }

    @Test("letters of a font that the file does not have with it are drawn with one of the system's")
    func systemFonts() throws {
        let words = try page(Self.pdf("0 0 300 200", "BT /F 40 Tf 10 100 Td (Bescheid) Tj ET"))
        guard case .made(let drawn) = words, case .made(let empty) = try page(Self.pdf("0 0 300 200", ""))
        else {
            Issue.record("there is a page")
            return
        }
        // White alone packs into next to nothing.
        #expect(drawn.count > empty.count * 2)
    }

    @Test("a page becomes a PNG, and one that is not there nothing")
    func pages() throws {
        let octets = Self.pdf("0 0 300 200", "0 0 1 rg 0 0 100 100 re f")
        guard case .made(let made) = try page(octets) else {
            Issue.record("there is a page")
            return
        }
        #expect(made.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        #expect(try page(octets, 2) == .none)
        #expect(try page(Fixture(name: "user-password.pdf").octets()) == .none)
        #expect(try page(Fixture(name: "broken.pdf").octets()) == .none)
    }

    @Test("a page a million times as tall as wide, and one that draws for ever, end within their limits")
    func bombs() throws {
        switch try page(Self.pdf("0 0 1 1000000", "0 0 1 rg 0 0 1 1 re f")) {
        // Poppler draws a pixel where it has no memory for more.
        case .made(let octets): #expect(octets.count < 1000)
        case .none: break
        case .unavailable: Issue.record("the child was there")
        }
        let forever = String(repeating: "0 0 300 200 re W n 0.1 0 0 0.1 0 0 cm\n", count: 10)
        let endless = Self.pdf(
            "0 0 300 200", forever + String(repeating: "0 0 m 9 9 300 9 200 99 c S\n", count: 400_000))
        let started = clock()
        let photo = try #require(PDFPage(1, width: 240))
        _ = File.with(endless) { TestChild.containers.picture(of: photo, descriptor: $0, seconds: 2) }
        #expect((clock() - started) / CLOCKS_PER_SEC < 10)
    }
}

@Suite("Programs that children become")
struct WorkProgramTests {
    @Test("are all of packages that ours depends on", arguments: WorkProgram.all)
    func named(program: WorkProgram) throws {
        let control = try #require(File.read(Fixture.root + "/systemd/deb/control"))
        let depends = String(decoding: control, as: UTF8.self).split(separator: "\n").first {
            $0.hasPrefix("Depends:")
        }
        #expect(depends?.contains(" \(program.debian),") == true)
        #expect(program.isThere)
    }
}
