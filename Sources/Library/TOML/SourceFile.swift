internal import Glibc

/// The files a configuration is read from.
package enum SourceFile {
    /// Larger files are no configuration.
    package static let largest = 1 << 20

    /// Reads a whole file; waits for no pipe and no device.
    ///
    /// - Parameter name: as messages call the file.
    package static func read(_ path: String, name: String) throws(TOMLError) -> SourceText {
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
                throw TOMLError(code: .tooLarge, description: "it is larger than \(largest >> 20) MB")
            }
        }
        return SourceText(name: name, octets: octets)
    }

    /// The names in a directory that end in `.toml`, in the order of their octets.
    ///
    /// Names that begin with a dot are left out: they are what editors leave behind. A
    /// directory that is not there holds nothing.
    package static func list(_ directory: String) throws(TOMLError) -> [String] {
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
            if name.hasSuffix(".toml"), !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func failure(_ number: Int32) -> TOMLError {
        let words = unsafe String(cString: strerror(number))
        return TOMLError(code: number == ENOENT ? .missing : .notReadable, description: words)
    }
}
