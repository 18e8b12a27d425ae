package import Mail

/// Reads the Date field, also as it was written thirty years ago and should not be today.
///
/// RFC 5322 section 3.3 and 4.3; besides C's `asctime` order, missing commas
/// and seconds, ISO 8601, names of zones. Without a zone, UTC is assumed.
package enum DateParser {
    private typealias Word = ArraySlice<UInt8>

    private static let months = [
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10,
        "nov": 11, "dec": 12,
    ]

    /// In minutes; the military letters aren't here: RFC 822 had their signs wrong, so they count as zero.
    private static let zones = [
        "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300,
        "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "bst": 60, "west": 60, "cet": 60, "met": 60,
        "mez": 60, "cest": 120, "mest": 120, "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "jst": 540,
        "kst": 540, "hst": -600, "akst": -540, "akdt": -480, "aest": 600, "aedt": 660, "nzst": 720,
        "nzdt": 780,
    ]

    package static func parse(_ text: String) -> Timestamp? { parse(Array(text.utf8)[...]) }

    static func parse(_ octets: ArraySlice<UInt8>) -> Timestamp? {
        var day: Int?
        var month: Int?
        var year: Int?
        var time: (hour: Int, minute: Int, second: Int)?
        var offset: Int?
        for word in words(octets) {
            if let clock = clock(word) {
                time = time ?? clock
            } else if time != nil || year != nil, let minutes = zone(word) {
                offset = offset ?? minutes
            } else if let date = isoDate(word) {
                (year, month, day) = (date.year, date.month, date.day)
            } else if let named = self.month(word) {
                month = month ?? named
            } else if let number = number(word) {
                if day == nil, word.count <= 2, number >= 1, number <= 31 {
                    day = number
                } else if year == nil {
                    year = fullYear(number, digits: word.count)
                }
            }
        }
        guard let day, let month, let year else { return nil }
        let clock = time ?? (0, 0, 0)
        return Timestamp(
            year: year, month: month, day: day, hour: clock.hour, minute: clock.minute, second: clock.second,
            offset: (offset ?? 0) * 60)
    }

    /// Without comments, cut at white space and commas; `1-Jan-2024` and `2024-01-01T10:00:00Z` cut as well.
    private static func words(_ octets: ArraySlice<UInt8>) -> [Word] {
        var words: [Word] = []
        var start: Int?
        var depth = 0
        let text = octets.prefix(200)
        func end(_ index: Int) {
            if let begin = start { words += pieces(text[begin..<index]) }
            start = nil
        }
        for index in text.indices {
            switch text[index] {
            case UInt8(ascii: "("):
                end(index)
                depth += 1
            case UInt8(ascii: ")"): depth = max(0, depth - 1)
            case ...32, UInt8(ascii: ","), UInt8(ascii: ";"): end(index)
            default: if depth == 0, start == nil { start = index }
            }
        }
        end(text.endIndex)
        return words
    }

    private static func pieces(_ word: Word) -> [Word] {
        guard word.contains(UInt8(ascii: "-")), word.first != UInt8(ascii: "-") else { return [word] }
        let pieces = word.split(separator: UInt8(ascii: "-"))
        if pieces.count == 3, month(pieces[1]) != nil { return pieces }
        guard let cut = word.firstIndex(of: UInt8(ascii: "T")), isoDate(word[..<cut]) != nil else {
            return [word]
        }
        let rest = word[(cut + 1)...]
        let sign = rest.firstIndex { "Z+-".utf8.contains($0) } ?? rest.endIndex
        return [word[..<cut], rest[..<sign], rest[sign...]].filter { !$0.isEmpty }
    }

    private static func isDigit(_ octet: UInt8) -> Bool { (48...57).contains(octet) }
    private static func isLetter(_ octet: UInt8) -> Bool { (97...122).contains(octet.lowercasedASCII) }

    private static func number(_ word: Word) -> Int? {
        guard !word.isEmpty, word.count < 10, word.allSatisfy(isDigit) else { return nil }
        return word.reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    private static func lowercased(_ word: Word) -> String {
        String(decoding: word.map(\.lowercasedASCII), as: UTF8.self)
    }

    private static func month(_ word: Word) -> Int? {
        guard word.count >= 3, word.allSatisfy(isLetter) else { return nil }
        return months[lowercased(word.prefix(3))]
    }

    private static func clock(_ word: Word) -> (hour: Int, minute: Int, second: Int)? {
        guard let first = word.first, isDigit(first), word.contains(58) else { return nil }
        let pieces = word.split(separator: 58, omittingEmptySubsequences: false)
        guard (2...3).contains(pieces.count), let hour = number(pieces[0]), let minute = number(pieces[1])
        else {
            return nil
        }
        let second = pieces.count == 3 ? number(pieces[2].prefix(while: isDigit)) : 0
        guard let second, (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second) else {
            return nil
        }
        return (hour, minute, second)
    }

    /// Minutes east of UTC.
    private static func zone(_ word: Word) -> Int? {
        guard let sign = word.first else { return nil }
        if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
            let digits = word.dropFirst().filter { $0 != 58 }
            guard digits.count == 4 || digits.count == 2, let number = number(digits[...]) else { return nil }
            let minutes = digits.count == 2 ? number * 60 : number / 100 * 60 + number % 100
            guard minutes < 1440 else { return nil }
            return sign == UInt8(ascii: "-") ? -minutes : minutes
        }
        guard isLetter(sign), word.count <= 4 else { return nil }
        return zones[lowercased(word)] ?? (word.count == 1 ? 0 : nil)
    }

    private static func isoDate(_ word: Word) -> (year: Int, month: Int, day: Int)? {
        guard word.count >= 8, let first = word.first, isDigit(first) else { return nil }
        let pieces = word.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard pieces.count == 3, pieces[0].count == 4, let year = number(pieces[0]),
            let month = number(pieces[1]),
            let day = number(pieces[2])
        else { return nil }
        return (year, month, day)
    }

    /// Two digits: 2000 to 2049, 1950 to 1999; three: from 1900. RFC 5322 section 4.3.
    private static func fullYear(_ number: Int, digits: Int) -> Int {
        switch digits {
        case ...2: number < 50 ? 2000 + number : 1900 + number
        case 3: 1900 + number
        default: number
        }
    }
}
