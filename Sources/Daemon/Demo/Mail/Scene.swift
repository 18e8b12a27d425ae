import Mail

/// When the demo plays: each mail is so many days before now.
struct Scene {
    let now: Timestamp

    /// Always in the past, from one day back.
    func ago(_ days: Int, _ hour: Int, _ minute: Int, from sender: Correspondent) -> MailDate {
        precondition(days > 0, "a time of today may be yet to come")
        let (year, month, day) = Timestamp(seconds: now.seconds - Int64(days) * 86_400).utcDate
        let moment = Timestamp(year: year, month: month, day: day, hour: hour - 1, minute: minute)
        guard let moment else { preconditionFailure("a mail of the demo has an impossible time of day") }
        return MailDate(moment: moment, zone: sender.zone)
    }

    /// A day of the year before.
    func lastYear(_ month: Int, _ day: Int, _ hour: Int, from sender: Correspondent) -> MailDate {
        let moment = Timestamp(year: now.utcDate.year - 1, month: month, day: day, hour: hour, minute: 12)
        guard let moment else { preconditionFailure("a mail of the demo has an impossible day") }
        return MailDate(moment: moment, zone: sender.zone)
    }

    /// `Archive/2025`
    var archive: String { "Archive/\(now.utcDate.year - 1)" }
}
