package import Mail
package import Text

/// How long requests hold, and when their answers still count. PRODUCT.md section 3.
package struct RequestTerms: Hashable, Sendable {
    /// `[requests] upload_expires`, in days.
    package let days: Int
    package let zone: TimeZone

    /// A request holds so many days beyond the one it is due on.
    package static let daysAfterDue = 60
    /// An expired request that nobody revoked takes replies for so many days more.
    package static let daysOfGrace = 30
    /// A closed request that is asked for again holds at least so many days.
    package static let daysWhenAskedAgain = 30

    package init(days: Int = 90, zone: TimeZone = .utc) {
        self.days = days
        self.zone = zone
    }

    /// The last day of a request that is made today: its due day and 60 days, at least what is configured.
    package func lastDay(today: CivilDay, due: CivilDay?) -> CivilDay {
        let standard = today + days
        guard let due else { return standard }
        return max(standard, due + Self.daysAfterDue)
    }

    /// The moment a last day is over.
    package func end(of day: CivilDay) -> Timestamp { zone.moment(day + 1) }

    /// The last whole day before a moment of expiry: "valid until".
    package func lastDay(before end: Timestamp) -> CivilDay {
        zone.day(Timestamp(milliseconds: end.milliseconds - 1))
    }

    /// | state | answers by mail are filed and tick items |
    /// |---|---|
    /// | open | yes |
    /// | expired | for 30 days |
    /// | draft, answered, revoked | no: they decide the account alone |
    package static func takesReplies(_ state: RequestState, closed: Timestamp?, at now: Timestamp) -> Bool {
        switch state {
        case .open: true
        case .expired:
            closed.map { now.milliseconds - $0.milliseconds < Int64(daysOfGrace) * 86_400_000 } ?? false
        case .draft, .answered, .revoked: false
        }
    }
}
