internal import Glibc

/// `mailroom child TOOL`: what runs in the child, on descriptor 3, answering on descriptor 1.
///
/// The caller locks the process down (`Sandbox`); the tool says what it
/// needs, and calls for the lock at the one right moment: after the last
/// file of its own is open, before the first octet of the stranger's is read.
package struct ContainerTool: Hashable, Sendable {
    package enum Name: String, Hashable, Sendable, CaseIterable {
        case zip
        case tnef
        case smime
        /// Not to unwrap: what kind of document a zip is.
        case office
        /// The child becomes `pdfinfo`.
        case pdf
        /// The child becomes `pdftotext`.
        case pdftext
        /// The words of an office document.
        case officetext
        /// The child becomes `pdftoppm`.
        case page
        /// The child becomes `gm`.
        case picture
        /// The child becomes `qpdf`.
        case openpdf
    }

    /// What it must be left with.
    package struct Needs: Hashable, Sendable {
        /// Octets of address space.
        package let memory: Int
        package let processorSeconds: Int
        /// The program the child becomes; nil: it parses by itself.
        package let program: String?
        /// The decoder of HEIC does its work in one of its own.
        package let threads: Bool
    }

    package let name: Name
    private let limits: UnwrapLimits
    /// Of `page` alone.
    private let page: PDFPage?
    /// Of `picture` alone.
    private let picture: ReducedPicture?

    /// From the words after `mailroom child`; nil when we did not write them.
    package init?(arguments: [String]) {
        guard let name = arguments.first.flatMap({ Name(rawValue: $0) }),
            let limits = UnwrapLimits(arguments: arguments.dropFirst().prefix(6))
        else { return nil }
        self.name = name
        self.limits = limits
        let rest = arguments.dropFirst(7)
        page = name == .page ? PDFPage(arguments: rest) : nil
        picture = name == .picture ? ReducedPicture(arguments: rest) : nil
        let isWhole =
            switch name {
            case .page: page != nil
            case .picture: picture != nil
            case .zip, .tnef, .smime, .office, .pdf, .pdftext, .officetext, .openpdf: rest.isEmpty
            }
        guard isWhole else { return nil }
    }

    package var needs: Needs {
        let memory =
            switch name {
            case .zip, .office, .officetext, .tnef: 1 << 30
            // The container is decoded as a whole, several times over.
            case .smime: 2 << 30
            case .pdf, .pdftext, .page, .picture, .openpdf: 2 << 30
            }
        return Needs(
            memory: memory, processorSeconds: limits.seconds, program: program,
            threads: picture?.kind == .heic)
    }

    private var program: String? {
        switch name {
        case .zip, .tnef, .smime, .office, .officetext: nil
        case .pdf: PDFFacts.program
        case .pdftext: PDFText.program
        case .page: PDFPage.program
        case .picture: ReducedPicture.program
        case .openpdf: PDFCopy.program
        }
    }

    /// Does the work; the exit status. `EX_UNAVAILABLE` when it could not be locked down or has no program.
    ///
    /// - Parameter lockDown: gives up all but the ``needs``; false when that failed.
    package func run(input: Int32 = 3, output: Int32 = 1, lockDown: () -> Bool) -> Int32 {
        // Names of zip members pass through libarchive unharmed in a UTF-8 locale alone.
        _ = unsafe setlocale(LC_CTYPE, "C.UTF-8")
        guard lockDown() else { return EX_UNAVAILABLE }
        var writer = FrameWriter(descriptor: output)
        do throws(ArchiveError) {
            switch name {
            case .zip: try ending(&writer) { writer throws(ArchiveError) in try unwrapZip(input, &writer) }
            case .tnef: try ending(&writer) { writer throws(ArchiveError) in try unwrapTNEF(input, &writer) }
            case .smime:
                try ending(&writer) { writer throws(ArchiveError) in try unwrapSMIME(input, &writer) }
            case .office: try writer.facts(ZipFacts.find(input, limits).payload)
            case .pdf: return PDFFacts.becomeProgram()
            case .pdftext: return PDFText.becomeProgram()
            case .officetext: try OfficeText.write(input, limits, to: output)
            case .page: return page?.becomeProgram() ?? EX_USAGE
            case .picture: return picture?.becomeProgram() ?? EX_USAGE
            case .openpdf: return PDFCopy.becomeProgram()
            }
        } catch {
            return EX_DATAERR
        }
        return 0
    }

    /// Tells the parent how it ended, whatever that was.
    private func ending(
        _ writer: inout FrameWriter, _ body: (inout FrameWriter) throws(ArchiveError) -> String
    ) throws(ArchiveError) {
        do throws(ArchiveError) {
            let words = try body(&writer)
            try writer.summary(.complete, words: words)
        } catch {
            try writer.summary(error.code, words: error.description)
        }
    }

    private func unwrapZip(_ input: Int32, _ writer: inout FrameWriter) throws(ArchiveError) -> String {
        let password = try Password.read(from: 0)
        if let zip = try ZipContainer.open(input, password) { try zip.unwrap(limits, &writer) }
        return ""
    }

    private func unwrapTNEF(_ input: Int32, _ writer: inout FrameWriter) throws(ArchiveError) -> String {
        let file = try InputFile(descriptor: input)
        let message = try TNEFMessage.read(file, limits)
        try message.unwrap(file, limits, &writer)
        return message.hasBody ? "the message has a text of its own" : ""
    }

    private func unwrapSMIME(_ input: Int32, _ writer: inout FrameWriter) throws(ArchiveError) -> String {
        try OpaqueSignature.unwrap(InputFile(descriptor: input), limits, &writer)
        return ""
    }
}
