/// One page of text as a PDF 1.4: Helvetica, WinAnsi, a right cross-reference table. ISO 32000-1.
///
/// Small and honest: opens in every viewer, its text can be selected, and
/// with a password it is really encrypted.
struct PDF {
    var title: String
    var lines: [String]

    func file(_ name: String, password: String? = nil) -> DemoFile {
        DemoFile(name: name, mediaType: "application/pdf", octets: octets(password: password))
    }

    func octets(password: String? = nil) -> [UInt8] {
        let identity = Array("\(title)\n\(lines.joined(separator: "\n"))".utf8).md5
        let lock = password.map { PDFLock(password: $0, identity: identity) }
        let content = lock?.encrypt(page, object: 4) ?? page
        var objects: [[UInt8]] = [
            [UInt8](ascii: "<< /Type /Catalog /Pages 2 0 R >>"),
            [UInt8](ascii: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
            [UInt8](
                ascii: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                    + "/Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>"),
            [UInt8](ascii: "<< /Length \(content.count) >>\nstream\n") + content
                + [UInt8](ascii: "\nendstream"),
            Self.font("Helvetica"),
            Self.font("Helvetica-Bold"),
        ]
        if let lock { objects.append(lock.dictionary) }

        var octets = [UInt8](ascii: "%PDF-1.4\n%") + [0xe2, 0xe3, 0xcf, 0xd3, 10]
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(octets.count)
            octets.append(ascii: "\(index + 1) 0 obj\n")
            octets += object
            octets.append(ascii: "\nendobj\n")
        }
        let table = octets.count
        octets.append(ascii: "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n")
        for offset in offsets {
            let digits = String(offset)
            octets.append(ascii: "\(String(repeating: "0", count: 10 - digits.count))\(digits) 00000 n \n")
        }
        let encrypt = lock == nil ? "" : " /Encrypt 7 0 R"
        let hex = identity.hex
        octets.append(
            ascii: "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R /ID [<\(hex)> <\(hex)>]\(encrypt) >>\n"
                + "startxref\n\(table)\n%%EOF\n")
        return octets
    }

    private static func font(_ name: String) -> [UInt8] {
        [UInt8](ascii: "<< /Type /Font /Subtype /Type1 /BaseFont /\(name) /Encoding /WinAnsiEncoding >>")
    }

    private var page: [UInt8] {
        var text = [UInt8](ascii: "0.08 0.38 0.30 rg 56 778 483 2 re f 0 g\nBT /F2 18 Tf 56 790 Td ")
        text += Self.shown(title)
        text.append(ascii: " ET\nBT /F1 11 Tf 56 752 Td 16 TL\n")
        for line in lines {
            text += Self.shown(line)
            text.append(ascii: " T*\n")
        }
        text.append(ascii: "ET")
        return text
    }

    /// A literal string and the operator that shows it.
    private static func shown(_ line: String) -> [UInt8] {
        var text = [UInt8](ascii: "(")
        for octet in Charset.windows1252.encode(line) {
            if [UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\\")].contains(octet) {
                text.append(UInt8(ascii: "\\"))
            }
            text.append(octet)
        }
        text.append(ascii: ") Tj")
        return text
    }
}
