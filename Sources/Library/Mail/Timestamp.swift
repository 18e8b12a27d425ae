/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
///
/// Time zones are for `Text`; this type knows UTC and fixed offsets alone.
package struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }
    package init(seconds: Int64) { self.milliseconds = seconds * 1000 }

    package var seconds: Int64 { milliseconds.floorDivided(by: 1000) }

    /// The moment of a civil date and time at an offset from UTC in seconds; nil where there is no such day or time.
    package init?(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, offset: Int = 0
    ) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second),
            abs(offset) < 86_400, Self.civil(days: Self.days(year, month, day)) == (year, month, day)
        else { return nil }
        let time = hour * 3600 + minute * 60 + min(second, 59)
        self.init(seconds: Int64(Self.days(year, month, day)) * 86_400 + Int64(time - offset))
    }

    /// RFC 3339 in UTC, whole seconds: `2026-11-21T08:00:00Z`.
    package var rfc3339: String {
        let (year, month, day) = Self.civil(days: Int(seconds.floorDivided(by: 86_400)))
        let time = Int(seconds - seconds.floorDivided(by: 86_400) * 86_400)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let years = String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year)
        return
            "\(years)-\(two(month))-\(two(day))T\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))Z"
    }

    package var description: String { rfc3339 }

    /// Year, month and day in UTC.
    package var utcDate: (year: Int, month: Int, day: Int) {
        Self.civil(days: Int(seconds.floorDivided(by: 86_400)))
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// Days since 1970-01-01 in the proleptic Gregorian calendar, by counting from 1 March of year 0.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.floorDivided(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
            dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        )
    }
}

extension BinaryInteger {
    /// Division that rounds towards minus infinity: days before 1970 are days too.
    fileprivate func floorDivided(by divisor: Self) -> Self {
        let quotient = self / divisor
        return (self % divisor != 0 && (self < 0) != (divisor < 0)) ? quotient - 1 : quotient
    }
}
