internal import CLinux
internal import Glibc

/// An open directory, below which everything is reached by its descriptor.
///
/// A path that is resolved twice may lead to two places when somebody swaps
/// a directory for a link in between. Here a directory is opened once, and
/// the last component of a name is never followed if it is a link. Names
/// with several components are for trees that only we write to; the others
/// are walked with ``descend(_:creating:)``.
package final class Directory: Sendable {
    let file: File

    private init(_ file: consuming File) { self.file = file }

    /// Opens an absolute path, or one from the working directory on; its last component is no link.
    package static func open(path: String) throws(FileError) -> Directory {
        Directory(try opening(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0))
    }

    /// Makes the directory and its parents where they are missing, and opens it.
    package static func create(path: String, mode: UInt32) throws(FileError) -> Directory {
        var built = path.hasPrefix("/") ? "/" : ""
        for component in path.split(separator: "/") {
            built += component
            let made = try unsafe calling("creating the directory \(built)", built) { name in
                unsafe mkdirat(AT_FDCWD, name, mode_t(mode))
            } unless: {
                $0 == EEXIST
            }
            if made {
                // What the umask took away comes back.
                try open(path: built).setMode(mode)
            }
            built += "/"
        }
        return try open(path: path)
    }

    package func status() throws(FileError) -> FileStatus { try file.status() }
    package func setMode(_ mode: UInt32) throws(FileError) { try file.setMode(mode) }

    // MARK: - Opening

    /// A directory below this one; `name` may have several components.
    package func directory(_ name: String) throws(FileError) -> Directory {
        Directory(try Self.opening(file.descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0))
    }

    /// Makes a directory where it is missing; false where it was there.
    @discardableResult
    package func makeDirectory(_ name: String, mode: UInt32) throws(FileError) -> Bool {
        let made = try unsafe Self.calling("creating the directory \(name)", name) { name in
            unsafe mkdirat(file.descriptor, name, mode_t(mode))
        } unless: {
            $0 == EEXIST
        }
        if made { try directory(name).setMode(mode) }
        return made
    }

    /// Walks down one component at a time, through directories alone: a link on the way is an error.
    package func descend(_ components: [String], creating mode: UInt32? = nil) throws(FileError) -> Directory
    {
        var here = self
        for component in components {
            guard PathComponent.isSafe(component) else { throw .invalidName("going into a directory") }
            if let mode { try here.makeDirectory(component, mode: mode) }
            here = try here.directory(component)
        }
        return here
    }

    package func open(_ name: String) throws(FileError) -> File {
        // O_NONBLOCK: a pipe that somebody put there must not hold us for ever.
        try Self.opening(file.descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0)
    }

    package func openForWriting(_ name: String) throws(FileError) -> File {
        try Self.opening(file.descriptor, name, O_RDWR | O_NOFOLLOW, 0)
    }

    /// Makes a file that is not there yet.
    package func createFile(_ name: String, mode: UInt32) throws(FileError) -> File {
        let file = try Self.opening(file.descriptor, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600)
        try file.setMode(mode)
        return file
    }

    // MARK: - Names

    package func status(of name: String) throws(FileError) -> FileStatus {
        var status = stat()
        try unsafe Self.calling("looking at \(name)", name) { name in
            unsafe fstatat(file.descriptor, name, &status, AT_SYMLINK_NOFOLLOW)
        }
        return FileStatus(status)
    }

    /// Renames, taking the place of a file that already has the name.
    package func rename(
        _ name: String, to newName: String, in target: Directory? = nil
    ) throws(FileError) {
        let directory = (target ?? self).file.descriptor
        try unsafe Self.calling("renaming to \(newName)", name, newName) { from, to in
            unsafe renameat(file.descriptor, from, directory, to)
        }
    }

    /// Renames; throws where the new name is taken.
    package func renameWithoutReplacing(
        _ name: String, to newName: String, in target: Directory? = nil
    ) throws(FileError) {
        let directory = (target ?? self).file.descriptor
        try unsafe Self.calling("renaming to \(newName)", name, newName) { from, to in
            unsafe mr_rename_noreplace(file.descriptor, from, directory, to)
        }
    }

    /// Gives a file one more name; throws where that is taken.
    package func link(_ name: String, to newName: String, in target: Directory) throws(FileError) {
        try unsafe Self.calling("linking \(newName)", name, newName) { from, to in
            unsafe linkat(file.descriptor, from, target.file.descriptor, to, 0)
        }
    }

    /// Takes a name away; false where there was none.
    @discardableResult
    package func remove(_ name: String) throws(FileError) -> Bool {
        try unsafe Self.calling("removing \(name)", name) { name in
            unsafe unlinkat(file.descriptor, name, 0)
        } unless: {
            $0 == ENOENT
        }
    }

    /// Removes an empty directory; false where it is missing or something is in it.
    @discardableResult
    package func removeDirectory(_ name: String) throws(FileError) -> Bool {
        try unsafe Self.calling("removing the directory \(name)", name) { name in
            unsafe unlinkat(file.descriptor, name, AT_REMOVEDIR)
        } unless: {
            [ENOENT, ENOTEMPTY, EEXIST].contains($0)
        }
    }

    // MARK: - Durability

    /// Returns when the names in this directory are on the disk. `fsync`.
    package func synchronize() throws(FileError) { try file.synchronize() }

    /// Returns when all that was written to this file system before is on the disk. `syncfs`.
    ///
    /// Linux 5.8 and newer tell of octets that could not be written, once for
    /// each open descriptor: after a failure, what was written before it is in doubt.
    package func synchronizeFileSystem() throws(FileError) {
        guard mr_syncfs(file.descriptor) == 0 else { throw .last("flushing the file system") }
    }

    package func freeSpace() throws(FileError) -> FreeSpace {
        var status = statvfs()
        guard unsafe fstatvfs(file.descriptor, &status) == 0 else { throw .last("asking for free space") }
        return FreeSpace(
            free: Int64(status.f_bavail) * Int64(status.f_frsize),
            total: Int64(status.f_blocks) * Int64(status.f_frsize),
            // File systems without a fixed number of inodes say zero of zero.
            inodes: status.f_files == 0 ? nil : Int64(status.f_favail))
    }

    // MARK: - Calls

    static func opening(
        _ directory: Int32, _ name: String, _ flags: Int32, _ mode: UInt32
    ) throws(FileError) -> File {
        guard PathComponent.isPath(name) else { throw .invalidName("opening a file") }
        while true {
            let descriptor = unsafe name.withCString { name in
                unsafe openat(directory, name, flags | O_CLOEXEC, mode_t(mode))
            }
            if descriptor >= 0 { return File(descriptor: descriptor) }
            guard errno == EINTR else { throw .last("opening \(name)") }
        }
    }

    /// Whether the call was done: false for an error that is no error here.
    @discardableResult
    private static func calling(
        _ doing: String, _ name: String, _ call: (UnsafePointer<CChar>) -> Int32,
        unless: (Int32) -> Bool = { _ in false }
    ) throws(FileError) -> Bool {
        guard PathComponent.isPath(name) else { throw .invalidName(doing) }
        if unsafe name.withCString({ unsafe call($0) }) == 0 { return true }
        let code = errno
        guard unless(code) else { throw FileError(code: code, doing: doing) }
        return false
    }

    private static func calling(
        _ doing: String, _ name: String, _ other: String,
        _ call: (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Int32
    ) throws(FileError) {
        guard PathComponent.isPath(name), PathComponent.isPath(other) else { throw .invalidName(doing) }
        let result = unsafe name.withCString { name in
            unsafe other.withCString { other in unsafe call(name, other) }
        }
        guard result == 0 else { throw .last(doing) }
    }
}
