internal import CLinux
internal import Glibc

/// The right to write to a data directory: one process has it at a time. `flock`.
///
/// The kernel takes it back when the process ends, however it ends, so a
/// lock is never stale; the number in the file only says whom to look for.
package final class DirectoryLock: Sendable {
    package enum Attempt: Sendable {
        case locked(DirectoryLock)
        /// Another process has it, and this is its number, if it could be read.
        case held(by: Int32?)
    }

    private let file: File

    private init(_ file: consuming File) { self.file = file }

    /// Tries to get the lock; never waits for it.
    package static func take(
        in directory: Directory, name: String = "lock"
    ) throws(FileError) -> Attempt {
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW
        let file = try Directory.opening(directory.file.descriptor, name, flags, 0o640)
        while flock(file.descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else { throw .last("locking \(name)") }
            let text = String(decoding: try file.readAll(limit: 64), as: UTF8.self)
            return .held(by: Int32(text.prefix { $0.isNumber }))
        }
        try file.truncate(to: 0)
        try file.write(Array("\(getpid())\n".utf8))
        return .locked(DirectoryLock(file))
    }
}
