internal import Glibc
package import Mail

/// A directory of our own under `$TMPDIR`, nobody else's to read, and gone when it is removed.
///
/// Paths are relative to it. Nothing here is durable: no `fsync`, for the
/// directory does not outlive the process.
package struct TemporaryDirectory: Sendable {
    /// Whose a file shall be, where it is not to be ours.
    package struct Owner: Hashable, Sendable {
        package let user: UInt32
        package let group: UInt32

        package init(user: UInt32, group: UInt32) {
            self.user = user
            self.group = group
        }
    }

    package let path: String

    /// Longer, and the sockets of a server inside would not fit in a `sockaddr_un` (108 octets).
    private static let longestPath = 60

    /// - Parameter lettingOthersThrough: others may pass to what is theirs below, without listing it.
    package static func make(
        prefix: String, lettingOthersThrough: Bool = false
    ) throws(ProcessError) -> TemporaryDirectory {
        let wanted = Environment.value(of: "TMPDIR") ?? ""
        let fits = wanted.hasPrefix("/") && wanted.utf8.count + prefix.utf8.count < longestPath
        let parent = fits && (!lettingOthersThrough || isOpenToAll(wanted)) ? wanted : "/tmp"
        var template = Array("\(parent)/\(prefix)-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else {
            throw ProcessError(.file, doing: "mkdtemp \(parent)/\(prefix)-XXXXXX", reason: systemReason())
        }
        let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        if lettingOthersThrough {
            guard unsafe chmod(path, 0o711) == 0 else {
                throw ProcessError(.file, doing: "chmod \(path)", reason: systemReason())
            }
        }
        return TemporaryDirectory(path: path)
    }

    /// Whether anybody may pass through a directory and all above it; pam_tmpdir's are root's alone.
    private static func isOpenToAll(_ path: String) -> Bool {
        var place = ""
        for part in path.split(separator: "/") {
            place += "/\(part)"
            var status = stat()
            guard unsafe stat(place, &status) == 0, status.st_mode & S_IXOTH != 0 else { return false }
        }
        return true
    }

    package func absolute(_ name: String) -> String { "\(path)/\(name)" }

    /// Makes one directory, mode 0700; its parent must be there.
    package func makeDirectory(_ name: String, owner: Owner? = nil) throws(ProcessError) {
        let made = absolute(name)
        guard unsafe mkdir(made, 0o700) == 0 else {
            throw ProcessError(.file, doing: "mkdir \(made)", reason: systemReason())
        }
        if let owner {
            guard unsafe lchown(made, owner.user, owner.group) == 0 else {
                throw ProcessError(.file, doing: "chown \(made)", reason: systemReason())
            }
        }
    }

    /// Writes a new file, mode 0600; one that is there already is an error.
    package func write(
        _ octets: [UInt8], to name: String, owner: Owner? = nil, modified: Timestamp? = nil
    ) throws(ProcessError) {
        let file = absolute(name)
        let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw ProcessError(.file, doing: "open \(file)", reason: systemReason())
        }
        defer { close(descriptor) }
        var written = 0
        while written < octets.count {
            let count = unsafe octets[written...].withUnsafeBytes { rest in
                unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw ProcessError(.file, doing: "write \(file)", reason: systemReason()) }
            written += count
        }
        if let owner, fchown(descriptor, owner.user, owner.group) != 0 {
            throw ProcessError(.file, doing: "chown \(file)", reason: systemReason())
        }
        if let modified {
            let time = timespec(tv_sec: Int(modified.seconds), tv_nsec: 0)
            guard unsafe futimens(descriptor, [time, time]) == 0 else {
                throw ProcessError(.file, doing: "utimens \(file)", reason: systemReason())
            }
        }
    }

    package func move(_ name: String, to other: String) throws(ProcessError) {
        guard unsafe rename(absolute(name), absolute(other)) == 0 else {
            throw ProcessError(.file, doing: "rename \(absolute(name))", reason: systemReason())
        }
    }

    /// What a file holds, at most `limit` octets of it; empty where there is none.
    package func contents(of name: String, limit: Int = 65_536) -> [UInt8] {
        let descriptor = unsafe open(absolute(name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var octets = [UInt8](repeating: 0, count: limit)
        let count = unsafe read(descriptor, &octets, limit)
        return count > 0 ? Array(octets[..<count]) : []
    }

    /// The names in one of its directories, hidden ones apart; none where there is no such directory.
    package func names(in place: String) -> [String] {
        guard let stream = unsafe opendir(absolute(place)) else { return [] }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    /// Takes it away with all it holds.
    ///
    /// By rm(1), which walks by directory handles: parts of the tree may belong to another user, who could
    /// slip a symbolic link under a walk by names.
    package func remove() throws(ProcessError) {
        let remover = try Subprocess.start("/bin/rm", ["-rf", "--", path], directory: "/")
        guard remover.ending(within: .seconds(60)) == .exited(0) else {
            _ = remover.stop(grace: .zero)
            throw ProcessError(.file, doing: "rm -rf \(path)", reason: "could not be removed")
        }
    }
}
