internal import Crypto
package import Files
package import Mail
internal import Synchronization

/// Where a document is in the tree that staff reach with any tool: `documents/<account>/<folder…>/<name>`.
package struct DocumentPath: Hashable, Sendable {
    /// The account's directory: its number, a space and its name.
    package let account: String
    /// The folder, and below it the path: one component each, at least one.
    package let folders: [String]
    package let name: String

    package init(account: String, folders: [String], name: String) {
        self.account = account
        self.folders = folders
        self.name = name
    }

    var directories: [String] { [account] + folders }

    /// A leading dot is for what is ours beside the accounts.
    var isSafe: Bool {
        !account.hasPrefix(".") && PathComponent.isSafe(name) && directories.allSatisfy(PathComponent.isSafe)
    }
}

/// The documents as plain files, one copy on disk where that is safe.
///
/// An inode never serves two accounts: whoever may change one client's file
/// would change another's. The first account's document is a hard link into
/// `content/`; any other is a reflink where the file system has them, else a
/// copy. Which names are unique after case folding is the caller's to know;
/// here a name that is taken by other octets is an error, never overwritten.
/// Directories are walked one by one and no link is followed, so that nobody
/// who can write to the tree can lead us out of it.
package final class DocumentTree: Sendable {
    /// How a document came to be on the disk.
    package enum Placement: String, Hashable, Sendable {
        case link
        case reflink
        case copy
    }

    /// Whether a document may be the content's own inode.
    package enum Sharing: Hashable, Sendable {
        /// No other account has this inode.
        case link
        /// Another account has it, or people edit the tree in place.
        case separate
    }

    /// Whether people edit the files in place: then none is anything else's inode, and the group may write.
    package let isEditable: Bool
    let root: Directory
    let aside: Directory
    private let temporaries: Directory
    private let trash: Directory
    let contents: ContentStore
    private let temporaryCount = Atomic<UInt64>(0)

    init(_ root: Directory, contents: ContentStore, isEditable: Bool) throws(VaultError) {
        self.root = root
        self.contents = contents
        self.isEditable = isEditable
        (temporaries, trash, aside) = try files { () throws(FileError) in
            for name in [".tmp", ".trash", ".aside"] { try root.makeDirectory(name, mode: 0o700) }
            let temporaries = try root.directory(".tmp")
            try temporaries.forEachName { name throws(FileError) in try temporaries.remove(name) }
            return (temporaries, try root.directory(".trash"), try root.directory(".aside"))
        }
    }

    private var directoryMode: UInt32 { isEditable ? 0o770 : 0o750 }
    private var fileMode: UInt32 { isEditable ? 0o660 : ContentStore.mode }

    // MARK: - Placing

    /// Puts a published content at a path; durable once the batch is flushed.
    ///
    /// Doing it again is the same as doing it once:
    ///
    /// | at the path | what happens |
    /// |---|---|
    /// | nothing | it is placed |
    /// | the content's inode, and it may be | nothing |
    /// | the same octets otherwise | replaced by ours: a crash left them, maybe not on the disk |
    /// | anything else | ``VaultError/Code/nameTaken`` |
    package func place(
        _ digest: SHA256Digest, at path: DocumentPath, sharing wanted: Sharing
    ) throws(VaultError) -> Placement {
        let sharing = isEditable ? .separate : wanted
        guard let content = try contents.status(of: digest) else {
            throw VaultError(.missing, "filing content \(digest)")
        }
        let directory = try directory(of: path, creating: true)
        let present: FileStatus?
        do throws(FileError) {
            present = try directory.status(of: path.name)
        } catch {
            guard error.isMissing else { throw VaultError(error) }
            present = nil
        }
        if let present {
            if sharing == .link, present.identity == content.identity { return .link }
            guard try isSame(directory, path.name, present, digest, content) else {
                throw VaultError(.nameTaken, "filing a document")
            }
            // Somebody may be about to write to it: the flush makes it as durable as ours would be.
            if isEditable, present.links == 1 { return .copy }
        }
        let replaces = present != nil
        if sharing == .link, try link(digest, to: path.name, in: directory, replacing: replaces) {
            return .link
        }
        return try copy(digest, to: path.name, in: directory, replacing: replaces)
    }

    private func isSame(
        _ directory: Directory, _ name: String, _ present: FileStatus, _ digest: SHA256Digest,
        _ content: FileStatus
    ) throws(VaultError) -> Bool {
        guard present.kind == .file, present.size == content.size else { return false }
        if present.identity == content.identity { return true }
        var hash = SHA256()
        let file = try files { () throws(FileError) in try directory.open(name) }
        try file.stream(from: 0, count: .max) { piece throws(VaultError) in hash.update(piece) }
        return hash.finish() == digest
    }

    /// False where links are not possible: another file system, or too many of them.
    private func link(
        _ digest: SHA256Digest, to name: String, in directory: Directory, replacing: Bool
    ) throws(VaultError) -> Bool {
        let temporary = temporaryName()
        let source = ContentStore.path(of: digest)
        do throws(FileError) {
            if replacing {
                try contents.directory.link(source, to: temporary, in: temporaries)
                try temporaries.rename(temporary, to: name, in: directory)
            } else {
                try contents.directory.link(source, to: name, in: directory)
            }
            return true
        } catch {
            if error.isTaken { throw VaultError(.nameTaken, "filing a document") }
            if error.isNotLinkable { return false }
            throw VaultError(error)
        }
    }

    private func copy(
        _ digest: SHA256Digest, to name: String, in directory: Directory, replacing: Bool
    ) throws(VaultError) -> Placement {
        let content = try contents.open(digest)
        let file = try TemporaryFile(in: temporaries, name: temporaryName())
        let cloned = try file.withFile { file throws(FileError) in
            let cloned = file.clone(content)
            if !cloned { try file.append(contentsOf: content) }
            return cloned
        }
        try file.setMode(fileMode)
        if replacing {
            try file.rename(to: name, in: directory)
        } else if try !file.renameWithoutReplacing(to: name, in: directory) {
            throw VaultError(.nameTaken, "filing a document")
        }
        return cloned ? .reflink : .copy
    }

    // MARK: - Moving and removing

    /// Moves a document; done already where it is gone from the old path and there at the new.
    package func move(_ old: DocumentPath, to new: DocumentPath) throws(VaultError) {
        let source = try directory(of: old, creating: false)
        let target = try directory(of: new, creating: true)
        try rename(old.name, in: source, to: new.name, in: target)
    }

    /// Puts a document into the trash, under a name that the caller chooses and keeps.
    package func discard(_ path: DocumentPath, as trashName: String) throws(VaultError) {
        try rename(path.name, in: directory(of: path, creating: false), to: trashName, in: trash)
    }

    /// Puts a file that somebody may have changed where nobody looks for it, until it was looked at.
    package func setAside(_ path: DocumentPath, of document: Int64) throws(VaultError) {
        let source = try directory(of: path, creating: false)
        for number in 1...1000 {
            do throws(VaultError) {
                return try rename(path.name, in: source, to: "\(document).\(number)", in: aside)
            } catch { guard error.code == .nameTaken else { throw error } }
        }
        throw VaultError(.nameTaken, "setting a document aside")
    }

    /// Takes a document back from the trash.
    package func restore(_ trashName: String, to path: DocumentPath) throws(VaultError) {
        try rename(trashName, in: trash, to: path.name, in: directory(of: path, creating: true))
    }

    /// Removes a document from the trash for good; false where it is gone.
    @discardableResult
    package func purge(_ trashName: String) throws(VaultError) -> Bool {
        guard PathComponent.isSafe(trashName) else { throw VaultError(.unsafeName, "emptying the trash") }
        return try files { () throws(FileError) in try trash.remove(trashName) }
    }

    /// Removes a document whose octets are kept as a content; false where it is gone.
    @discardableResult
    package func remove(_ path: DocumentPath) throws(VaultError) -> Bool {
        do throws(VaultError) {
            let directory = try directory(of: path, creating: false)
            return try files { () throws(FileError) in try directory.remove(path.name) }
        } catch {
            if error.isMissing { return false }
            throw error
        }
    }

    /// Removes a folder that staff renamed or removed, and those below it, as far as nothing is in them.
    package func removeEmptyFolder(account: String, folders: [String]) throws(VaultError) {
        let path = DocumentPath(account: account, folders: folders, name: "document")
        guard path.isSafe, let last = folders.last else {
            throw VaultError(.unsafeName, "removing a folder")
        }
        do throws(FileError) {
            let parent = try root.descend([account] + folders.dropLast(), creating: nil)
            try removeEmpty(last, in: parent, depth: Self.deepest)
        } catch {
            guard error.isMissing else { throw VaultError(error) }
        }
    }

    private static let deepest = 32

    private func removeEmpty(_ name: String, in parent: Directory, depth: Int) throws(FileError) {
        guard depth > 0, PathComponent.isSafe(name) else { return }
        let directory = try parent.directory(name)
        for child in try directory.names() where try directory.status(of: child).kind == .directory {
            try removeEmpty(child, in: directory, depth: depth - 1)
        }
        try parent.removeDirectory(name)
    }

    /// Makes an account's folder, so that it is there before its first document.
    package func makeFolder(account: String, folders: [String]) throws(VaultError) {
        _ = try directory(
            of: DocumentPath(account: account, folders: folders, name: "document"), creating: true)
    }

    /// What is at a path; nil where there is nothing.
    package func status(of path: DocumentPath) throws(VaultError) -> FileStatus? {
        do throws(VaultError) {
            let directory = try directory(of: path, creating: false)
            return try files { () throws(FileError) in try directory.status(of: path.name) }
        } catch {
            if error.isMissing { return nil }
            throw error
        }
    }

    package func open(_ path: DocumentPath) throws(VaultError) -> File {
        let directory = try directory(of: path, creating: false)
        return try files { () throws(FileError) in try directory.open(path.name) }
    }

    private func rename(
        _ name: String, in source: Directory, to newName: String, in target: Directory
    ) throws(VaultError) {
        guard PathComponent.isSafe(name), PathComponent.isSafe(newName) else {
            throw VaultError(.unsafeName, "moving a document")
        }
        do throws(FileError) {
            try source.renameWithoutReplacing(name, to: newName, in: target)
        } catch {
            if error.isTaken { throw VaultError(.nameTaken, "moving a document") }
            let isDone = error.isMissing && (try? target.status(of: newName)) != nil
            if !isDone { throw VaultError(error) }
        }
    }

    private func directory(of path: DocumentPath, creating: Bool) throws(VaultError) -> Directory {
        guard path.isSafe else { throw VaultError(.unsafeName, "going to a document") }
        return try files { () throws(FileError) in
            try root.descend(path.directories, creating: creating ? directoryMode : nil)
        }
    }

    private func temporaryName() -> String {
        String(temporaryCount.wrappingAdd(1, ordering: .relaxed).newValue)
    }
}
