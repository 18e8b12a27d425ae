internal import CLinux
internal import Glibc

/// What `stat` tells of a file.
package struct FileStatus: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case file
        case directory
        case symbolicLink
        case other
    }

    /// Two names are one file when these are equal.
    package struct Identity: Hashable, Sendable {
        package let device: UInt64
        package let inode: UInt64
    }

    package let kind: Kind
    package let identity: Identity
    /// In octets.
    package let size: Int64
    package let links: Int
    /// The permissions alone.
    package let mode: UInt32
    package let owner: UInt32
    /// When its octets last changed, in nanoseconds since 1970.
    package let modified: Int64

    init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .symbolicLink
            default: .other
            }
        identity = Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        size = Int64(status.st_size)
        links = Int(status.st_nlink)
        mode = UInt32(status.st_mode & 0o7777)
        owner = status.st_uid
        modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
    }
}
