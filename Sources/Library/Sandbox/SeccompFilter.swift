internal import CLinux
internal import Glibc

/// The system calls a child may make: a list, and everything else is refused with EPERM.
///
/// A list of what is forbidden would have to be right about every call of
/// every future kernel. Refused rather than killed: libraries try things
/// they can do without. Another architecture's numbering, by which a list
/// is got round, is killed. Linux documentation, userspace-api/seccomp_filter.
struct SeccompFilter {
    private var program: [sock_filter]

    /// Offsets into `struct seccomp_data`.
    private enum Offset {
        static let number: UInt32 = 0
        static let architecture: UInt32 = 4
        static func argument(_ index: UInt32) -> UInt32 { 16 + 8 * index }
    }

    #if arch(x86_64)
        private static let architecture: UInt32 = 0xC000_003E
    #elseif arch(arm64)
        private static let architecture: UInt32 = 0xC000_00B7
    #endif

    init() {
        program = [
            Self.load(Offset.architecture),
            Self.jump(BPF_JEQ, Self.architecture, skip: 1), Self.answer(SECCOMP_RET_KILL_PROCESS),
            Self.load(Offset.number),
        ]
        #if arch(x86_64)
            // The x32 numbering has this bit set.
            program += [
                Self.jump(BPF_JGE, 0x4000_0000, skip: 0, else: 1), Self.answer(SECCOMP_RET_KILL_PROCESS),
            ]
        #endif
    }

    mutating func allow(_ calls: [Int32]) {
        for call in calls {
            program += [
                Self.jump(BPF_JEQ, UInt32(call), skip: 0, else: 1), Self.answer(SECCOMP_RET_ALLOW),
            ]
        }
    }

    /// Allows a call when its argument has none of these bits set.
    mutating func allow(_ call: Int32, whenArgument index: UInt32, lacks bits: Int32) {
        program += [
            Self.jump(BPF_JEQ, UInt32(call), skip: 0, else: 4), Self.load(Offset.argument(index)),
            Self.jump(BPF_JSET, UInt32(bitPattern: bits), skip: 1), Self.answer(SECCOMP_RET_ALLOW),
            Self.answer(Self.refused),
        ]
    }

    /// Allows a call when its argument has this one bit set.
    mutating func allow(_ call: Int32, whenArgument index: UInt32, has bit: Int32) {
        program += [
            Self.jump(BPF_JEQ, UInt32(call), skip: 0, else: 4), Self.load(Offset.argument(index)),
            Self.jump(BPF_JSET, UInt32(bitPattern: bit), skip: 0, else: 1), Self.answer(SECCOMP_RET_ALLOW),
            Self.answer(Self.refused),
        ]
    }

    /// As on a kernel that is older than the call: then a library does it as it did before.
    mutating func disown(_ call: Int32) {
        program += [
            Self.jump(BPF_JEQ, UInt32(call), skip: 0, else: 1),
            Self.answer(UInt32(SECCOMP_RET_ERRNO) | UInt32(ENOSYS)),
        ]
    }

    /// Allows a call when its argument is this.
    mutating func allow(_ call: Int32, whenArgument index: UInt32, is value: Int32) {
        program += [
            Self.jump(BPF_JEQ, UInt32(call), skip: 0, else: 4), Self.load(Offset.argument(index)),
            Self.jump(BPF_JEQ, UInt32(bitPattern: value), skip: 0, else: 1),
            Self.answer(SECCOMP_RET_ALLOW), Self.answer(Self.refused),
        ]
    }

    /// Puts the process under the list for good.
    func install() throws(SandboxError) {
        let whole = program + [Self.answer(Self.refused)]
        guard unsafe mr_seccomp_install(whole, UInt16(whole.count)) == 0 else {
            throw SandboxError(errno: errno, doing: "installing a seccomp filter")
        }
    }

    private static let refused = UInt32(SECCOMP_RET_ERRNO) | UInt32(EPERM)

    private static func load(_ offset: UInt32) -> sock_filter {
        sock_filter(code: UInt16(BPF_LD | BPF_W | BPF_ABS), jt: 0, jf: 0, k: offset)
    }

    private static func jump(_ test: Int32, _ value: UInt32, skip: UInt8, else other: UInt8 = 0)
        -> sock_filter
    {
        sock_filter(code: UInt16(BPF_JMP | test | BPF_K), jt: skip, jf: other, k: value)
    }

    private static func answer(_ action: UInt32) -> sock_filter {
        sock_filter(code: UInt16(BPF_RET | BPF_K), jt: 0, jf: 0, k: action)
    }
}
