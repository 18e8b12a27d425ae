/// From when to when somebody is in the office, on a working day.
package struct OfficeHours: Hashable, Sendable, CustomStringConvertible {
    /// In minutes after midnight.
    package let opens: Int
    package let closes: Int

    package static let standard = OfficeHours(opens: 8 * 60, closes: 18 * 60)

    private init(opens: Int, closes: Int) {
        self.opens = opens
        self.closes = closes
    }

    /// Reads `08:00-18:00`; nil when the end is not after the beginning.
    package init?(_ text: String) {
        let times = text.split(separator: "-", omittingEmptySubsequences: false).map(Self.minute)
        guard times.count == 2, let opens = times[0], let closes = times[1], opens < closes else {
            return nil
        }
        self.init(opens: opens, closes: closes)
    }

    package var description: String { "\(Self.text(opens))-\(Self.text(closes))" }

    /// `08:30`, in minutes after midnight; `24:00` is the end of the day.
    static func minute(_ text: some StringProtocol) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
            parts.joined().utf8.allSatisfy({ (48...57).contains($0) }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 24 * 60
        else { return nil }
        return hour * 60 + minute
    }

    static func text(_ minute: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minute / 60)):\(two(minute % 60))"
    }
}
