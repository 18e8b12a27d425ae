/// Joins the lines of `format=flowed` text into the paragraphs they were. RFC 3676 section 4.
package enum FlowedText {
    /// Quotation marks stay, as `> > ` made `>>` and a space; lines of different depth are never joined.
    package static func reflow(_ text: String, deletesSpace: Bool) -> String {
        var lines: [String] = []
        var paragraph = ""
        var depth = 0
        var isOpen = false
        func close() {
            guard isOpen else { return }
            lines.append(paragraph)
            isOpen = false
        }
        for raw in text.split(separator: "\n", omittingEmptySubsequences: false) {
            var line = raw.last == "\r" ? raw.dropLast() : raw
            let quotes = line.prefix { $0 == ">" }.count
            line = line.dropFirst(quotes)
            if line.first == " " { line = line.dropFirst() }
            let isSignature = line == "-- "
            if isOpen, quotes != depth || isSignature { close() }
            if !isOpen {
                depth = quotes
                paragraph = quotes > 0 ? String(repeating: ">", count: quotes) + " " : ""
                isOpen = true
            }
            let flows = line.last == " " && !isSignature
            paragraph += flows && deletesSpace ? line.dropLast() : line
            if !flows { close() }
        }
        close()
        return lines.joined(separator: "\n")
    }
}
