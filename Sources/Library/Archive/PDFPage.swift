internal import Glibc

/// One page of a PDF to be made a picture of, by `pdftoppm` of poppler-utils.
package struct PDFPage: Hashable, Sendable {
    /// From one on.
    package let number: Int
    /// In pixels; the height follows.
    package let width: Int

    static let program = "/usr/bin/pdftoppm"
    /// A page of noise at full width has 12 MB.
    static let mostOctets = 24 << 20
    private static let mostPages = 100_000
    private static let widths = 16...2400

    /// Nil for a page or a width that nobody shows.
    package init?(_ number: Int, width: Int) {
        guard (1...Self.mostPages).contains(number), Self.widths.contains(width) else { return nil }
        self.number = number
        self.width = width
    }

    init?(arguments: some Collection<String>) {
        let values = arguments.compactMap { Int($0) }
        guard values.count == 2, arguments.count == 2 else { return nil }
        self.init(values[0], width: values[1])
    }

    /// As the child's command line has them.
    var arguments: [String] { ["\(number)", "\(width)"] }

    /// Replaces this process; returns only when there is no such program.
    ///
    /// The PDF is named by its descriptor, which Landlock allows to open again. A page
    /// that would be taller than it is wide by far is bounded by the memory the child may have.
    func becomeProgram() -> Int32 {
        SystemProgram.become(
            Self.program,
            [
                "pdftoppm", "-png", "-f", "\(number)", "-l", "\(number)", "-scale-to-x", "\(width)",
                "-scale-to-y", "-1", SystemProgram.input,
            ])
    }
}
