package import Mail

/// A moment as a header field writes it, by the clock of the sender: `Fri, 21 Nov 2025 09:42:07 +0100`.
///
/// RFC 5322 section 3.3.
package struct HeaderDate: Hashable, Sendable, CustomStringConvertible {
    package let moment: Timestamp
    /// Seconds east of UTC; only whole minutes can be written.
    package let offset: Int

    package init(_ moment: Timestamp, offset: Int) {
        precondition(abs(offset) < 86_400, "an offset from UTC is less than a day")
        self.moment = moment
        self.offset = offset / 60 * 60
    }

    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    package var description: String {
        let local = Timestamp(seconds: moment.seconds + Int64(offset))
        let date = local.utcDate
        // 1970-01-01 was a Thursday; moments before it count backwards.
        let day = local.seconds >= 0 ? local.seconds / 86_400 : (local.seconds - 86_399) / 86_400
        let weekday = Self.days[Int((day % 7 + 7) % 7)]
        let clock = local.rfc3339.dropFirst(11).prefix(8)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let zone = "\(offset < 0 ? "-" : "+")\(two(abs(offset) / 3600))\(two(abs(offset) / 60 % 60))"
        return "\(weekday), \(date.day) \(Self.months[date.month - 1]) \(date.year) \(clock) \(zone)"
    }
}
