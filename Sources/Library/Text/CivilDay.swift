package import Mail

/// A day of the calendar, in no time zone yet: when something is due, when the firm is closed.
///
/// Counted in days since 1970-01-01 of the Gregorian calendar, so that three
/// days before is a subtraction, whatever month it is.
package struct CivilDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let number: Int

    package init(number: Int) { self.number = number }

    /// Nil where the calendar has no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard let noon = Timestamp(year: year, month: month, day: day, hour: 12) else { return nil }
        self.init(noon)
    }

    /// Reads `2026-12-10`, and nothing else.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard text.utf8.count == 10, parts.map(\.utf8.count) == [4, 2, 2],
            parts.joined().utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        let numbers = parts.compactMap { Int($0) }
        self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    /// The day of a moment in UTC.
    private init(_ moment: Timestamp) {
        let seconds = moment.seconds
        number = Int((seconds - (seconds % 86_400 + 86_400) % 86_400) / 86_400)
    }

    package var date: (year: Int, month: Int, day: Int) {
        Timestamp(seconds: Int64(number) * 86_400).utcDate
    }

    /// 1 is Monday, 7 is Sunday. ISO 8601; 1970-01-01 was a Thursday.
    package var weekday: Int { ((number + 3) % 7 + 7) % 7 + 1 }

    package var description: String { String(Timestamp(seconds: Int64(number) * 86_400).rfc3339.prefix(10)) }

    package static func < (left: CivilDay, right: CivilDay) -> Bool { left.number < right.number }
    package static func + (day: CivilDay, days: Int) -> CivilDay { CivilDay(number: day.number + days) }
    package static func - (day: CivilDay, days: Int) -> CivilDay { CivilDay(number: day.number - days) }
}

extension TimeZone {
    /// The day the calendar on the wall shows there.
    package func day(_ moment: Timestamp) -> CivilDay {
        let civil = civil(moment)
        guard let day = CivilDay(year: civil.year, month: civil.month, day: civil.day) else {
            preconditionFailure("the calendar's own days are days")
        }
        return day
    }

    /// The moment the clock on the wall shows that time of that day there, so many minutes after midnight.
    ///
    /// Of a time that the clock skips in spring: the moment it would have been
    /// had the clock not been changed. Of one that it shows twice in autumn: the first.
    package func moment(_ day: CivilDay, minute: Int = 0) -> Timestamp {
        let asUTC = Int64(day.number) * 86_400 + Int64(minute) * 60
        // The offset before the day's change, where there is one, and after it.
        let before = Int64(civil(Timestamp(seconds: asUTC - 86_400)).offset)
        let after = Int64(civil(Timestamp(seconds: asUTC + 86_400)).offset)
        for offset in [max(before, after), min(before, after)] {
            let moment = Timestamp(seconds: asUTC - offset)
            if Int64(civil(moment).offset) == offset { return moment }
        }
        return Timestamp(seconds: asUTC - before)
    }
}
