/// Reads a picture's size out of its first octets, without decoding anything of it.
package enum PictureHeader {
    /// Nil for what is no PNG, GIF, JPEG or WebP, or whose size isn't in `head`.
    ///
    /// A photo's size can stand behind an embedded preview: 64 KB are enough
    /// for what most cameras write.
    package static func size(_ head: some Collection<UInt8>) -> PictureSize? {
        let octets = Array(head.prefix(256 << 10))
        return png(octets) ?? gif(octets) ?? jpeg(octets) ?? webp(octets)
    }

    /// IHDR is always first. RFC 2083 section 4.1.1.
    private static func png(_ octets: [UInt8]) -> PictureSize? {
        guard octets.count >= 24, octets.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return nil }
        return size(width: big(octets, 16, 4), height: big(octets, 20, 4))
    }

    private static func gif(_ octets: [UInt8]) -> PictureSize? {
        guard octets.count >= 10, octets.starts(with: Array("GIF8".utf8)) else { return nil }
        return size(width: little(octets, 6, 2), height: little(octets, 8, 2))
    }

    /// Walks the segments to the first start of frame. ITU T.81 section B.2.2.
    private static func jpeg(_ octets: [UInt8]) -> PictureSize? {
        guard octets.starts(with: [0xFF, 0xD8]) else { return nil }
        var position = 2
        while position + 9 < octets.count {
            guard octets[position] == 0xFF else { return nil }
            let marker = octets[position + 1]
            switch marker {
            case 0xFF: position += 1
            case 0x01, 0xD0...0xD8: position += 2
            case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
                return size(width: big(octets, position + 7, 2), height: big(octets, position + 5, 2))
            case 0xD9, 0xDA: return nil
            default: position += 2 + max(2, big(octets, position + 2, 2))
            }
        }
        return nil
    }

    /// Lossy, lossless and extended files each say it elsewhere. RFC 9649 sections 2.5 to 2.7.
    private static func webp(_ octets: [UInt8]) -> PictureSize? {
        guard octets.count >= 30, octets.starts(with: Array("RIFF".utf8)),
            octets[8..<12].elementsEqual("WEBP".utf8)
        else { return nil }
        switch String(decoding: octets[12..<16], as: UTF8.self) {
        case "VP8 ":
            return size(width: little(octets, 26, 2) & 0x3FFF, height: little(octets, 28, 2) & 0x3FFF)
        case "VP8L":
            let bits = little(octets, 21, 4)
            return size(width: bits & 0x3FFF + 1, height: bits >> 14 & 0x3FFF + 1)
        case "VP8X": return size(width: little(octets, 24, 3) + 1, height: little(octets, 27, 3) + 1)
        default: return nil
        }
    }

    private static func size(width: Int, height: Int) -> PictureSize? {
        width > 0 && height > 0 ? PictureSize(width: width, height: height) : nil
    }

    private static func big(_ octets: [UInt8], _ offset: Int, _ count: Int) -> Int {
        octets[offset..<(offset + count)].reduce(0) { $0 << 8 | Int($1) }
    }

    private static func little(_ octets: [UInt8], _ offset: Int, _ count: Int) -> Int {
        octets[offset..<(offset + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
