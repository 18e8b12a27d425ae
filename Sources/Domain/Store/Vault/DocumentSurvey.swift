internal import Crypto
package import Files
package import Mail
package import Mailroom

/// What lies in an account's directory, without an octet of it read.
package struct DocumentSurvey: Sendable {
    package var files: [DiskJudge.Found] = []
    /// Directories below the account's, each as its components.
    package var directories: [[String]] = []
    package var oddities: [Oddity] = []

    /// What is not ours to take, and why.
    package struct Oddity: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable {
            /// A file beside the folders.
            case loose
            /// A link, a socket, a pipe, a file with another name elsewhere, another disk, or no right to read.
            case closed
            /// Names that are not UTF-8, or that no document can have.
            case name
        }

        package let kind: Kind
        /// Below the account's directory; empty for that itself.
        package let path: [String]

        package init(_ kind: Kind, _ path: [String]) {
            self.kind = kind
            self.path = path
        }
    }
}

extension FileStatus {
    package var mark: FileMark { FileMark(inode: identity.inode, octets: size, modified: modified) }
}

extension DocumentTree {
    /// The directories and files at the top: of accounts, and whatever else is there.
    package func topLevel() throws(VaultError) -> [(name: String, isDirectory: Bool)] {
        try files { () throws(FileError) in
            var found: [(name: String, isDirectory: Bool)] = []
            for name in try root.names() where !name.hasPrefix(".") {
                guard let status = try? root.status(of: name) else { continue }
                found.append((name, status.kind == .directory))
            }
            return found
        }
    }

    /// Lends the directory that the accounts' are in.
    package func visitTop(_ visit: (Files.Directory) -> Void) { visit(root) }

    /// Walks through an account's directory; nil where there is none.
    ///
    /// - Parameter visit: is lent each directory before it is listed, so that nothing happens in between unseen.
    package func survey(
        _ account: String, visit: (Files.Directory, [String]) -> Void
    ) throws(VaultError) -> DocumentSurvey? {
        guard PathComponent.isSafe(account), !account.hasPrefix(".") else {
            throw VaultError(.unsafeName, "looking at an account's documents")
        }
        do throws(FileError) {
            let top = try root.directory(account)
            var survey = DocumentSurvey()
            let device = try top.status().identity.device
            try walk(top, [], device, into: &survey, visit)
            return survey
        } catch {
            if error.isMissing { return nil }
            throw VaultError(error)
        }
    }

    private static let deepestSurvey = 32

    private func walk(
        _ directory: Files.Directory, _ path: [String], _ device: UInt64, into survey: inout DocumentSurvey,
        _ visit: (Files.Directory, [String]) -> Void
    ) throws(FileError) {
        visit(directory, path)
        // Made before people were to work in it; whoever else owns it knows best.
        if isEditable, let mode = try? directory.status().mode, mode & 0o770 != 0o770 {
            try? directory.setMode(mode | 0o770)
        }
        var names: [String] = []
        let unreadable = try directory.forEachName { name throws(FileError) in names.append(name) }
        if unreadable > 0 { survey.oddities.append(.init(.name, path)) }
        for name in names {
            let here = path + [name]
            guard PathComponent.isSafe(name) else {
                survey.oddities.append(.init(.name, path))
                continue
            }
            // Gone in between: whoever took it away is told of by the next look.
            guard let status = try? directory.status(of: name) else { continue }
            switch status.kind {
            case .directory:
                if DiskNames.isForeign(directory: name) { continue }
                guard here.count < Self.deepestSurvey, status.identity.device == device,
                    let below = try? directory.directory(name)
                else {
                    survey.oddities.append(.init(.closed, here))
                    continue
                }
                survey.directories.append(here)
                try walk(below, here, device, into: &survey, visit)
            case .file where path.isEmpty:
                if !DiskNames.isPassing(name) { survey.oddities.append(.init(.loose, here)) }
            case .file:
                survey.files.append(
                    DiskJudge.Found(
                        place: DiskPlace(path, name), mark: status.mark,
                        state: status.links == 1 || !isEditable ? .unread : .closed))
            case .symbolicLink, .other:
                if path.isEmpty {
                    survey.oddities.append(.init(.closed, here))
                } else {
                    survey.files.append(
                        DiskJudge.Found(place: DiskPlace(path, name), mark: status.mark, state: .closed))
                }
            }
        }
    }

    /// The mark of what is at a path; nil where a document can't be: where nothing is, a directory, or where no way
    /// leads without a link.
    package func mark(at path: DocumentPath) throws(VaultError) -> FileMark? {
        do throws(VaultError) {
            guard let status = try status(of: path), status.kind != .directory else { return nil }
            return status.mark
        } catch {
            if case .file(let cause) = error.code, cause.isSymbolicLink { return nil }
            throw error
        }
    }

    /// Reads a file as it lies there; nil where it changed meanwhile, or is none that is to be read.
    package func digest(
        of path: DocumentPath
    ) throws(VaultError) -> (digest: SHA256Digest, mark: FileMark)? {
        var hash = SHA256()
        let mark = try read(path) { piece throws(VaultError) in hash.update(piece) }
        return mark.map { (hash.finish(), $0) }
    }

    /// Takes the octets of a file, which stays where it is; nil as for ``digest(of:)``.
    package func take(_ path: DocumentPath) throws(VaultError) -> (content: PendingContent, mark: FileMark)? {
        let writer = contents.begin()
        let mark = try read(path) { piece throws(VaultError) in try writer.write(piece) }
        guard let mark else { return nil }
        return (try writer.finish(), mark)
    }

    private func read(
        _ path: DocumentPath, into sink: (Span<UInt8>) throws(VaultError) -> Void
    ) throws(VaultError) -> FileMark? {
        let file = try open(path)
        return try read(file, into: sink)
    }

    private func read(
        _ file: borrowing File, into sink: (Span<UInt8>) throws(VaultError) -> Void
    ) throws(VaultError) -> FileMark? {
        let before: FileStatus
        do throws(FileError) { before = try file.status() } catch { throw VaultError(error) }
        guard before.kind == .file, before.links == 1 || !isEditable else { return nil }
        try file.stream(from: 0, count: .max, into: sink)
        let after: FileStatus
        do throws(FileError) { after = try file.status() } catch { throw VaultError(error) }
        return before.mark == after.mark ? after.mark : nil
    }

    // MARK: - What was set aside

    /// Files that were set aside and have not been written to since a moment, with the documents they were.
    package func setAsideFiles(
        restingSince moment: Timestamp
    ) throws(VaultError) -> [(name: String, document: DocumentID)] {
        try files { () throws(FileError) in
            var found: [(name: String, document: DocumentID)] = []
            for name in try aside.names() {
                guard let number = name.split(separator: ".").first.flatMap({ Int64($0) }),
                    try aside.status(of: name).modified <= moment.milliseconds * 1_000_000
                else { continue }
                found.append((name, DocumentID(number)))
            }
            return found
        }
    }

    package func takeSetAside(_ name: String) throws(VaultError) -> PendingContent? {
        let file = try files { () throws(FileError) in try aside.open(name) }
        let writer = contents.begin()
        guard try read(file, into: { piece throws(VaultError) in try writer.write(piece) }) != nil else {
            return nil
        }
        return try writer.finish()
    }

    package func removeSetAside(_ name: String) throws(VaultError) {
        try files { () throws(FileError) in _ = try aside.remove(name) }
    }
}
