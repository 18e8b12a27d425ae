package import Mail

/// Reads the Date field, also as it was written thirty years ago and should not be today.
///
/// RFC 5322 section 3.3 and 4.3; besides C's `asctime` order, missing commas
/// and seconds, ISO 8601, names of zones. Without a zone, UTC is assumed.
package enum DateParser {
    private static let months = [
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10,
        "nov": 11, "dec": 12,
    ]

    /// In minutes. The military letters are all read as zero: RFC 822 had their signs wrong (RFC 5322 section 4.3).
    private static let zones = [
        "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300,
        "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "bst": 60, "west": 60, "cet": 60, "met": 60,
        "mez": 60, "cest": 120, "mest": 120, "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "jst": 540,
        "kst": 540, "hst": -600, "akst": -540, "akdt": -480, "aest": 600, "aedt": 660, "nzst": 720,
        "nzdt": 780,
    ]

    package static func parse(_ text: String) -> Timestamp? {
        var day: Int?
        var month: Int?
        var year: Int?
        var time: (hour: Int, minute: Int, second: Int)?
        var offset: Int?
        for word in words(text) {
            if let clock = clock(word) {
                time = time ?? clock
            } else if time != nil || year != nil, let minutes = zone(word) {
                offset = offset ?? minutes
            } else if let date = isoDate(word) {
                (year, month, day) = (date.year, date.month, date.day)
            } else if let named = months[String(word.prefix(3)).lowercased()], word.allSatisfy(\.isLetter) {
                month = month ?? named
            } else if let number = Int(word), word.allSatisfy(\.isNumber) {
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
    private static func words(_ text: String) -> [Substring] {
        var plain = ""
        var depth = 0
        for character in text.prefix(200) {
            if character == "(" { depth += 1 }
            if depth == 0 { plain.append(character) }
            if character == ")", depth > 0 { depth -= 1 }
        }
        var words: [Substring] = []
        for word in plain.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == ";" }) {
            let pieces = word.split(separator: "-")
            if pieces.count == 3, months[pieces[1].prefix(3).lowercased()] != nil {
                words += pieces
            } else if let cut = word.firstIndex(of: "T"), isoDate(word[..<cut]) != nil {
                words.append(word[..<cut])
                let rest = word[word.index(after: cut)...]
                let sign = rest.firstIndex { $0 == "Z" || $0 == "+" || $0 == "-" } ?? rest.endIndex
                words += [rest[..<sign], rest[sign...]].filter { !$0.isEmpty }
            } else {
                words.append(word)
            }
        }
        return words
    }

    private static func clock(_ word: Substring) -> (hour: Int, minute: Int, second: Int)? {
        let pieces = word.split(separator: ":", omittingEmptySubsequences: false)
        guard word.first?.isNumber == true, (2...3).contains(pieces.count), let hour = Int(pieces[0]), let minute = Int(pieces[1]) else {
            return nil
        }
        let second = pieces.count == 3 ? Int(pieces[2].prefix { $0.isNumber }) : 0
        guard let second, (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second) else {
            return nil
        }
        return (hour, minute, second)
    }

    /// Minutes east of UTC.
    private static func zone(_ word: Substring) -> Int? {
        guard let sign = word.first else { return nil }
        if sign == "+" || sign == "-" {
            let digits = word.dropFirst().filter { $0 != ":" }
            guard digits.count == 4 || digits.count == 2, let number = Int(digits) else { return nil }
            let minutes = digits.count == 2 ? number * 60 : number / 100 * 60 + number % 100
            guard minutes < 1440 else { return nil }
            return sign == "-" ? -minutes : minutes
        }
        let name = word.lowercased()
        if let minutes = zones[name] { return minutes }
        return name.count == 1 && sign.isLetter ? 0 : nil
    }

    private static func isoDate(_ word: Substring) -> (year: Int, month: Int, day: Int)? {
        let pieces = word.split(separator: "-", omittingEmptySubsequences: false)
        guard pieces.count == 3, pieces[0].count == 4, let year = Int(pieces[0]), let month = Int(pieces[1]),
            let day = Int(pieces[2])
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
