internal import CLinux
internal import Glibc

/// Why a child could not be started or locked down.
///
/// What becomes of a child that did start is no error but a ``ChildTool/Ending``:
/// a parser that dies on a hostile file is what it was given a process for.
package struct SandboxError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// There is no such program.
        case missing
        /// The system has no process, descriptor or memory to give.
        case exhausted
        /// The kernel cannot, or does not let us, lock a process down.
        case unsupported
    }

    package let code: Code
    /// What we were doing.
    package let doing: String
    /// The kernel's words.
    package let words: String

    package var isTransient: Bool { code == .exhausted }
    package var description: String { "\(doing): \(words)" }

    init(_ code: Code, doing: String, words: String) {
        self.code = code
        self.doing = doing
        self.words = words
    }

    /// What the kernel said by an `errno`.
    init(errno number: Int32, doing: String) {
        let words =
            unsafe mr_error_words(number).map { unsafe String(cString: $0) } ?? "error \(number)"
        let code: Code =
            switch number {
            case ENOENT, EACCES, ENOEXEC, ENOTDIR, ELIBBAD: .missing
            case ENOSYS, EPERM, EINVAL, EOPNOTSUPP: .unsupported
            default: .exhausted
            }
        self.init(code, doing: doing, words: words)
    }
}
