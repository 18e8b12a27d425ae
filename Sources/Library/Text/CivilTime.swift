/// A date and time as a clock on the wall shows it, in some zone.
package struct CivilTime: Hashable, Sendable {
    package let year: Int
    /// 1 to 12.
    package let month: Int
    package let day: Int
    package let hour: Int
    package let minute: Int
    package let second: Int
    /// 1 is Monday, 7 is Sunday. ISO 8601.
    package let weekday: Int
    /// Seconds east of UTC.
    package let offset: Int

    package init(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, weekday: Int = 1,
        offset: Int = 0
    ) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.weekday = weekday
        self.offset = offset
    }

    /// RFC 3339, with `Z` for UTC itself.
    package var rfc3339: String {
        let sign = offset < 0 ? "-" : "+"
        let minutes = abs(offset) / 60
        let zone = offset == 0 ? "Z" : "\(sign)\(Self.two(minutes / 60)):\(Self.two(minutes % 60))"
        return "\(Self.four(year))-\(Self.two(month))-\(Self.two(day))"
            + "T\(Self.two(hour)):\(Self.two(minute)):\(Self.two(second))\(zone)"
    }

    /// Two digits, as months and minutes are written.
    package static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func four(_ number: Int) -> String {
        String(repeating: "0", count: max(0, 4 - String(number).count)) + String(number)
    }
}
