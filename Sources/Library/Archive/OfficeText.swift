internal import Glibc

/// Writes the words of a docx, xlsx, pptx, odt, ods or odp to the parent; in the child.
enum OfficeText {
    /// What a zip may unpack to before we have enough: a sheet of a million rows is two gigabytes.
    private static let unpackedOctets = 128 << 20

    static func write(_ input: Int32, _ limits: UnwrapLimits, to output: Int32) throws(ArchiveError) {
        guard let zip = try ZipContainer.open(input) else { return }
        var text = XMLText()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var unpacked = 0
        var written = 0
        var entries = 0
        while let entry = try zip.next() {
            entries += 1
            guard entries <= limits.members else { return }
            guard !entry.isEncrypted else { throw ArchiveError(.encrypted, "a member needs a password") }
            guard entry.isFile, isWords(String(decoding: entry.name, as: UTF8.self)) else { continue }
            while true {
                let got = try zip.read(into: &buffer)
                if got == 0 { break }
                unpacked += got
                text.feed(buffer.span.extracting(..<got))
                let words = text.drain()
                written += words.count
                guard put(words, output), written < limits.octets, unpacked < unpackedOctets else { return }
            }
            text.end()
        }
        _ = put(text.drain(), output)
    }

    /// Which members hold what people wrote.
    static func isWords(_ name: String) -> Bool {
        guard name.hasSuffix(".xml") else { return false }
        if name == "content.xml" || name == "xl/sharedStrings.xml" { return true }
        let folders = ["xl/worksheets/sheet", "ppt/slides/slide", "ppt/notesSlides/notesSlide"]
        let parts = ["document", "header", "footer", "footnotes", "endnotes", "comments"].map { "word/" + $0 }
        return (folders + parts).contains { name.hasPrefix($0) }
    }

    private static func put(_ octets: [UInt8], _ output: Int32) -> Bool {
        var written = 0
        while written < octets.count {
            let rest = octets.span.extracting(written...)
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(output, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            written += count
        }
        return true
    }
}
