import Glibc

/// Files by their paths, for tests.
enum File {
    static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = Glibc.read(descriptor, &buffer, buffer.count), count > 0 {
            octets += buffer[..<count]
        }
        return octets
    }

    static func write(_ path: String, _ octets: [UInt8]) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        precondition(descriptor >= 0, "a test may write \(path)")
        defer { close(descriptor) }
        precondition(
            Glibc.write(descriptor, octets, octets.count) == octets.count, "a test may write \(path)")
    }

    /// A file without a name that holds these octets, until `body` returns.
    static func with<R>(_ octets: [UInt8], _ body: (Int32) throws -> R) rethrows -> R {
        var name = Array("/tmp/mailroom-test-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        precondition(descriptor >= 0, "a test may write to /tmp")
        unlink(name)
        defer { close(descriptor) }
        var written = 0
        while written < octets.count {
            written += octets.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + written, octets.count - written)
            }
        }
        return try body(descriptor)
    }
}
