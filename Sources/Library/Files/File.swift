internal import CLinux
internal import Glibc

/// An open file: the one owner of its descriptor, closed exactly once.
///
/// Every call goes on after a signal, and writes all or throws. `close` is
/// never asked what became of the octets: ``synchronize()`` or
/// ``Directory/synchronizeFileSystem()`` is.
package struct File: ~Copyable, Sendable {
    /// For calls that other targets make with it: never closed there, never kept.
    package let descriptor: Int32

    init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Lends the descriptor to those who must hand it on; it stays ours to close.
    package func withDescriptor<Result>(_ body: (Int32) throws -> Result) rethrows -> Result {
        try body(descriptor)
    }

    package func status() throws(FileError) -> FileStatus {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .last("looking at an open file") }
        return FileStatus(status)
    }

    package func setMode(_ mode: UInt32) throws(FileError) {
        guard fchmod(descriptor, mode_t(mode)) == 0 else { throw .last("setting the permissions of a file") }
    }

    /// Appends at most `count` octets from `offset` on; appends none at the end of the file.
    package func read(
        at offset: Int64, count: Int, into buffer: inout OctetBuffer
    ) throws(FileError) {
        let wanted = min(count, buffer.free)
        guard wanted > 0 else { return }
        while true {
            let got = unsafe pread(descriptor, buffer.end, wanted, off_t(offset))
            if got >= 0 { return buffer.grow(by: got) }
            guard errno == EINTR else { throw .last("reading a file") }
        }
    }

    /// The whole file, which is known to be small; throws `EFBIG` when it is not.
    package func readAll(limit: Int) throws(FileError) -> [UInt8] {
        var buffer = OctetBuffer(capacity: limit + 1)
        while buffer.free > 0 {
            let before = buffer.count
            try read(at: Int64(before), count: buffer.free, into: &buffer)
            if buffer.count == before { return buffer.array() }
        }
        throw FileError(code: EFBIG, doing: "reading a file of more than \(limit) octets")
    }

    /// Writes all octets where the file's own position is.
    package func write(_ octets: Span<UInt8>) throws(FileError) {
        try unsafe writeAll(octets) { start, count, _ in unsafe Glibc.write(descriptor, start, count) }
    }

    package func write(_ octets: [UInt8]) throws(FileError) { try write(octets.span) }

    /// Writes all octets from `offset` on.
    package func write(_ octets: Span<UInt8>, at offset: Int64) throws(FileError) {
        try unsafe writeAll(octets) { start, count, done in
            unsafe pwrite(descriptor, start, count, off_t(offset) + off_t(done))
        }
    }

    private func writeAll(
        _ octets: Span<UInt8>, _ call: (UnsafePointer<UInt8>, Int, Int) -> Int
    ) throws(FileError) {
        try unsafe octets.withUnsafeBufferPointer { buffer throws(FileError) in
            guard let start = buffer.baseAddress else { return }
            var done = 0
            while done < buffer.count {
                let written = unsafe call(start + done, buffer.count - done, done)
                if written > 0 {
                    done += written
                } else if written == 0 || errno != EINTR {
                    throw written == 0 ? .inputOutput("writing a file") : .last("writing a file")
                }
            }
        }
    }

    /// Appends everything of another file at this one's position. `copy_file_range`.
    package func append(contentsOf other: borrowing File) throws(FileError) {
        var offset: Int64 = 0
        while true {
            let copied = unsafe mr_copy_file_range(other.descriptor, &offset, descriptor, 1 << 30)
            if copied == 0 { return }
            if copied > 0 || errno == EINTR { continue }
            guard [EXDEV, EINVAL, EOPNOTSUPP, ENOSYS].contains(errno) else { throw .last("copying a file") }
            break
        }
        var buffer = OctetBuffer(capacity: 256 << 10)
        while true {
            try other.read(at: offset, count: buffer.capacity, into: &buffer)
            if buffer.count == 0 { return }
            try buffer.withOctets { octets throws(FileError) in try write(octets) }
            offset += Int64(buffer.count)
            buffer.removeAll()
        }
    }

    /// Moves the position that ``write(_:)`` and ``append(contentsOf:)`` go on from.
    package func seek(to offset: Int64) throws(FileError) {
        guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { throw .last("moving in a file") }
    }

    package func truncate(to size: Int64) throws(FileError) {
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw .last("cutting a file") }
    }

    /// Makes this empty file share the blocks of another; false where the file system cannot. `FICLONE`.
    package func clone(_ other: borrowing File) -> Bool { mr_clone(descriptor, other.descriptor) == 0 }

    /// Gives the blocks of a range back, so that zeros are read there; writes zeros where holes are unknown.
    package func erase(at offset: Int64, count: Int64) throws(FileError) {
        guard count > 0 else { return }
        if mr_punch_hole(descriptor, offset, count) == 0 { return }
        guard errno == EOPNOTSUPP || errno == ENOSYS else { throw .last("erasing in a file") }
        let zeros = [UInt8](repeating: 0, count: 64 << 10)
        var done: Int64 = 0
        while done < count {
            let part = Int(min(count - done, Int64(zeros.count)))
            try write(zeros.span.extracting(first: part), at: offset + done)
            done += Int64(part)
        }
    }

    /// Returns when the octets and the size are on the disk. A failure is final: it is never asked again,
    /// for the kernel reports it once and then forgets the pages that it could not write.
    package func synchronize() throws(FileError) {
        guard fsync(descriptor) == 0 else { throw .last("flushing a file to the disk") }
    }
}
