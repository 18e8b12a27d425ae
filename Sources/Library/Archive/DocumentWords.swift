/// What a document says, as far as it was read.
package enum DocumentWords: Hashable, Sendable {
    /// The first of it; empty where there is no text, as in a scan.
    case text(String)
    /// It is encrypted, damaged, or too much for the child.
    case unreadable(String)
    /// The child could not be started, or its program is missing.
    case unavailable(String)
}

extension Containers {
    /// Documents whose text a child can read.
    package enum TextKind: Hashable, Sendable {
        case pdf
        /// The zips of OOXML and OpenDocument.
        case office

        fileprivate var tool: ContainerTool.Name {
            switch self {
            case .pdf: .pdftext
            case .office: .officetext
            }
        }
    }

    /// Reads the words of a document that is open as `descriptor`. Blocks.
    ///
    /// - Parameter limit: octets, behind which no more is read.
    package func words(_ kind: TextKind, descriptor: Int32, limit: Int, seconds: Int = 30) -> DocumentWords {
        var octets: [UInt8] = []
        let limits = UnwrapLimits(members: 10_000, octets: limit, seconds: seconds)
        // What is more than we want ends the child; that is no failure.
        let bounds = Bounds(seconds: seconds, outputOctets: limit + (1 << 20))
        let end = run(kind.tool, limits, descriptor, bounds) { answer in
            for index in answer.indices where octets.count < limit { octets.append(answer[index]) }
            return octets.count < limit
        }
        switch end {
        case .ended: return .text(String(decoding: octets, as: UTF8.self))
        case .stopped(let words):
            // The first pages are worth having, even of a book.
            return octets.isEmpty ? .unreadable(words) : .text(String(decoding: octets, as: UTF8.self))
        case .died(let words): return .unreadable(words)
        case .notStarted(let words): return .unavailable(words)
        }
    }
}
