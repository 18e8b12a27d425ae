internal import CLinux
internal import Glibc

/// The kernel's own fence around the file system: what is not allowed here cannot be opened.
///
/// Every version governs more: 1 files, 2 moving between directories, 3
/// truncation, 4 TCP, 5 ioctl on devices, 6 abstract sockets and signals.
/// We forbid all the running kernel knows of. Linux documentation,
/// userspace-api/landlock.
struct Landlock: ~Copyable {
    struct Access: OptionSet {
        let rawValue: UInt64
        static let execute = Access(rawValue: 1 << 0)
        static let readFile = Access(rawValue: 1 << 2)
        static let readDirectory = Access(rawValue: 1 << 3)
        static let readTree: Access = [.readFile, .readDirectory]
    }

    /// Zero: this kernel has no Landlock, or it is switched off.
    static var version: Int { max(0, Int(mr_landlock_version())) }

    private let version: Int
    private let rules: Descriptor

    /// Nil on a kernel without Landlock.
    static func begin() throws(SandboxError) -> Landlock? {
        let version = version
        guard version > 0 else { return nil }
        var governed = mr_landlock_rules()
        governed.files = Self.governedFiles(version)
        governed.network = version >= 4 ? 0b11 : 0
        governed.scopes = version >= 6 ? 0b11 : 0
        let size =
            switch version {
            case ..<4: 8
            case 4, 5: 16
            default: 24
            }
        let number = unsafe mr_landlock_create(&governed, size)
        guard number >= 0 else { throw SandboxError(errno: errno, doing: "making a Landlock ruleset") }
        return Landlock(version: version, rules: Descriptor(number))
    }

    private static func governedFiles(_ version: Int) -> UInt64 {
        let bits =
            switch version {
            case 1: 13
            case 2: 14
            case 3, 4: 15
            default: 16
            }
        return (1 << UInt64(bits)) - 1
    }

    /// Allows what a path names, when there is such a thing.
    func allow(_ path: String, _ access: Access) throws(SandboxError) {
        let number = unsafe mr_open_place(path)
        guard number >= 0 else { return }
        let file = Descriptor(number)
        try allow(file.number, access)
    }

    func allow(_ descriptor: Int32, _ access: Access) throws(SandboxError) {
        guard mr_landlock_allow(rules.number, descriptor, access.rawValue) == 0 else {
            throw SandboxError(errno: errno, doing: "adding to a Landlock ruleset")
        }
    }

    /// From here on nothing else can be opened; needs ``Lockdown``'s no-new-privileges.
    func restrict() throws(SandboxError) {
        guard mr_landlock_restrict(rules.number) == 0 else {
            throw SandboxError(errno: errno, doing: "entering a Landlock ruleset")
        }
    }
}
