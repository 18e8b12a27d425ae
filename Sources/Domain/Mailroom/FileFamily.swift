package import Mail

/// What a file is, by its first octets or by what it calls itself.
///
/// Known aliases are one family: a PNG named `.jpg` deceives nobody.
package enum FileFamily: String, Hashable, Sendable, CaseIterable {
    case pdf
    /// Microsoft's, OpenDocument's, RTF.
    case office
    case picture
    /// Plain text, CSV, and bank files, which are text.
    case text
    case xml
    case zip
    case epub
    case html
    case svg
    case executable
    case script
    /// Outlook's .msg: a message, but in a form we don't take apart.
    case outlook
    /// Archives other than zip.
    case archive
    case sound
    case film
    case pgp
    case signature
    case calendar
    case card
    case message
    /// winmail.dat. MS-OXTNEF.
    case tnef

    package static let allowedByDefault: Set<FileFamily> = [.pdf, .office, .picture, .text, .xml, .zip]
}

extension FileFamily {
    /// What a name claims by its extension; nil for none, a generic one, or one we don't know.
    package init?(fileName: String) {
        guard let dot = fileName.lastIndex(of: ".") else { return nil }
        let fileExtension = fileName[fileName.index(after: dot)...].lowercased().filter { !$0.isWhitespace }
        guard let family = Self.extensions[fileExtension] else { return nil }
        self = family
    }

    /// What a declared type claims; nil for a generic one.
    package init?(mediaType: MediaType) {
        if let family = Self.mediaTypes[mediaType.description] {
            self = family
            return
        }
        switch mediaType.type {
        case "image": self = .picture
        case "text": self = .text
        case "audio": self = .sound
        case "video": self = .film
        default:
            let subtype = mediaType.subtype
            if subtype.hasPrefix("vnd.openxmlformats") || subtype.hasPrefix("vnd.oasis.opendocument") {
                self = .office
            } else if subtype.hasSuffix("+xml") {
                self = .xml
            } else {
                return nil
            }
        }
    }

    /// Whether a name that claims `claimed` may hold what this family is.
    ///
    /// XML is text; a CSV may be called either; an office document is a zip,
    /// and looks like one where its first members are odd.
    package func agrees(withClaimed claimed: FileFamily) -> Bool {
        if self == claimed { return true }
        let aliases: [Set<FileFamily>] = [
            [.text, .xml, .calendar, .card, .pgp, .message], [.zip, .office, .epub], [.office, .outlook],
            [.signature, .pgp, .text], [.picture, .svg],
        ]
        let isAlias = aliases.contains { $0.contains(self) && $0.contains(claimed) }
        // A picture may be a drawing with scripts in it only where it says so.
        return isAlias && !(self == .svg && claimed == .picture)
    }

    /// Extensions that make a document carry macros.
    package static func isMacroName(_ fileName: String) -> Bool {
        let lower = fileName.lowercased()
        return [".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".pptm", ".potm", ".ppsm", ".ppam", ".sldm"]
            .contains { lower.hasSuffix($0) }
    }

    private static let extensions: [String: FileFamily] = {
        var all: [String: FileFamily] = [:]
        for (family, names) in [
            (FileFamily.pdf, "pdf"),
            (
                .office,
                """
                doc docx docm dot dotx dotm xls xlsx xlsm xlsb xlt xltx xltm xlam ppt pptx pptm pot
                potx potm pps ppsx ppsm ppam sldm odt ods odp odg odf ott
                ots otp fodt fods rtf vsd vsdx pub mpp one wps
                """
            ),
            (
                .picture,
                "jpg jpeg jpe jfif png gif tif tiff heic heif heics hif webp bmp dib ico avif jp2 emf wmf"
            ),
            (.text, "txt text csv tsv tab log md sta mta mt940 940 fin dta ini json"),
            (.xml, "xml camt xsd xbrl"),
            (.zip, "zip"),
            (.epub, "epub"),
            (.html, "html htm xhtml shtml mht mhtml"),
            (.svg, "svg svgz"),
            (
                .executable,
                """
                exe com scr pif dll sys cpl msi msp mst ocx drv efi jar class apk app deb rpm run lnk url
                scf gadget application appref-ms xll elf so dylib dmg pkg iso img vhd vhdx
                """
            ),
            (
                .script,
                """
                bat cmd vbs vbe js jse mjs ws wsf wsc wsh ps1 ps1xml ps2 psc1 psm1 hta reg inf sh bash zsh csh
                ksh py pyc pyw pl rb php phtml asp aspx jsp sct shb chm hlp
                """
            ),
            (.outlook, "msg oft"),
            (.archive, "rar 7z gz tgz bz2 xz tar cab arj lzh lha ace z zst lz"),
            (.sound, "mp3 wav m4a ogg oga flac wma aac amr opus"),
            (.film, "mp4 mov avi mkv wmv webm mpg mpeg 3gp m4v"),
            (.pgp, "asc gpg pgp"),
            (.signature, "p7s sig"),
            (.calendar, "ics ical vcs"),
            (.card, "vcf vcard"),
            (.message, "eml"),
        ] as [(FileFamily, String)] {
            for name in names.split(whereSeparator: \.isWhitespace) { all[String(name)] = family }
        }
        return all
    }()

    private static let mediaTypes: [String: FileFamily] = [
        "application/pdf": .pdf, "application/x-pdf": .pdf, "application/acrobat": .pdf,
        "application/msword": .office, "application/vnd.ms-excel": .office,
        "application/vnd.ms-powerpoint": .office,
        "application/rtf": .office, "text/rtf": .office, "text/richtext": .text,
        "application/zip": .zip, "application/x-zip-compressed": .zip, "application/x-zip": .zip,
        "application/epub+zip": .epub, "application/xml": .xml, "text/xml": .xml, "application/json": .text,
        "application/csv": .text, "text/html": .html, "application/xhtml+xml": .html, "image/svg+xml": .svg,
        "application/pkcs7-signature": .signature, "application/x-pkcs7-signature": .signature,
        "application/pgp-signature": .signature, "application/pgp-keys": .pgp,
        "text/calendar": .calendar, "application/ics": .calendar, "text/vcard": .card, "text/x-vcard": .card,
        "text/directory": .card, "application/vnd.ms-outlook": .outlook, "message/rfc822": .message,
        "application/ms-tnef": .tnef, "application/vnd.ms-tnef": .tnef,
        "application/x-msdownload": .executable, "application/x-dosexec": .executable,
        "application/javascript": .script, "text/javascript": .script, "application/x-sh": .script,
        "application/java-archive": .executable, "application/x-rar-compressed": .archive,
        "application/vnd.rar": .archive, "application/x-7z-compressed": .archive,
        "application/gzip": .archive,
    ]
}
