internal import Archive
internal import Crypto
internal import Files
internal import Mail
internal import Mailroom
internal import Store

/// What is known of a part before its octets come, whether MIME or a container tells it.
struct PartDescription {
    var section: Section
    var mediaType: MediaType
    var disposition: Disposition?
    var name: String?
    var charset: String?
    var contentID: String?
    var isMessage = false
}

/// A part whose octets are still coming: hashed, kept where it may become a document, and looked at in
/// passing.
final class OpenPart {
    private let description: PartDescription
    let isDisplayed: Bool
    private let content: ContentWriter?
    /// Octets that were written before: they are only looked at.
    private let kept: PendingContent?
    private var digest = SHA256()
    private var octets = 0
    /// Held back until they are enough to tell what comes.
    private var early: [UInt8] = []
    private var watch = Watch.undecided
    private var picture: PictureSize?

    /// What is looked for in passing, by what the first octets say the file is.
    private enum Watch {
        case undecided
        case pdf(PDFEncryptionScanner)
        case compoundFile(OfficeFileScanner)
        case officeZip(MacroNameScanner)
        /// The beginning of a photo whose size has not come yet.
        case photo([UInt8])
        case nothing
    }

    init(_ description: PartDescription, isDisplayed: Bool, content: ContentWriter?) {
        self.description = description
        self.isDisplayed = isDisplayed
        self.content = content
        kept = nil
    }

    /// Looks at octets that are there already: an upload's.
    init(_ description: PartDescription, kept: PendingContent) throws {
        self.description = description
        isDisplayed = false
        content = nil
        self.kept = kept
        try kept.read { (octets: Span<UInt8>) throws(VaultError) in look(passing: octets) }
    }

    func add(_ octets: Span<UInt8>) throws {
        self.octets += octets.count
        guard let content else { return digest.update(octets) }
        try content.write(octets)
        // Text that is shown is never a document.
        guard !isDisplayed else { return }
        look(passing: octets)
    }

    private func look(passing octets: Span<UInt8>) {
        guard case .undecided = watch else { return look(at: octets) }
        let wanted = min(octets.count, Self.enough - early.count)
        early.append(octets.extracting(first: wanted))
        guard early.count == Self.enough else { return }
        decide()
        look(at: octets.extracting(droppingFirst: wanted))
    }

    /// The head of a PDF may stand anywhere in the first kilobyte (ISO 32000-1, implementation note 13).
    private static let enough = 1024
    /// A photo's size stands behind its preview, which is one segment (ITU T.81 section B.1.1.4).
    private static let photoLimit = 64 << 10

    private func look(at octets: Span<UInt8>) {
        switch watch {
        case .pdf(var scanner):
            watch = .nothing
            scanner.feed(octets)
            watch = .pdf(scanner)
        case .compoundFile(var scanner):
            watch = .nothing
            scanner.feed(octets)
            watch = .compoundFile(scanner)
        case .officeZip(var scanner):
            watch = .nothing
            scanner.feed(octets)
            watch = .officeZip(scanner)
        case .photo(var head):
            watch = .nothing
            head.append(octets.extracting(first: min(octets.count, Self.photoLimit - head.count)))
            watch = .photo(head)
        case .undecided, .nothing: break
        }
    }

    private func decide() {
        let sniffed = FileTypeSniffer.sniff(early)
        if sniffed.family == .pdf {
            var scanner = PDFEncryptionScanner()
            scanner.feed(early.span)
            watch = .pdf(scanner)
        } else if early.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            var scanner = OfficeFileScanner()
            scanner.feed(early.span)
            watch = .compoundFile(scanner)
        } else if early.starts(with: [0x50, 0x4B]), sniffed.isOfficeOpenXML {
            var scanner = MacroNameScanner()
            scanner.feed(early.span)
            watch = .officeZip(scanner)
        } else {
            picture = sniffed.family == .picture ? PictureHeader.size(early) : nil
            watch = picture == nil && early.starts(with: [0xFF, 0xD8, 0xFF]) ? .photo(early) : .nothing
        }
    }

    /// - Parameter name: what its octets call themselves, where nothing else did.
    func finish(name: String?) throws -> ReceivedPart {
        if case .undecided = watch, content != nil || kept != nil, !isDisplayed { decide() }
        let pending = try kept ?? content?.finish()
        var sniffed = Sniffed.unknown
        var maybeEncrypted = false
        var isPlainOffice = false
        if let pending, !isDisplayed { sniffed = FileTypeSniffer.sniff(pending.head) }
        switch watch {
        case .pdf(let scanner): maybeEncrypted = scanner.maybeEncrypted
        case .compoundFile(let scanner):
            maybeEncrypted = scanner.isEncrypted
            sniffed.hasMacros = sniffed.hasMacros || scanner.hasMacros
        case .officeZip(let scanner): isPlainOffice = !scanner.maybeMacros
        case .photo(let head): picture = PictureHeader.size(head)
        case .undecided, .nothing: break
        }
        return ReceivedPart(
            section: description.section, container: nil, mediaType: description.mediaType,
            disposition: description.disposition, name: description.name ?? name,
            charset: description.charset,
            contentID: description.contentID,
            digest: pending?.digest ?? digest.finish(), octets: pending?.octets ?? octets, content: pending,
            isDisplayedText: isDisplayed, isMessage: description.isMessage, sniffed: sniffed,
            picture: picture,
            maybeEncrypted: maybeEncrypted, isPlainOffice: isPlainOffice)
    }
}
