/// The text of an office document's XML, as its octets pass by. ECMA-376 part 1; ODF 1.3 part 3.
///
/// No parser of XML: whoever looks for a word wants the words, and what is
/// not well-formed has some too. Word cuts words into runs wherever the
/// cursor stood, so only what ends a paragraph or a cell parts them.
struct XMLText {
    private enum State {
        case text
        case tag
        case entity
    }

    /// Elements that part words, by their local names.
    private static let breaks: Set<String> = [
        "p", "h", "br", "tab", "tr", "tc", "row", "c", "si", "s", "line-break", "table-cell", "table-row",
    ]
    /// Elements whose text nobody sees: formulas, fields, what was struck out.
    private static let silent: Set<String> = ["f", "instrText", "delText"]
    private static let tagOctets = 256
    private static let entityOctets = 10

    private(set) var octets: [UInt8] = []
    private var state = State.text
    private var tag: [UInt8] = []
    private var entity: [UInt8] = []
    private var silence: String?
    /// In a cell of a sheet whose value is the number of a shared string.
    private var isShared = false

    mutating func feed(_ piece: Span<UInt8>) {
        for index in piece.indices { take(piece[index]) }
    }

    mutating func drain() -> [UInt8] {
        defer { octets.removeAll(keepingCapacity: true) }
        return octets
    }

    /// Between two members of the container.
    mutating func end() {
        (state, silence, isShared) = (.text, nil, false)
        octets.append(0x0A)
    }

    private mutating func take(_ octet: UInt8) {
        switch state {
        case .text:
            switch octet {
            case UInt8(ascii: "<"):
                state = .tag
                tag.removeAll(keepingCapacity: true)
            case UInt8(ascii: "&"):
                state = .entity
                entity.removeAll(keepingCapacity: true)
            default: if silence == nil { octets.append(octet) }
            }
        case .tag:
            if octet == UInt8(ascii: ">") {
                state = .text
                see()
            } else if tag.count < Self.tagOctets {
                tag.append(octet)
            }
        case .entity:
            if octet == UInt8(ascii: ";") {
                state = .text
                if silence == nil, let scalar = Self.scalar(entity) { octets += Array(String(scalar).utf8) }
            } else if entity.count == Self.entityOctets || octet == UInt8(ascii: "<") {
                state = octet == UInt8(ascii: "<") ? .tag : .text
                tag.removeAll(keepingCapacity: true)
            } else {
                entity.append(octet)
            }
        }
    }

    private mutating func see() {
        let isEnd = tag.first == UInt8(ascii: "/")
        let isEmpty = tag.last == UInt8(ascii: "/")
        let name = tag.drop { $0 == UInt8(ascii: "/") }.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
        let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
        let element = String(decoding: local, as: UTF8.self)
        if Self.breaks.contains(element), octets.last != 0x0A { octets.append(0x0A) }
        if element == "c", !isEnd { isShared = Self.isShared(tag) }
        if isEnd {
            if silence == element { silence = nil }
        } else if !isEmpty, silence == nil, Self.silent.contains(element) || isShared && element == "v" {
            silence = element
        }
    }

    /// ` t="s"`: the value of the cell is an index.
    private static func isShared(_ tag: [UInt8]) -> Bool {
        var pattern = OctetPattern(" t=\"s\"")
        pattern.feed(tag.span)
        return pattern.isFound
    }

    private static func scalar(_ entity: [UInt8]) -> Unicode.Scalar? {
        let text = String(decoding: entity, as: UTF8.self)
        switch text {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard text.hasPrefix("#") else { return nil }
            let number = text.dropFirst()
            let value =
                number.first.map { $0 == "x" || $0 == "X" } == true
                ? UInt32(number.dropFirst(), radix: 16) : UInt32(number)
            return value.flatMap { Unicode.Scalar($0) }
        }
    }
}
