internal import Glibc

/// Tells in which directories something changed, as the kernel notices it. `inotify(7)`.
///
/// It sees one directory at a time and nothing below: a tree is watched by
/// watching each of its directories. What it tells is a hint where to look,
/// never what is there: events may be lost (``Event/Kind/overflow``), and two
/// that were told apart may have changed places.
package final class TreeWatch: Sendable {
    /// A watched directory, until it is gone.
    package struct Place: Hashable, Sendable {
        let rawValue: Int32
    }

    package struct Event: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            /// Made or written to, and maybe not yet closed.
            case writing
            /// Closed by whoever wrote to it, or moved to here as it is.
            case settled
            /// Deleted, or moved away.
            case gone
            /// The directory itself is watched no more: it is gone, or its file system is.
            case ended
            /// More happened than there was room to tell: all must be looked at.
            case overflow
        }

        package let place: Place
        package let kind: Kind
        /// Nil for the directory itself, and for a name that is not UTF-8.
        package let name: String?
        package let isDirectory: Bool
    }

    private let file: File

    private init(_ file: consuming File) { self.file = file }

    /// Throws where `fs.inotify.max_user_instances` is used up.
    package static func open() throws(FileError) -> TreeWatch {
        let descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        guard descriptor >= 0 else { throw .last("beginning to watch directories") }
        return TreeWatch(File(descriptor: descriptor))
    }

    /// Readable when there are events; never closed by whoever waits.
    package var descriptor: Int32 { file.descriptor }

    private static let mask = UInt32(
        IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE | IN_DELETE_SELF
            | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK)

    /// Watches a directory; again the same place where it is watched already.
    ///
    /// It is named by its descriptor, so that no link leads elsewhere in between.
    /// - Throws: where `fs.inotify.max_user_watches` is used up, an error that `isOutOfSpace`.
    package func watch(_ directory: Directory) throws(FileError) -> Place {
        let path = "/proc/self/fd/\(directory.file.descriptor)"
        let place = unsafe path.withCString { path in
            unsafe inotify_add_watch(file.descriptor, path, Self.mask)
        }
        guard place >= 0 else { throw .last("watching a directory") }
        return Place(rawValue: place)
    }

    /// Watches a directory no more; one that is gone needs no farewell.
    package func forget(_ place: Place) { _ = inotify_rm_watch(file.descriptor, place.rawValue) }

    /// What happened since it was last asked, in order; nothing where nothing did.
    package func events() throws(FileError) -> [Event] {
        var events: [Event] = []
        var octets = [UInt8](repeating: 0, count: 64 << 10)
        // So many at most at once: whoever asks has other things to do, too.
        for _ in 0..<16 {
            let descriptor = file.descriptor
            let count = unsafe octets.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno != EAGAIN { throw .last("reading what happened in directories") }
            guard count > 0 else { break }
            Self.parse(octets[..<count], into: &events)
        }
        return events
    }

    /// The kernel's `struct inotify_event`: descriptor, mask, cookie, length, and the name with zeros after it.
    private static func parse(_ octets: ArraySlice<UInt8>, into events: inout [Event]) {
        func number(_ at: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(octets[at + $1]) << (8 * UInt32($1)) }
        }
        var at = octets.startIndex
        while at + 16 <= octets.endIndex {
            let mask = number(at + 4)
            let end = min(at + 16 + Int(number(at + 12)), octets.endIndex)
            let name = octets[(at + 16)..<end].prefix { $0 != 0 }
            events.append(
                Event(
                    place: Place(rawValue: Int32(bitPattern: number(at))), kind: kind(mask),
                    name: name.isEmpty ? nil : String(validating: name, as: UTF8.self),
                    isDirectory: mask & UInt32(IN_ISDIR) != 0))
            at = end
        }
    }

    private static func kind(_ mask: UInt32) -> Event.Kind {
        func has(_ bits: Int32) -> Bool { mask & UInt32(bitPattern: bits) != 0 }
        if has(IN_Q_OVERFLOW) { return .overflow }
        if has(IN_IGNORED | IN_UNMOUNT) { return .ended }
        if has(IN_CLOSE_WRITE | IN_MOVED_TO) { return .settled }
        if has(IN_CREATE | IN_MODIFY) { return .writing }
        return .gone
    }
}
