package import Mail
package import Markup
package import Text

/// Moments as people say them: `09:42`, `gestern`, `Mi., 10:15`, `07.11.2025`.
package struct When: Sendable {
    private let now: Timestamp
    private let zone: TimeZone
    private let language: Language

    package init(now: Timestamp, zone: TimeZone, language: Language) {
        self.now = now
        self.zone = zone
        self.language = language
    }

    /// A `<time>` with the exact moment for machines and for who points at it.
    package func html(_ moment: Timestamp) -> HTML {
        "<time datetime=\"\(moment.rfc3339)\" title=\"\(full(moment))\">\(short(moment))</time>"
    }

    /// As a list shows it: the clock today, the weekday within a week, else the day.
    package func short(_ moment: Timestamp) -> String {
        let days = zone.day(now).number - zone.day(moment).number
        if days == 0 { return clock(moment) }
        if (1..<7).contains(days) { return "\(weekday(moment)) \(clock(moment))" }
        return day(zone.day(moment))
    }

    /// `10.12.2025`, `10 Dec 2025`, `2025年12月10日`.
    package func day(_ day: CivilDay) -> String {
        let date = day.date
        switch language {
        case .de: return "\(CivilTime.two(date.day)).\(CivilTime.two(date.month)).\(date.year)"
        case .en: return "\(date.day) \(Self.months[date.month - 1]) \(date.year)"
        case .ja: return "\(date.year)年\(date.month)月\(date.day)日"
        }
    }

    package func full(_ moment: Timestamp) -> String { "\(day(zone.day(moment))), \(clock(moment))" }

    package func clock(_ moment: Timestamp) -> String {
        let civil = zone.civil(moment)
        return "\(CivilTime.two(civil.hour)):\(CivilTime.two(civil.minute))"
    }

    /// The heading of a day in a list.
    package func heading(_ moment: Timestamp) -> String {
        let days = zone.day(now).number - zone.day(moment).number
        switch days {
        case 0: return Phrase(de: "Heute", en: "Today", ja: "今日")[language]
        case 1: return Phrase(de: "Gestern", en: "Yesterday", ja: "昨日")[language]
        default: return language.longDate(zone.day(moment))
        }
    }

    /// `vor 12 s`, `40 s ago`, `12秒前`.
    package func ago(_ moment: Timestamp) -> Phrase {
        let (number, unit) = Self.span(now.milliseconds - moment.milliseconds)
        return Phrase(
            de: "vor \(number) \(unit.de)", en: "\(number) \(unit.en) ago", ja: "\(number)\(unit.ja)前")
    }

    /// `in 4 min`, `4分後`.
    package func until(_ moment: Timestamp) -> Phrase {
        let (number, unit) = Self.span(moment.milliseconds - now.milliseconds)
        return Phrase(
            de: "in \(number) \(unit.de)", en: "in \(number) \(unit.en)", ja: "\(number)\(unit.ja)後")
    }

    private static func span(_ milliseconds: Int64) -> (Int64, Phrase) {
        let seconds = max(0, milliseconds / 1000)
        if seconds < 60 { return (seconds, Phrase(de: "s", en: "s", ja: "秒")) }
        if seconds < 3600 { return (seconds / 60, Phrase(de: "min", en: "min", ja: "分")) }
        if seconds < 86_400 { return (seconds / 3600, Phrase(de: "h", en: "h", ja: "時間")) }
        return (seconds / 86_400, Phrase(de: "Tg.", en: "d", ja: "日"))
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private func weekday(_ moment: Timestamp) -> String {
        let index = zone.day(moment).weekday - 1
        return switch language {
        case .de: ["Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."][index]
        case .en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][index]
        case .ja: ["月", "火", "水", "木", "金", "土", "日"][index] + "曜"
        }
    }
}

extension Visit {
    package var when: When { When(now: now, zone: site.zone, language: language) }
}
