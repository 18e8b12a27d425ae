internal import Archive
internal import Files
internal import MIME
internal import Mail
internal import Mailroom
internal import Store

/// What a document says, for the index: PDFs and office files in a child, plain text here.
struct DocumentText {
    let vault: Vault
    let containers: Containers

    /// What is larger is a scan of a whole folder, or no document at all.
    private static let largest: Int64 = 100 << 20

    /// Blocks as long as the child takes.
    func read(_ wanted: TextToRead) -> ReadText {
        guard wanted.octets <= Self.largest else { return .none("larger than 100 MB") }
        do {
            let head = try beginning(of: wanted.sha256, FileTypeSniffer.headLength)
            switch FileTypeSniffer.sniff(head).family {
            case .pdf: return try words(.pdf, wanted.sha256)
            case .office, .zip:
                // A zip's first octets do not say what it is: its members will.
                let isZip = head.starts(with: [0x50, 0x4B])
                return isZip ? try words(.office, wanted.sha256) : .none("an old kind of office file")
            case .text, .xml:
                let octets = try beginning(of: wanted.sha256, StoreTransaction.documentText)
                return .read(CharsetDecoder.decode(octets, charset: nil).text)
            case .picture: return .none("a picture")
            case nil, .epub, .html, .svg, .executable, .script, .outlook, .archive, .sound, .film, .pgp,
                .signature, .calendar, .card, .message, .tnef:
                return .none("a kind of file whose text is not read")
            }
        } catch {
            return .failed("\(error)")
        }
    }

    private func words(_ kind: Containers.TextKind, _ content: SHA256Digest) throws -> ReadText {
        let file = try vault.contents.open(content)
        let found = file.withDescriptor {
            containers.words(kind, descriptor: $0, limit: StoreTransaction.documentText)
        }
        switch found {
        case .text(let text): return .read(text)
        case .unreadable(let why): return .failed(why)
        case .unavailable(let why): return .waiting(why)
        }
    }

    private func beginning(of content: SHA256Digest, _ count: Int) throws -> [UInt8] {
        var octets: [UInt8] = []
        try vault.contents.stream(content, count: count) { piece throws(VaultError) in octets.append(piece) }
        return octets
    }
}
