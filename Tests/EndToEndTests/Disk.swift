import Crypto
import Glibc
import Mail
import TestServers

/// What is on the disk, as `find` would tell it.
enum Disk {
    struct File: Sendable {
        /// Below the directory that was walked.
        let path: String
        let device: UInt
        let inode: UInt
        let octets: Int
    }

    static func names(in directory: String) -> [String] {
        guard let handle = opendir(directory) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Every file below a directory; links are not followed, and counted as files.
    static func files(below directory: String) -> [File] {
        var found: [File] = []
        var open = [""]
        while let place = open.popLast() {
            for name in names(in: directory + place) {
                let path = place + "/" + name
                var status = stat()
                guard lstat(directory + path, &status) == 0 else { continue }
                if status.st_mode & S_IFMT == S_IFDIR {
                    open.append(path)
                } else {
                    found.append(
                        File(
                            path: String(path.dropFirst()), device: status.st_dev, inode: UInt(status.st_ino),
                            octets: Int(status.st_size)))
                }
            }
        }
        return found
    }

    static func content(_ digest: SHA256Digest, in data: String) -> String {
        "\(data)/content/\(digest.hex.prefix(2))/\(digest.hex)"
    }

    static func digest(of path: String) -> SHA256Digest? {
        TestDirectory.read(path).map { SHA256.digest(of: $0) }
    }
}
