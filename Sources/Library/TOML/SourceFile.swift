internal import Glibc

/// The files a configuration is read from.
package enum SourceFile {
    /// Larger files are no configuration.
    package static let largest = 1 << 20

    /// Reads a whole file; waits for no pipe and no device.
    ///
    /// - Parameters:
    ///   - name: as messages call the file.
    ///   - largest: in octets.
    package static func read(
        _ path: String, name: String, largest: Int = largest
    ) throws(TOMLError) -> SourceText {
        let descriptor = unsafe path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        guard descriptor >= 0 else { throw failure(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let what = status.st_mode & S_IFMT == S_IFDIR ? "it is a directory" : "it is not a plain file"
            throw TOMLError(code: .notAFile, description: what)
        }
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(errno) }
            guard count > 0 else { break }
            octets += buffer[..<count]
            guard octets.count <= largest else {
                throw TOMLError(code: .tooLarge, description: "it is larger than \(size(largest))")
            }
        }
        return SourceText(name: name, octets: octets)
    }

    private static func size(_ octets: Int) -> String {
        octets >= 1 << 20 ? "\(octets >> 20) MB" : "\(octets >> 10) KB"
    }

    /// The names in a directory with an ending, in the order of their octets.
    ///
    /// Names that begin with a dot are left out: they are what editors leave behind. A
    /// directory that is not there holds nothing.
    package static func list(_ directory: String, ending: String = ".toml") throws(TOMLError) -> [String] {
        guard let stream = unsafe directory.withCString({ unsafe opendir($0) }) else {
            if errno == ENOENT { return [] }
            throw failure(errno)
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { octets in
                unsafe String(decoding: octets.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(ending), !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func failure(_ number: Int32) -> TOMLError {
        let words = unsafe String(cString: strerror(number))
        return TOMLError(code: number == ENOENT ? .missing : .notReadable, description: words)
    }
}
