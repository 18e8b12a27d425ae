/// What a zip with a meaning of its own is, and what staff are warned of.
package struct ZipFacts: Hashable, Sendable {
    package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        /// To be unwrapped.
        case archive = 0
        /// docx, xlsx, pptx: ECMA-376 part 2.
        case officeOpenXML = 1
        /// odt, ods: ODF 1.3 part 2.
        case openDocument = 2
        case epub = 3
        /// No zip that we can read to its end.
        case damaged = 4
    }

    package let kind: Kind
    /// A VBA project, or Basic or scripts of ODF's.
    package let hasMacros: Bool
    /// It opens with a password only.
    package let isEncrypted: Bool
    package let members: Int

    /// The manifest of ODF names its encrypted members; longer than this it is none we look through.
    private static let manifestOctets = 4 << 20

    /// Looks through the directory of the zip; in the child.
    static func find(_ descriptor: Int32, _ limits: UnwrapLimits) -> ZipFacts {
        var found = Finding()
        do throws(ArchiveError) {
            let zip = try ZipContainer.open(descriptor)
            guard let zip else {
                return ZipFacts(kind: .archive, hasMacros: false, isEncrypted: false, members: 0)
            }
            while let entry = try zip.next() {
                found.members += 1
                guard found.members <= limits.members else { break }
                found.isEncrypted = found.isEncrypted || entry.isEncrypted
                let name = String(decoding: entry.name, as: UTF8.self)
                found.see(name: name)
                if entry.isEncrypted { continue }
                switch name {
                case "mimetype": found.see(mimetype: try content(zip, 256))
                case "META-INF/manifest.xml": found.see(manifest: try content(zip, manifestOctets))
                default: continue
                }
            }
        } catch {
            return ZipFacts(
                kind: .damaged, hasMacros: found.hasMacros,
                isEncrypted: found.isEncrypted || error.code == .encrypted,
                members: found.members)
        }
        return ZipFacts(
            kind: found.kind, hasMacros: found.hasMacros, isEncrypted: found.isEncrypted,
            members: found.members)
    }

    private static func content(_ zip: borrowing ZipContainer, _ limit: Int) throws(ArchiveError) -> [UInt8] {
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while content.count < limit {
            let got = try zip.read(into: &buffer)
            if got == 0 { break }
            content += buffer[..<got]
        }
        return content
    }

    private struct Finding {
        var kind = Kind.archive
        var hasMacros = false
        var isEncrypted = false
        var members = 0

        mutating func see(name: String) {
            let path = name.lowercased()
            if path == "[content_types].xml" { kind = .officeOpenXML }
            if path.hasSuffix("vbaproject.bin") || path.hasPrefix("basic/") || path.hasPrefix("scripts/") {
                hasMacros = true
            }
        }

        mutating func see(mimetype: [UInt8]) {
            let type = String(decoding: mimetype, as: UTF8.self)
            if type.hasPrefix("application/vnd.oasis.opendocument.") { kind = .openDocument }
            if type.hasPrefix("application/epub+zip") { kind = .epub }
        }

        mutating func see(manifest: [UInt8]) {
            var scanner = OctetPattern("encryption-data")
            scanner.feed(manifest.span)
            isEncrypted = isEncrypted || scanner.isFound
        }
    }

    var payload: [UInt8] {
        var payload = FramePayload()
        payload.number(kind.rawValue)
        payload.number(UInt8(hasMacros ? 1 : 0) | UInt8(isEncrypted ? 2 : 0))
        payload.number(UInt32(members))
        return payload.octets
    }

    /// Nil when the child has sent something else.
    init?(_ payload: [UInt8]) {
        var fields = FrameFields(payload)
        guard let kind = fields.number(UInt8.self).flatMap({ Kind(rawValue: $0) }),
            let flags = fields.number(UInt8.self), let members = fields.number(UInt32.self), fields.isAtEnd
        else { return nil }
        self.init(
            kind: kind, hasMacros: flags & 1 != 0, isEncrypted: flags & 2 != 0, members: Int(members))
    }

    private init(kind: Kind, hasMacros: Bool, isEncrypted: Bool, members: Int) {
        self.kind = kind
        // A plain archive may hold a directory named so.
        self.hasMacros = hasMacros && kind != .archive
        self.isEncrypted = isEncrypted
        self.members = members
    }
}
