internal import TOML
internal import Text

extension ValueReader {
    mutating func readDates(_ node: Node) -> SettingValue? {
        guard case .array(let nodes) = node.value else {
            wrong(node, "a list of dates", "write \(setting.key) = [2026-12-24, 2026-12-31]")
            return nil
        }
        var dates: [CivilDay] = []
        for node in nodes {
            guard case .date(let year, let month, let day) = node.value else {
                fail("the list may hold only dates", at: node.span, "such as 2026-12-24, without quotes")
                continue
            }
            guard let date = CivilDay(year: year, month: month, day: day) else {
                fail("the calendar has no such day", at: node.span)
                continue
            }
            dates.append(date)
        }
        return .dates(dates)
    }

    /// Days from some day on; before it with a minus.
    mutating func readDays(_ node: Node, _ range: ClosedRange<Int>) -> SettingValue? {
        guard case .array(let nodes) = node.value else {
            wrong(node, "a list of days", "write \(setting.key) = \(setting.example)")
            return nil
        }
        if nodes.count > 10 { fail("more than ten days", at: node.span) }
        var days: [Int] = []
        for node in nodes {
            guard let text = string(node, isElement: true) else { continue }
            let isBefore = text.hasPrefix("-")
            guard let seconds = try? Units.duration(String(text.drop { "+-".contains($0) })),
                seconds.isMultiple(of: 86_400)
            else {
                fail("“\(text)” is no number of days", at: node.span, "write \"3 days\" or \"-3 days\"")
                continue
            }
            let day = seconds / 86_400 * (isBefore ? -1 : 1)
            if !range.contains(day) {
                fail(
                    "“\(text)” is too far away for “\(setting.key)”", at: node.span,
                    "from \(range.lowerBound) to \(range.upperBound) days")
            }
            if let last = days.last, day <= last {
                fail("“\(text)” is not after the one before it", at: node.span, "write them in their order")
            }
            days.append(day)
        }
        return .days(days)
    }

    mutating func readTime(_ node: Node) -> SettingValue? {
        guard case .time(let text) = node.value, let minute = OfficeHours.minute(text.prefix(5)) else {
            var hint: String?
            if case .string(let text) = node.value, OfficeHours.minute(text.prefix(5)) != nil {
                hint = "write \(text.prefix(5)):00 without quotes"
            }
            wrong(node, "a time of the day", hint ?? "write \(setting.key) = \(setting.example)")
            return nil
        }
        return .time(minute)
    }
}
