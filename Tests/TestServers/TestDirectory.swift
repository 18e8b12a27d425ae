import Glibc

/// A fresh directory that is removed, with all in it, when nobody holds it any more.
package final class TestDirectory: Sendable {
    package let path: String

    /// - Parameter readable: by other users too, for a server that gives up its rights.
    package init(readable: Bool = false) {
        path = Self.fresh("\(Self.root.path)/XXXXXX")
        if readable { chmod(path, 0o755) }
    }

    /// Holds the directories of this run, and those that are never let go of.
    ///
    /// A shell waits for our end, whatever it is, and removes it then.
    private static let root: (path: String, leash: Int32) = {
        let path = fresh("/tmp/mailroom-test-XXXXXX")
        chmod(path, 0o755)
        let (reading, writing) = ChildProcess.pair()
        // A server that dies with us may still write for a moment.
        let script = #"trap '' INT TERM HUP; read _; while ! rm -rf -- "$1" 2>/dev/null; do sleep 1; done"#
        _ = ChildProcess.spawn(["/bin/sh", "-c", script, "sh", path], input: reading, output: -1)
        close(reading)
        return (path, writing)
    }()

    private static func fresh(_ template: String) -> String {
        var template = Array(template.utf8CString)
        guard mkdtemp(&template) != nil else { fatalError("no directory to be had in /tmp: \(errno)") }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.remove(path) }

    package func file(_ name: String) -> String { "\(path)/\(name)" }

    package func write(_ octets: some Sequence<UInt8>, to name: String) {
        Self.write(octets, to: file(name))
    }

    package func write(_ text: String, to name: String) { write(text.utf8, to: name) }

    package static func write(_ octets: some Sequence<UInt8>, to path: String) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        precondition(file >= 0, "cannot write \(path): \(errno)")
        defer { close(file) }
        let octets = Array(octets)
        var written = 0
        while written < octets.count {
            let count = octets[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            precondition(count > 0, "cannot write \(path): \(errno)")
            written += count
        }
    }

    /// The octets of a file; nil where there is none.
    package static func read(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            guard count > 0 else { return count == 0 ? octets : nil }
            octets += buffer[..<count]
        }
    }

    private static func remove(_ path: String) {
        _ = ChildProcess.run(["rm", "-rf", "--", path])
    }
}
