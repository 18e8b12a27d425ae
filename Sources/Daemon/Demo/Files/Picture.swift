/// Pictures drawn in code: a logo, a receipt someone photographed, what a telephone sends.
enum Picture {
    /// A square with a letter-like bar, in the firm's colour. PNG specification, deflate's stored blocks.
    static func logo(_ name: String, red: UInt8, green: UInt8, blue: UInt8) -> DemoFile {
        let side = 48
        var rows: [UInt8] = []
        for y in 0..<side {
            rows.append(0)
            for x in 0..<side {
                let isBar =
                    (12..<18).contains(x) || (30..<36).contains(x)
                    || (21..<27).contains(y) && x > 12 && x < 36
                let isInside = (8..<40).contains(y) && isBar
                rows.append(isInside ? 1 : 0)
            }
        }
        var deflated: [UInt8] = [0x78, 0x01, 0x01]
        deflated.append(little: UInt16(rows.count))
        deflated.append(little: ~UInt16(rows.count))
        deflated += rows
        deflated.append(big: adler32(rows))

        var header: [UInt8] = []
        header.append(big: UInt32(side))
        header.append(big: UInt32(side))
        header += [8, 3, 0, 0, 0]
        let octets =
            [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10] + chunk("IHDR", header)
            + chunk("PLTE", [red, green, blue, 255, 255, 255]) + chunk("IDAT", deflated) + chunk("IEND", [])
        return DemoFile(name: name, mediaType: "image/png", octets: octets)
    }

    private static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        var octets: [UInt8] = []
        octets.append(big: UInt32(content.count))
        octets += Array(type.utf8) + content
        octets.append(big: CRC32.of(Array(type.utf8) + content))
        return octets
    }

    /// RFC 1950 section 8.2.
    private static func adler32(_ octets: [UInt8]) -> UInt32 {
        var (low, high): (UInt32, UInt32) = (1, 0)
        for octet in octets {
            low = (low + UInt32(octet)) % 65_521
            high = (high + low) % 65_521
        }
        return high << 16 | low
    }

    /// A strip of paper with lines of print, grey, a stroke 8 by 8 pixels.
    ///
    /// Noise in comment segments makes up the size of a photo.
    static func receipt(_ name: String, seed: UInt64, kilobytes: Int) -> DemoFile {
        let (width, height) = (88, 124)
        var dice = Dice(seed: seed)
        var levels = [Int](repeating: 45, count: width * height)
        for y in 4..<height - 4 {
            for x in 16..<width - 16 { levels[y * width + x] = 235 + Int.random(in: 0...8, using: &dice) }
        }
        for y in stride(from: 10, to: height - 12, by: 4) {
            let words = Int.random(in: 12...34, using: &dice)
            for x in 20..<20 + words where Int.random(in: 0...6, using: &dice) > 0 {
                levels[y * width + x] = 60
            }
            for x in width - 28..<width - 20 { levels[y * width + x] = 60 }
        }
        let octets = FlatJPEG(columns: width, rows: height, levels: levels).octets(
            noise: dice.octets(kilobytes * 1024))
        return DemoFile(name: name, mediaType: "image/jpeg", octets: octets)
    }

    /// The boxes of an HEIC picture with nothing to see in it. ISO/IEC 23008-12.
    static func heic(_ name: String, seed: UInt64) -> DemoFile {
        var dice = Dice(seed: seed)
        let picture = dice.octets(12_000 + Int.random(in: 0...6000, using: &dice))
        let type = box("ftyp", [UInt8](ascii: "heic") + [0, 0, 0, 0] + [UInt8](ascii: "mif1heic"))
        let handler = box(
            "hdlr", [0, 0, 0, 0, 0, 0, 0, 0] + [UInt8](ascii: "pict") + [UInt8](repeating: 0, count: 13))
        let primary = box("pitm", [0, 0, 0, 0, 0, 1])
        let entry = box("infe", [2, 0, 0, 0, 0, 1, 0, 0] + [UInt8](ascii: "hvc1") + [0])
        let entries = box("iinf", [0, 0, 0, 0, 0, 1] + entry)
        var extent = box("ispe", [0, 0, 0, 0, 0, 0, 0x0f, 0xc0, 0, 0, 0x0b, 0xd0])
        extent = box("iprp", box("ipco", extent) + box("ipma", [0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0x81]))
        // One item, one extent; its place is after everything before mdat's head.
        let locationCount = 8 + 4 + 2 + 2 + 2 + 2 + 2 + 8
        let before =
            type.count + 12 + handler.count + primary.count + entries.count + extent.count + locationCount
        var location: [UInt8] = [0, 0, 0, 0, 0x44, 0x00, 0, 1, 0, 1, 0, 0, 0, 1]
        location.append(big: UInt32(before + 8))
        location.append(big: UInt32(picture.count))
        let meta = box("meta", [0, 0, 0, 0] + handler + primary + box("iloc", location) + entries + extent)
        return DemoFile(name: name, mediaType: "image/heic", octets: type + meta + box("mdat", picture))
    }

    private static func box(_ type: String, _ content: [UInt8]) -> [UInt8] {
        var octets: [UInt8] = []
        octets.append(big: UInt32(content.count + 8))
        return octets + Array(type.utf8) + content
    }
}
