/// What the scanner says of a document.
package enum ScanResult: Hashable, Sendable {
    case clean
    /// By this signature's name.
    case infected(String)
    /// Not scanned, or not to its end: it exceeds a limit of clamd's.
    case tooLarge
    /// Not scanned: no scanner, no answer, no sense in it. The words are for staff.
    case unavailable(String)

    /// From clamd's reply to INSTREAM. clamd(8).
    ///
    /// | reply | result |
    /// |---|---|
    /// | `stream: OK` | clean |
    /// | `stream: Heuristics.Limits.Exceeded… FOUND` | tooLarge: it has looked at a part only |
    /// | `stream: NAME FOUND` | infected |
    /// | `INSTREAM size limit exceeded. ERROR` | tooLarge |
    /// | anything else | unavailable |
    init(reply: String) {
        if reply == "stream: OK" {
            self = .clean
        } else if reply.hasPrefix("stream: "), reply.hasSuffix(" FOUND") {
            let name = String(reply.dropFirst(8).dropLast(6))
            self = name.hasPrefix("Heuristics.Limits.Exceeded") ? .tooLarge : .infected(name)
        } else if reply.hasPrefix("INSTREAM size limit exceeded") {
            self = .tooLarge
        } else {
            self = .unavailable(reply.isEmpty ? "clamd gave no answer" : "clamd: \(reply)")
        }
    }

    init(_ error: ScannerError) {
        self = error.code == .tooLarge ? .tooLarge : .unavailable(error.description)
    }
}
