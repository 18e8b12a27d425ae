internal import CLinux
internal import Glibc

extension Directory {
    /// Writes a small file so that after any crash it has its old octets or the new ones, whole.
    ///
    /// When this returns, the new ones are on the disk, under their name.
    package func replace(_ name: String, with octets: [UInt8], mode: UInt32) throws(FileError) {
        guard PathComponent.isSafe(name) else { throw .invalidName("writing a file") }
        // One writer to a data directory, so a fixed name does: what a crash left is overwritten.
        let temporary = ".\(name).new"
        try remove(temporary)
        do throws(FileError) {
            let file = try createFile(temporary, mode: mode)
            try file.write(octets)
            try file.synchronize()
            try rename(temporary, to: name)
        } catch {
            // The first error is the one to tell; what stays is overwritten the next time.
            _ = try? remove(temporary)
            throw error
        }
        try synchronize()
    }

    /// A small file's octets; nil where there is no such file.
    package func contents(of name: String, limit: Int = 1 << 20) throws(FileError) -> [UInt8]? {
        do throws(FileError) {
            return try open(name).readAll(limit: limit)
        } catch {
            if error.isMissing { return nil }
            throw error
        }
    }
}
