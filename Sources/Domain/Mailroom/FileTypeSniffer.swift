internal import Mail

/// Tells what a file is by its first octets.
///
/// What a name or a sender says is a claim; the first octets are what will be
/// opened. 4 KB are enough for all but the insides of office documents: for
/// those the names of a zip's members, where somebody has read them, say more.
package enum FileTypeSniffer {
    package static let headLength = 4096

    /// Of a file that begins with `head`; `members` are the names within, if it is a zip.
    package static func sniff(_ head: some Collection<UInt8>, members: [String] = []) -> Sniffed {
        let octets = Array(head.prefix(headLength))
        guard !octets.isEmpty else { return Sniffed(nil, isEmpty: true) }
        for magic in magics where octets.starts(with: magic.octets, at: magic.offset) { return magic.sniffed }
        // Two letters could begin a text; a program has zeros soon after them.
        if octets.starts(with: Array("MZ".utf8)), octets.prefix(64).contains(0) {
            return Sniffed(.executable, MediaType("application", "x-msdownload"))
        }
        if octets.starts(with: [0x50, 0x4B, 0x03, 0x04]) || octets.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            return zip(octets, members)
        }
        if octets.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return ole2(octets) }
        if octets.prefix(1024).firstRange(of: Array("%PDF-".utf8)) != nil {
            return Sniffed(.pdf, MediaType("application", "pdf"))
        }
        if let picture = isoMedia(octets) { return picture }
        return text(octets)
    }

    /// Whether octets of an office document of 1997 to 2003 hold a VBA project: its directory names it.
    package static func holdsMacros(_ octets: some Collection<UInt8>) -> Bool {
        octets.firstRange(of: "_VBA_PROJECT".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }) != nil
    }

    // MARK: - Magic

    private struct Magic: Sendable {
        let octets: [UInt8]
        let offset: Int
        let sniffed: Sniffed

        init(_ octets: [UInt8], at offset: Int = 0, _ family: FileFamily, _ type: String, _ subtype: String) {
            self.octets = octets
            self.offset = offset
            sniffed = Sniffed(family, MediaType(type, subtype))
        }

        init(_ text: String, at offset: Int = 0, _ family: FileFamily, _ type: String, _ subtype: String) {
            self.init(Array(text.utf8), at: offset, family, type, subtype)
        }
    }

    private static let magics = [
        Magic("%PDF-", .pdf, "application", "pdf"),
        Magic([0xFF, 0xD8, 0xFF], .picture, "image", "jpeg"),
        Magic([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .picture, "image", "png"),
        Magic("GIF87a", .picture, "image", "gif"),
        Magic("GIF89a", .picture, "image", "gif"),
        Magic([0x49, 0x49, 0x2A, 0x00], .picture, "image", "tiff"),
        Magic([0x4D, 0x4D, 0x00, 0x2A], .picture, "image", "tiff"),
        Magic("WEBP", at: 8, .picture, "image", "webp"),
        Magic("{\\rtf", .office, "application", "rtf"),
        Magic([0x7F, 0x45, 0x4C, 0x46], .executable, "application", "x-elf"),
        Magic([0xCA, 0xFE, 0xBA, 0xBE], .executable, "application", "java-vm"),
        Magic([0xCF, 0xFA, 0xED, 0xFE], .executable, "application", "x-mach-binary"),
        Magic([0xCE, 0xFA, 0xED, 0xFE], .executable, "application", "x-mach-binary"),
        Magic([0x4C, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00], .executable, "application", "x-ms-shortcut"),
        Magic("!<arch>\n", .executable, "application", "x-archive"),
        Magic([0xED, 0xAB, 0xEE, 0xDB], .executable, "application", "x-rpm"),
        Magic("#!", .script, "text", "x-shellscript"),
        Magic("<?php", .script, "text", "x-php"),
        Magic("Rar!\u{1A}\u{07}", .archive, "application", "vnd.rar"),
        Magic([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .archive, "application", "x-7z-compressed"),
        Magic([0x1F, 0x8B], .archive, "application", "gzip"),
        Magic("1AY&SY", at: 4, .archive, "application", "x-bzip2"),
        Magic([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .archive, "application", "x-xz"),
        Magic([0x28, 0xB5, 0x2F, 0xFD], .archive, "application", "zstd"),
        Magic("MSCF", .archive, "application", "vnd.ms-cab-compressed"),
        Magic("-lh", at: 2, .archive, "application", "x-lzh-compressed"),
        Magic("ustar", at: 257, .archive, "application", "x-tar"),
        Magic([0x78, 0x9F, 0x3E, 0x22], .tnef, "application", "ms-tnef"),
        Magic("OggS", .sound, "audio", "ogg"),
        Magic("ID3", .sound, "audio", "mpeg"),
        Magic("WAVE", at: 8, .sound, "audio", "wav"),
        Magic("AVI ", at: 8, .film, "video", "x-msvideo"),
        Magic([0x1A, 0x45, 0xDF, 0xA3], .film, "video", "x-matroska"),
        Magic("-----BEGIN PGP MESSAGE-----", .pgp, "application", "pgp-encrypted"),
        Magic("-----BEGIN PGP SIGNATURE-----", .signature, "application", "pgp-signature"),
        Magic("-----BEGIN PGP PUBLIC KEY", .pgp, "application", "pgp-keys"),
        Magic("BEGIN:VCALENDAR", .calendar, "text", "calendar"),
        Magic("BEGIN:VCARD", .card, "text", "vcard"),
    ]

    /// HEIC and films are boxes of ISO/IEC 14496-12, told apart by their brand.
    private static func isoMedia(_ octets: [UInt8]) -> Sniffed? {
        guard octets.count >= 12, octets.starts(with: Array("ftyp".utf8), at: 4) else { return nil }
        switch String(decoding: octets[8..<12], as: UTF8.self) {
        case "heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1":
            return Sniffed(.picture, MediaType("image", "heic"))
        case "avif", "avis": return Sniffed(.picture, MediaType("image", "avif"))
        case "M4A ": return Sniffed(.sound, MediaType("audio", "mp4"))
        default: return Sniffed(.film, MediaType("video", "mp4"))
        }
    }

    // MARK: - Containers of office documents

    /// OOXML (ISO/IEC 29500-2), OpenDocument (ODF 1.3 part 2) and EPUB are documents, by their members.
    private static func zip(_ octets: [UInt8], _ members: [String]) -> Sniffed {
        if octets.starts(with: Array("mimetypeapplication/".utf8), at: 30) {
            let type = octets[50...].prefix { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "P") }
            let subtype = String(decoding: type, as: UTF8.self)
            let mediaType = MediaType("application", subtype)
            if subtype.hasPrefix("vnd.oasis.opendocument") {
                return Sniffed(.office, mediaType, hasMacros: members.contains { $0.hasPrefix("Basic/") })
            }
            if subtype.hasPrefix("epub") { return Sniffed(.epub, MediaType("application", "epub+zip")) }
        }
        func isNamed(_ name: String) -> Bool {
            members.contains { $0.hasPrefix(name) } || octets.firstRange(of: Array(name.utf8)) != nil
        }
        let macros = members.contains { $0.lowercased().hasSuffix("vbaproject.bin") }
        if isNamed("[Content_Types].xml") || isNamed("_rels/.rels") {
            for (folder, subtype) in [
                ("word/", "wordprocessingml.document"), ("xl/", "spreadsheetml.sheet"),
                ("ppt/", "presentationml.presentation"),
            ] where isNamed(folder) {
                return Sniffed(
                    .office, MediaType("application", "vnd.openxmlformats-officedocument.\(subtype)"),
                    hasMacros: macros)
            }
            return Sniffed(.office, nil, hasMacros: macros)
        }
        if isNamed("META-INF/MANIFEST.MF"), !isNamed("META-INF/manifest.xml") {
            return Sniffed(.executable, MediaType("application", "java-archive"))
        }
        return Sniffed(.zip, MediaType("application", "zip"))
    }

    /// Word, Excel and PowerPoint to 2003, and Outlook's messages, by what their directory holds. MS-CFB.
    private static func ole2(_ octets: [UInt8]) -> Sniffed {
        func holds(_ name: String) -> Bool {
            octets.firstRange(of: name.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }) != nil
        }
        if holds("__substg1.0_") || holds("__nameid_version1.0") || holds("__properties_version1.0") {
            return Sniffed(.outlook, MediaType("application", "vnd.ms-outlook"))
        }
        return Sniffed(.office, MediaType("application", "x-ole-storage"), hasMacros: holds("_VBA_PROJECT"))
    }

    // MARK: - Text

    private static func text(_ octets: [UInt8]) -> Sniffed {
        let plain = plainText(octets)
        guard let plain else { return .unknown }
        let start = plain.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        let head = start.prefix(1024).lowercased()
        if head.hasPrefix("<?xml") || head.hasPrefix("<") {
            if head.contains("<svg") && !head.contains("<html") {
                return Sniffed(.svg, MediaType("image", "svg+xml"))
            }
            if htmlStarts.contains(where: head.hasPrefix) || head.hasPrefix("<?xml") && head.contains("<html")
                || head.contains("<script")
            {
                return Sniffed(.html, .html)
            }
            if head.hasPrefix("<?xml") || head.contains("xmlns") {
                return Sniffed(.xml, MediaType("application", "xml"))
            }
        }
        if head.hasPrefix("@echo off") { return Sniffed(.script, MediaType("text", "x-msdos-batch")) }
        if head.hasPrefix(":20:") || head.hasPrefix("{1:") {
            return Sniffed(.text, MediaType("text", "x-mt940"))
        }
        return Sniffed(.text, .plainText)
    }

    private static let htmlStarts = [
        "<!doctype html", "<html", "<head", "<body", "<script", "<iframe", "<meta", "<title", "<style",
        "<table", "<div",
        "<!--",
    ]

    /// Text has no controls but tabs, breaks and ISO-2022-JP's escapes; nil for what has others.
    private static func plainText(_ octets: [UInt8]) -> String? {
        if octets.starts(with: [0xFF, 0xFE]) || octets.starts(with: [0xFE, 0xFF]) {
            let isLittle = octets[0] == 0xFF
            let units = stride(from: 2, to: octets.count - 1, by: 2).map { index in
                isLittle
                    ? UInt16(octets[index]) | UInt16(octets[index + 1]) << 8
                    : UInt16(octets[index]) << 8 | UInt16(octets[index + 1])
            }
            return units.contains(0) ? nil : String(decoding: units, as: UTF16.self)
        }
        let allowed: Set<UInt8> = [9, 10, 12, 13, 26, 27]
        guard !octets.contains(where: { $0 < 32 && !allowed.contains($0) || $0 == 127 }) else { return nil }
        return String(decoding: octets, as: UTF8.self)
    }
}

extension Array<UInt8> {
    fileprivate func starts(with octets: [UInt8], at offset: Int) -> Bool {
        count >= offset + octets.count && self[offset...].starts(with: octets)
    }
}

extension Collection<UInt8> {
    /// Where octets stand for the first time; linear in practice, for the needles are short.
    fileprivate func firstRange(of needle: [UInt8]) -> Range<Index>? {
        var start = startIndex
        while let first = self[start...].firstIndex(of: needle[0]) {
            if self[first...].starts(with: needle) { return first..<index(first, offsetBy: needle.count) }
            start = index(after: first)
        }
        return nil
    }
}
