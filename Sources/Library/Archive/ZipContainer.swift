internal import CArchive
internal import Glibc

/// A zip as libarchive reads it: by its central directory, member after member.
///
/// Only zip, and only by its directory: a zip whose end is missing has
/// members nobody can vouch for. APPNOTE.TXT 6.3; libarchive_read(3).
struct ZipContainer: ~Copyable {
    private let handle: Handle
    private let containerOctets: Int
    /// As the end of the directory says; nil where that has no room for it (zip64).
    private let declaredEntries: Int?
    private let hasPassword: Bool

    /// What the directory says of a member, and what libarchive makes of it.
    struct Entry {
        let name: [UInt8]
        let isDirectory: Bool
        let isFile: Bool
        let isEncrypted: Bool
        let size: Int?
        let modified: Int64?
    }

    /// Nil: a zip without members, which libarchive takes for no zip at all.
    ///
    /// - Parameter password: for members that ask for one.
    static func open(_ descriptor: Int32, _ password: Password? = nil) throws(ArchiveError) -> ZipContainer? {
        let file = try InputFile(descriptor: descriptor)
        let entries = try declaredEntries(file)
        // An archive of nothing begins with its end.
        if entries == 0, try file.number(0, UInt32.self) == directoryEnd { return nil }
        guard lseek(descriptor, 0, SEEK_SET) == 0, let archive = unsafe archive_read_new() else {
            throw ArchiveError(.unavailable, "opening a zip")
        }
        let container = ZipContainer(
            handle: unsafe Handle(archive: archive), containerOctets: file.count,
            declaredEntries: entries, hasPassword: password != nil)
        if let password { try container.add(password) }
        try unsafe container.check("reading a zip's directory") {
            unsafe archive_read_support_format_zip_seekable($0)
        }
        try unsafe container.check("reading a zip's directory") {
            unsafe archive_read_open_fd($0, descriptor, 1 << 16)
        }
        return container
    }

    private static let directoryEnd: UInt32 = 0x0605_4B50

    /// How many entries the end of the directory counts. APPNOTE.TXT section 4.3.16.
    ///
    /// It is the last thing in the file but for a comment of at most 64 KB.
    private static func declaredEntries(_ file: InputFile) throws(ArchiveError) -> Int? {
        var position = file.count - 22
        while position >= max(0, file.count - 22 - 0xFFFF) {
            if try file.octet(position) == 0x50, try file.number(position, UInt32.self) == directoryEnd {
                let entries = Int(try file.number(position + 10, UInt16.self))
                return entries == 0xFFFF ? nil : entries
            }
            position -= 1
        }
        return nil
    }

    private init(handle: consuming Handle, containerOctets: Int, declaredEntries: Int?, hasPassword: Bool) {
        self.handle = handle
        self.hasPassword = hasPassword
        self.containerOctets = containerOctets
        self.declaredEntries = declaredEntries
    }

    /// Writes every file of it. What a Mac adds for itself is left out.
    func unwrap(_ limits: UnwrapLimits, _ writer: inout FrameWriter) throws(ArchiveError) {
        var count = UnwrapCount(limits: limits, containerOctets: containerOctets)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        // Directories and a Mac's own files are no members, but they too must end some day.
        var entries = 0
        while let entry = try next() {
            entries += 1
            guard entries <= 10 * limits.members else {
                throw ArchiveError(.overLimit, "more than \(10 * limits.members) entries")
            }
            if entry.isDirectory || Self.isOfNoInterest(entry.name) { continue }
            guard !entry.isEncrypted || hasPassword else {
                throw ArchiveError(.encrypted, "a member needs a password")
            }
            guard entry.isFile else { throw ArchiveError(.unsupported, "a member is a link or a device") }
            try count.beginMember(declared: entry.size)
            let isUTF8 = String(validating: entry.name, as: UTF8.self) != nil
            try writer.member(
                MemberHead(
                    index: count.members, size: entry.size, modified: entry.modified, name: entry.name,
                    codepage: isUTF8 ? MemberHead.utf8 : 0))
            while true {
                let got = try read(into: &buffer)
                if got == 0 { break }
                try count.add(got)
                try writer.data(buffer.span.extracting(..<got))
            }
            try writer.endMember()
        }
        // libarchive leaves out entries that share their octets; another program would show them.
        guard entries == declaredEntries ?? entries else {
            throw ArchiveError(.damaged, "the directory's end counts other entries than there are")
        }
    }

    /// The next member, its data skipped unless it is read; nil at the end.
    func next() throws(ArchiveError) -> Entry? {
        var entry: OpaquePointer?
        let result = unsafe archive_read_next_header(handle.archive, &entry)
        if result == ARCHIVE_EOF { return nil }
        guard result == ARCHIVE_OK || result == ARCHIVE_WARN, let entry = unsafe entry else {
            throw error("reading a zip's directory")
        }
        let name = unsafe archive_entry_pathname(entry).map { unsafe Self.copy($0) } ?? []
        let type = unsafe archive_entry_filetype(entry)
        return unsafe Entry(
            name: name, isDirectory: type == S_IFDIR, isFile: type == S_IFREG,
            isEncrypted: archive_entry_is_encrypted(entry) != 0,
            size: archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : nil,
            modified: archive_entry_mtime_is_set(entry) != 0 ? Int64(archive_entry_mtime(entry)) : nil)
    }

    /// Reads on in the current member; zero at its end, where libarchive has checked its CRC-32.
    func read(into buffer: inout [UInt8]) throws(ArchiveError) -> Int {
        let size = buffer.count
        while true {
            let got = unsafe archive_read_data(handle.archive, &buffer, size)
            if got >= 0 { return got }
            guard got == Int(ARCHIVE_RETRY) else { throw error("reading a member") }
        }
    }

    /// The directory `__MACOSX` holds resource forks, `.DS_Store` where icons lie.
    private static func isOfNoInterest(_ name: [UInt8]) -> Bool {
        let parts = name.split(separator: UInt8(ascii: "/"))
        return parts.first.map { $0.elementsEqual("__MACOSX".utf8) } == true
            || parts.last.map { $0.elementsEqual(".DS_Store".utf8) } == true
    }

    // MARK: - libarchive

    /// The one owner of a `struct archive *`: freed exactly once.
    ///
    /// `@safe` because the pointer is made in `open` and lives as long as this.
    @safe private struct Handle: ~Copyable {
        let archive: OpaquePointer
        deinit { _ = unsafe archive_read_free(archive) }
    }

    private static func copy(_ text: UnsafePointer<CChar>) -> [UInt8] {
        unsafe UnsafeRawBufferPointer(start: text, count: strlen(text)).map { $0 }
    }

    private func add(_ password: Password) throws(ArchiveError) {
        let octets = password.octets.map { CChar(bitPattern: $0) } + [0]
        try unsafe check("taking a password") { unsafe archive_read_add_passphrase($0, octets) }
    }

    private func check(_ doing: String, _ call: (OpaquePointer) -> Int32) throws(ArchiveError) {
        guard unsafe call(handle.archive) == ARCHIVE_OK else { throw error(doing) }
    }

    /// libarchive's last words. It has numbers for "file format" and "misc" only, so its words tell what
    /// it cannot do from what is broken.
    private func error(_ doing: String) -> ArchiveError {
        let words = unsafe archive_error_string(handle.archive).map { unsafe String(cString: $0) } ?? ""
        let lower = words.lowercased()
        let code: UnwrapEnding =
            if lower.contains("encrypt") || lower.contains("passphrase") || lower.contains("password") {
                .encrypted
            } else if lower.contains("unsupported") || lower.contains("not supported") {
                .unsupported
            } else if unsafe archive_errno(handle.archive) == ENOMEM {
                .overLimit
            } else {
                .damaged
            }
        return ArchiveError(code, doing, words: words)
    }
}
