/// What is left of a file system for us, in octets and inodes. `fstatvfs`.
package struct FreeSpace: Hashable, Sendable {
    package let free: Int64
    package let total: Int64
    /// Nil where the file system has no fixed number.
    package let inodes: Int64?
}
