internal import Markup

/// A step of writing markup: a tag or text.
enum MarkupPiece: Sendable {
    case start(String, [HTMLTree.Attribute])
    case end(String)
    case text(String)

    /// Written so that any reader reads it back: all text escaped, every value in double quotes.
    static func markup(_ pieces: [MarkupPiece]) -> String {
        var out = ""
        var isAfterPre = false
        for piece in pieces {
            switch piece {
            case .start(let name, let attributes):
                out += "<" + name
                for one in attributes { out += " \(one.name)=\"\(HTML.escape(one.value))\"" }
                out += ">"
            case .end(let name): out += "</\(name)>"
            case .text(let text):
                // The first line end in a `pre` is not of its text. HTML Standard section 13.2.6.4.7.
                if isAfterPre, text.utf8.first == 10 { out += "\n" }
                out += HTML.escape(text)
            }
            if case .start("pre", _) = piece { isAfterPre = true } else { isAfterPre = false }
        }
        return out
    }
}

extension HTMLTree {
    /// The tree as it would be written, without the elements that every document has; `isBox` are left out too.
    func pieces(within range: Range<Int>, leavingOut isBox: (String, [Attribute]) -> Bool) -> [MarkupPiece] {
        var pieces: [MarkupPiece] = []
        var open: [(name: String, end: Int)] = []
        for index in range {
            while let last = open.last, last.end <= index {
                pieces.append(.end(last.name))
                open.removeLast()
            }
            switch nodes[index] {
            case .text(let text): pieces.append(.text(text))
            case .element(let name, let attributes, let end):
                guard MarkupWords.elements.contains(name), !isBox(name, attributes) else { continue }
                pieces.append(.start(name, attributes))
                if !MarkupWords.void.contains(name) { open.append((name, end)) }
            }
        }
        for last in open.reversed() { pieces.append(.end(last.name)) }
        return pieces
    }
}
