import Glibc

/// A directory of its own for one test, gone with it.
final class Scratch {
    let path: String

    init() {
        var template = Array("/tmp/mailroom-configuration-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
    }

    deinit {
        Self.remove(path)
    }

    private static func remove(_ path: String) {
        for name in names(path) where unlink("\(path)/\(name)") != 0 { remove("\(path)/\(name)") }
        rmdir(path)
    }

    /// Makes a directory and those above it.
    func makeDirectory(_ name: String) {
        var inner = path
        for part in name.split(separator: "/") {
            inner += "/\(part)"
            mkdir(inner, 0o755)
        }
    }

    /// Writes a file, making its directory; gives back its path.
    @discardableResult
    func write(_ name: String, _ text: String, mode: mode_t = 0o644) -> String {
        write(name, Array(text.utf8), mode: mode)
    }

    @discardableResult
    func write(_ name: String, _ octets: [UInt8], mode: mode_t = 0o644) -> String {
        if let slash = name.lastIndex(of: "/") { makeDirectory(String(name[..<slash])) }
        let file = "\(path)/\(name)"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        precondition(descriptor >= 0, "cannot write \(file)")
        precondition(Glibc.write(descriptor, octets, octets.count) == octets.count, "cannot write \(file)")
        fchmod(descriptor, mode)
        close(descriptor)
        return file
    }

    static func names(_ directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { octets in
                String(decoding: octets.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = Glibc.read(descriptor, &buffer, buffer.count), count > 0 {
            octets += buffer[..<count]
        }
        return String(decoding: octets, as: UTF8.self)
    }
}
