package import Mail
package import Text

/// When the firm is at work, on the clock of its own wall.
package struct OfficeCalendar: Hashable, Sendable {
    package let zone: TimeZone
    /// Days on which it is closed, besides Saturdays and Sundays.
    package let holidays: Set<CivilDay>
    /// Minutes after midnight: when what is due in a day is sent.
    package let opening: Int
    /// Minutes after midnight: what became due while nobody was there waits from then on for the next day.
    package let closing: Int

    package init(zone: TimeZone, holidays: Set<CivilDay> = [], opening: Int = 510, closing: Int = 18 * 60) {
        precondition((0..<1440).contains(opening), "a time of day")
        self.zone = zone
        self.holidays = holidays
        self.opening = opening
        self.closing = max(closing, min(opening + 60, 1440))
    }

    package func isWorkingDay(_ day: CivilDay) -> Bool { day.weekday <= 5 && !holidays.contains(day) }

    /// That day or the first working one after it; after a year without any, that day itself.
    package func workingDay(notBefore day: CivilDay) -> CivilDay {
        (0..<366).lazy.map { day + $0 }.first(where: isWorkingDay) ?? day
    }

    package func opening(_ day: CivilDay) -> Timestamp { zone.moment(day, minute: opening) }

    /// That moment, where the office is open then; else when it opens next.
    package func officeHour(notBefore moment: Timestamp) -> Timestamp {
        let today = zone.day(moment)
        guard isWorkingDay(today) else { return opening(workingDay(notBefore: today + 1)) }
        if moment < opening(today) { return opening(today) }
        let civil = zone.civil(moment)
        return civil.hour * 60 + civil.minute < closing ? moment : opening(workingDay(notBefore: today + 1))
    }
}
