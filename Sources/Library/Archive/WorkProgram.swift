internal import Glibc

/// A program of Debian's that the children become, and what goes without it.
///
/// The package brings them all. A machine that lacks one loses only what it is for.
package struct WorkProgram: Sendable, Hashable {
    package let path: String
    /// The package that has it.
    package let debian: String
    /// What does not happen without it: ends a sentence that begins "without it".
    package let loss: String

    package static let all = [
        WorkProgram(path: PDFText.program, debian: "poppler-utils", loss: "no word in a PDF is found"),
        WorkProgram(path: PDFPage.program, debian: "poppler-utils", loss: "PDFs have no preview"),
        WorkProgram(
            path: PDFFacts.program, debian: "poppler-utils", loss: "nobody sees how many pages a PDF has"),
        WorkProgram(
            path: ReducedPicture.program, debian: "graphicsmagick", loss: "pictures have no small preview"),
        WorkProgram(path: PDFCopy.program, debian: "qpdf", loss: "no PDF is opened with a password"),
    ]

    package var isThere: Bool { unsafe access(path, X_OK) == 0 }
}
