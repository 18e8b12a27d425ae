/// Reads comma-separated values as RFC 4180 has them.
///
/// A field may be quoted, and then hold commas, quotes (doubled) and line
/// ends; lines end in CRLF, LF or CR. A byte order mark is passed by: that is
/// how spreadsheets say UTF-8.
struct CSV {
    struct Row: Sendable, Equatable {
        /// Of its first character, from 1.
        let line: Int
        let fields: [String]
    }

    struct Mistake: Error, Equatable {
        let line: Int
        let reason: String
    }

    /// Records but empty lines.
    static func read(_ octets: [UInt8]) throws(Mistake) -> [Row] {
        var reader = CSV(octets)
        return try reader.rows()
    }

    private let octets: [UInt8]
    private var position = 0
    private var line = 1

    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private init(_ octets: [UInt8]) {
        self.octets = octets
        if octets.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    private mutating func rows() throws(Mistake) -> [Row] {
        var rows: [Row] = []
        while position < octets.count {
            let start = line
            var fields = [try field()]
            while position < octets.count, octets[position] == Self.comma {
                position += 1
                fields.append(try field())
            }
            endLine()
            if fields != [""] { rows.append(Row(line: start, fields: fields)) }
        }
        return rows
    }

    private mutating func endLine() {
        guard position < octets.count else { return }
        if octets[position] == Self.carriageReturn {
            position += 1
            if position < octets.count, octets[position] == Self.lineFeed { position += 1 }
        } else {
            position += 1
        }
        line += 1
    }

    private mutating func field() throws(Mistake) -> String {
        if position < octets.count, octets[position] == Self.quote { return try quoted() }
        let start = position
        while position < octets.count,
            ![Self.comma, Self.lineFeed, Self.carriageReturn].contains(octets[position])
        {
            if octets[position] == Self.quote {
                throw Mistake(
                    line: line, reason: "a quote in the middle of a field: quote all of it, and double it")
            }
            position += 1
        }
        return try text(octets[start..<position], line: line)
    }

    private mutating func quoted() throws(Mistake) -> String {
        let start = line
        var content: [UInt8] = []
        position += 1
        while position < octets.count {
            let octet = octets[position]
            position += 1
            guard octet == Self.quote else {
                if octet == Self.lineFeed || octet == Self.carriageReturn && !isLineFeedNext { line += 1 }
                content.append(octet)
                continue
            }
            if position < octets.count, octets[position] == Self.quote {
                content.append(Self.quote)
                position += 1
                continue
            }
            let isEnd =
                position == octets.count
                || [Self.comma, Self.lineFeed, Self.carriageReturn].contains(octets[position])
            guard isEnd else {
                throw Mistake(line: line, reason: "something follows a closing quote: a comma must")
            }
            return try text(content[...], line: start)
        }
        throw Mistake(line: start, reason: "a quote is opened and never closed")
    }

    private var isLineFeedNext: Bool { position < octets.count && octets[position] == Self.lineFeed }

    private func text(_ octets: ArraySlice<UInt8>, line: Int) throws(Mistake) -> String {
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw Mistake(line: line, reason: "it is not UTF-8: save the table as “CSV UTF-8”")
        }
        return text
    }
}
