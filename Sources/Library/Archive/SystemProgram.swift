internal import Glibc

/// Programs of Debian's that a child becomes.
enum SystemProgram {
    /// The file is named by its descriptor, which Landlock allows to open again.
    static let input = "/proc/self/fd/3"

    /// Replaces this process; returns only when there is no such program.
    static func become(_ program: String, _ arguments: [String]) -> Int32 {
        var arguments = unsafe arguments.map { (text: String) in unsafe strdup(text) }
        unsafe arguments.append(nil)
        _ = unsafe execv(program, arguments)
        return EX_UNAVAILABLE
    }
}

/// What `pdftotext` of poppler-utils reads from a PDF, in the order that people read it.
enum PDFText {
    static let program = "/usr/bin/pdftotext"
    /// Whoever looks for a word of page 301 finds the document by another.
    private static let pages = "300"

    static func becomeProgram() -> Int32 {
        SystemProgram.become(
            program, ["pdftotext", "-q", "-enc", "UTF-8", "-nopgbrk", "-l", pages, SystemProgram.input, "-"])
    }
}
