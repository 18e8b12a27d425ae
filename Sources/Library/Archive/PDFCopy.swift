internal import Glibc

/// The copy of an encrypted PDF that everybody can read, by `qpdf`: page for page the same, without a password.
enum PDFCopy {
    static let program = "/usr/bin/qpdf"

    /// The password stands on standard input; on a command line others could read it.
    static func becomeProgram() -> Int32 {
        SystemProgram.become(
            program,
            [
                "qpdf", "--password-file=-", "--decrypt", "--warning-exit-0", "--no-warn",
                SystemProgram.input, "-",
            ])
    }
}

extension Containers {
    /// What became of an encrypted PDF and a password.
    package enum PDFOpening: Hashable, Sendable {
        case opened
        case wrongPassword
        /// It is damaged, too much for the child, or encrypted in a way that has no password.
        case unreadable(String)
        /// The child could not be started, or its program is missing.
        case unavailable(String)
    }

    /// Hands on the readable copy of a PDF, piece after piece. Blocks.
    ///
    /// Unless it ends as opened, what came of it is worth nothing.
    package func openPDF(
        descriptor: Int32, password: Password, limits: UnwrapLimits = UnwrapLimits(seconds: 60),
        piece: (Span<UInt8>) -> Bool
    ) -> PDFOpening {
        var isWanted = true
        let bounds = Bounds(seconds: limits.seconds, outputOctets: limits.memberOctets)
        let end = run(.openpdf, limits, descriptor, bounds, secret: password) { answer in
            isWanted = piece(answer)
            return isWanted
        }
        switch end {
        case .ended: return isWanted ? .opened : .unreadable("its copy can't be kept")
        case .stopped(let words): return .unreadable(words)
        case .died(let words):
            return words.contains("invalid password") ? .wrongPassword : .unreadable(words)
        case .notStarted(let words): return .unavailable(words)
        }
    }
}
