internal import Mail

/// How long a server wants to be left alone. RFC 9110 section 10.2.3.
enum RetryAfter {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Seconds from `now`, of a number or of a date; at most a day.
    static func seconds(_ text: String, now: Timestamp) -> Int? {
        let text = text.drop { $0 == " " }.prefix(64)
        if let number = Int(text.prefix { $0.isASCII && $0.isNumber }), text.allSatisfy({ $0 != "," }) {
            return min(max(number, 0), 86_400)
        }
        return date(text).map { min(max(Int($0.seconds - now.seconds), 0), 86_400) }
    }

    /// IMF-fixdate: `Sun, 06 Nov 1994 08:49:37 GMT`. RFC 9110 section 5.6.7.
    private static func date(_ text: some StringProtocol) -> Timestamp? {
        let words = text.split { $0 == " " || $0 == "," || $0 == ":" }
        guard words.count == 8, words[7] == "GMT",
            let month = months.firstIndex(of: String(words[2])), let day = Int(words[1]),
            let year = Int(words[3]), let hour = Int(words[4]), let minute = Int(words[5]),
            let second = Int(words[6])
        else { return nil }
        return Timestamp(
            year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
    }
}
