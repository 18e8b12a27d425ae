internal import CLinux
internal import Glibc

/// An open file as the content of a reply: a part of it, or all.
package final class FileContent: Sendable {
    private let descriptor: Int32
    let offset: Int64
    package let length: Int64

    /// - Parameters:
    ///   - descriptor: stays the caller's; the reply has its own.
    ///   - length: as the file was when it was looked at; what is cut off later ends the connection.
    package convenience init(of descriptor: Int32, length: Int64) throws(HTTPError) {
        try self.init(duplicating: descriptor, offset: 0, length: length)
    }

    private init(duplicating descriptor: Int32, offset: Int64, length: Int64) throws(HTTPError) {
        let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        guard own >= 0 else {
            throw HTTPError(.listen, "sending a file", unsafe String(cString: strerror(errno)))
        }
        self.descriptor = own
        self.offset = offset
        self.length = length
    }

    private init(whole: FileContent, range: ClosedRange<Int64>) {
        descriptor = whole.take()
        offset = whole.offset + range.lowerBound
        length = range.upperBound - range.lowerBound + 1
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func part(_ range: ClosedRange<Int64>) -> FileContent { FileContent(whole: self, range: range) }

    /// A descriptor for whoever closes it; -1 when the process has none left.
    func take() -> Int32 { fcntl(descriptor, F_DUPFD_CLOEXEC, 3) }
}
