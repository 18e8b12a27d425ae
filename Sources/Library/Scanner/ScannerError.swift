internal import Glibc

/// Why clamd gave no answer.
package struct ScannerError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// Nobody listens, or the connection broke.
        case down
        case timeout
        /// It refused a stream of this size: `StreamMaxLength` of clamd.conf.
        case tooLarge
        /// It answered with an error, or with what is no answer.
        case refused
        case cutShort
    }

    package let code: Code
    /// What we were doing, in clamd's words: `INSTREAM`.
    package let doing: String
    /// Its own words, or the kernel's.
    package let words: String

    package var isTransient: Bool { code != .tooLarge }
    package var description: String { "clamd \(doing): \(words)" }

    init(_ code: Code, doing: String, words: String) {
        self.code = code
        self.doing = doing
        self.words = words
    }

    init(errno number: Int32, doing: String) {
        let words = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
        self.init(.down, doing: doing, words: words)
    }
}
