internal import CLinux
internal import Glibc

/// What the system said when it would not do something with a file.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The `errno`.
    package let code: Int32
    /// What we were doing, and to which name.
    package let doing: String

    package init(code: Int32, doing: String) {
        self.code = code
        self.doing = doing
    }

    /// Reads `errno`: to be called before anything else can change it.
    static func last(_ doing: String) -> FileError { FileError(code: errno, doing: doing) }

    package static func invalidName(_ doing: String) -> FileError { FileError(code: EINVAL, doing: doing) }
    package static func inputOutput(_ doing: String) -> FileError { FileError(code: EIO, doing: doing) }

    /// The disk, the quota or the inodes are used up: nothing is wrong that space would not cure.
    package var isOutOfSpace: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }

    package var isMissing: Bool { code == ENOENT }
    package var isTaken: Bool { code == EEXIST }
    /// A link where a file or directory should be: somebody is playing with the tree.
    package var isSymbolicLink: Bool { code == ELOOP || code == ENOTDIR }
    /// A hard link can't be made there: another file system, one without links, or too many links.
    package var isNotLinkable: Bool { [EXDEV, EMLINK, EPERM, EOPNOTSUPP].contains(code) }

    /// Whether the same may succeed later without a change of ours: space, a disk that came back, descriptors.
    package var isTransient: Bool {
        isOutOfSpace || [EIO, EROFS, EAGAIN, EMFILE, ENFILE, ENOMEM, EBUSY, ETXTBSY, ESTALE].contains(code)
    }

    package var description: String {
        var text = [CChar](repeating: 0, count: 128)
        let words =
            unsafe strerror_r(code, &text, text.count) == 0
            ? String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            : "error \(code)"
        return "\(doing): \(words)"
    }
}
