package import Mail

/// Dates of header fields: `Sun, 06 Nov 1994 08:49:37 GMT`. RFC 9110 section 5.6.7.
///
/// The two obsolete forms are not read: a condition that cannot be read is
/// ignored, and the whole thing sent.
package enum HTTPDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    package static func text(_ moment: Timestamp) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let seconds = moment.seconds
        let day = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
        let time = Int(seconds - day * 86_400)
        let weekday = days[Int(((day + 4) % 7 + 7) % 7)]
        let (year, month, date) = moment.utcDate
        return "\(weekday), \(two(date)) \(months[month - 1]) \(year) "
            + "\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60)) GMT"
    }

    static func read(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", parts[0].hasSuffix(","), let day = Int(parts[1]),
            let month = months.firstIndex(of: String(parts[2])), let year = Int(parts[3])
        else { return nil }
        let time = parts[4].split(separator: ":").compactMap { Int($0) }
        guard time.count == 3 else { return nil }
        return Timestamp(
            year: year, month: month + 1, day: day, hour: time[0], minute: time[1], second: time[2])
    }
}
