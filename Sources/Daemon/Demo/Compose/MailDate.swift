import Mail

/// A moment as a mail writes it: `Fri, 21 Nov 2025 09:42:07 +0100`. RFC 5322 section 3.3.
struct MailDate {
    let moment: Timestamp
    /// Minutes east of UTC.
    let zone: Int

    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private var local: Timestamp { Timestamp(seconds: moment.seconds + Int64(zone) * 60) }

    /// Year, month and day where the sender is.
    var date: (year: Int, month: Int, day: Int) { local.utcDate }

    /// `2025-11`
    var month: String { String(day.prefix(7)) }
    /// `2025-11-21`
    var day: String { String(local.rfc3339.prefix(10)) }
    /// `21.11.2025`
    var german: String { "\(Self.two(date.day)).\(Self.two(date.month)).\(date.year)" }
    /// `20251121`
    var compact: String { day.replacing("-", with: "") }
    /// `09:42`
    var time: String { String(local.rfc3339.dropFirst(11).prefix(5)) }

    var headerField: String {
        // 1970-01-01 was a Thursday.
        let weekday = Self.days[Int(local.seconds / 86_400 % 7)]
        let clock = local.rfc3339.dropFirst(11).prefix(8)
        let sign = zone < 0 ? "-" : "+"
        let offset = "\(sign)\(Self.two(abs(zone) / 60))\(Self.two(abs(zone) % 60))"
        return "\(weekday), \(date.day) \(Self.months[date.month - 1]) \(date.year) \(clock) \(offset)"
    }

    static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
