internal import Configuration
internal import Mail
internal import Text

/// Moments as the firm's people read them, and as they type them.
struct OfficeClock: Sendable {
    let zone: TimeZone
    let now: Timestamp

    init(_ configuration: Configuration, now: Timestamp) {
        zone = TimeZone(configuration.firm.timeZone) ?? .utc
        self.now = now
    }

    /// `today 09:42`, or with its day: `2026-11-20 17:31`.
    func short(_ moment: Timestamp) -> String {
        let then = zone.civil(moment)
        let today = zone.civil(now)
        let time = "\(CivilTime.two(then.hour)):\(CivilTime.two(then.minute))"
        if (then.year, then.month, then.day) == (today.year, today.month, today.day) {
            return "today \(time)"
        }
        return "\(then.year)-\(CivilTime.two(then.month))-\(CivilTime.two(then.day)) \(time)"
    }

    /// Reads `2026-11-21`, `2026-11-21T08:00:00Z`, or how long ago: `7 days`, `12 h`, `30 min`.
    func moment(_ text: String) throws(CommandFailure) -> Timestamp {
        if let moment = ago(text) ?? date(text) { return moment }
        throw CommandFailure(
            .usage,
            "“\(text.shown)” is no time: write 2026-11-21, 2026-11-21T08:00:00Z, or how long ago: \"7 days\"")
    }

    private func ago(_ text: String) -> Timestamp? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        guard let count = Int64(digits), count < 1_000_000 else { return nil }
        let seconds: Int64? =
            switch unit {
            case "min", "minutes", "minute": 60
            case "h", "hours", "hour": 3600
            case "d", "days", "day": 86_400
            case "w", "weeks", "week": 7 * 86_400
            default: nil
            }
        return seconds.map { Timestamp(milliseconds: now.milliseconds - count * $0 * 1000) }
    }

    /// RFC 3339, or a day of the firm's time zone.
    private func date(_ text: String) -> Timestamp? {
        let halves = text.split(
            maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { "Tt ".contains($0) })
        let day = halves[0].split(separator: "-", omittingEmptySubsequences: false).compactMap { Int($0) }
        guard day.count == 3, halves[0].utf8.count == 10 else { return nil }
        guard halves.count == 2 else {
            guard let noon = Timestamp(year: day[0], month: day[1], day: day[2], hour: 12) else { return nil }
            return Timestamp(
                year: day[0], month: day[1], day: day[2], offset: zone.civil(noon).offset)
        }
        return time(halves[1], of: day)
    }

    private func time(_ text: Substring, of day: [Int]) -> Timestamp? {
        guard let zoneStart = text.firstIndex(where: { "Zz+-".contains($0) }) else { return nil }
        let clock = text[..<zoneStart].prefix { $0 != "." }.split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3 else { return nil }
        var offset = 0
        let sign = text[zoneStart]
        if sign == "+" || sign == "-" {
            let parts = text[text.index(after: zoneStart)...].split(separator: ":").compactMap { Int($0) }
            guard parts.count == 2 else { return nil }
            offset = (parts[0] * 3600 + parts[1] * 60) * (sign == "+" ? 1 : -1)
        }
        return Timestamp(
            year: day[0], month: day[1], day: day[2], hour: clock[0], minute: clock[1], second: clock[2],
            offset: offset)
    }
}
