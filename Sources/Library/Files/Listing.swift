internal import CLinux
internal import Glibc

extension Directory {
    /// The names in this directory without `.` and `..`, in no order; those that are not UTF-8 are left out.
    package func names() throws(FileError) -> [String] {
        var found: [String] = []
        try forEachName { found.append($0) }
        return found
    }

    /// Calls for each name in this directory, in no order; those that are not UTF-8 are left out,
    /// for none of ours is.
    ///
    /// - Returns: how many were left out.
    @discardableResult
    package func forEachName(_ body: (String) throws(FileError) -> Void) throws(FileError) -> Int {
        let stream = try Stream(self)
        var leftOut = 0
        while let name = try stream.next() {
            if let name { try body(name) } else { leftOut += 1 }
        }
        return leftOut
    }

    /// The one owner of a `DIR *`.
    @safe private struct Stream: ~Copyable {
        let stream: OpaquePointer

        init(_ directory: Directory) throws(FileError) {
            // A descriptor of its own: a duplicate would share the position with other listings.
            let descriptor = unsafe openat(directory.file.descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard descriptor >= 0 else { throw .last("listing a directory") }
            guard let stream = unsafe fdopendir(descriptor) else {
                let error = FileError.last("listing a directory")
                close(descriptor)
                throw error
            }
            unsafe self.stream = stream
        }

        deinit { unsafe closedir(stream) }

        /// Nil at the end; a nil inside for a name that is not UTF-8.
        func next() throws(FileError) -> String?? {
            while true {
                errno = 0
                guard let entry = unsafe readdir(stream) else {
                    guard errno == 0 else { throw .last("listing a directory") }
                    return nil
                }
                let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                    let start = unsafe UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self)
                    return unsafe String(validatingCString: start)
                }
                if name != ".", name != ".." { return .some(name) }
            }
        }
    }
}
