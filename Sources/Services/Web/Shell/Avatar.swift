package import Markup

/// A person or a firm as two letters on a colour that stays the same for the name.
package struct Avatar: Hashable, Sendable {
    private let name: String
    private let size: String

    /// - Parameter size: "", "sm" or "lg", and "square" for what is no person.
    package init(_ name: String, _ size: String = "") {
        self.name = name
        self.size = size
    }

    package var html: HTML {
        "<span class=\"avatar \(tint) \(size)\" aria-hidden=\"true\">\(letters)</span>"
    }

    private var tint: String {
        let sum = name.utf8.reduce(UInt32(7)) { $0 &* 31 &+ UInt32($1) }
        return "t\(sum % 6 + 1)"
    }

    /// The first letters of the first word and the last; of Chinese characters the first alone.
    private var letters: String {
        let words = name.split { !($0.isLetter || $0.isNumber) }
        guard let first = words.first?.first else { return "?" }
        guard first.isASCII || first.unicodeScalars.allSatisfy({ $0.value < 0x2E80 }) else {
            return String(first)
        }
        guard words.count > 1, let last = words.last?.first else { return first.uppercased() }
        return first.uppercased() + last.uppercased()
    }
}
