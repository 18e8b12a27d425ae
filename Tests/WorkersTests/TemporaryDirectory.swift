import Glibc

/// A directory that is gone, with all that is in it, when the test is over.
final class TemporaryDirectory: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/mailroom-test-XXXXXX".utf8CString)
        precondition(mkdtemp(&template) != nil, "the tests need a directory")
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit { Self.remove(path) }

    private static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        if let stream = opendir(path) {
            while let entry = readdir(stream) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                    String(cString: UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
                }
                if name != ".", name != ".." { remove(path + "/" + name) }
            }
            closedir(stream)
        }
        rmdir(path)
    }
}
