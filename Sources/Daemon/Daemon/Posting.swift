package import Configuration
internal import Mail
package import Mailroom
package import Outbox
internal import Store
internal import Text

extension Configuration {
    /// Days by the firm's calendar.
    package var requestTerms: RequestTerms {
        RequestTerms(days: requests.uploadExpiresDays, zone: TimeZone(firm.timeZone) ?? .utc)
    }

    /// How long the links of shares hold.
    package var shareTerms: RequestTerms {
        RequestTerms(days: requests.shareExpiresDays, zone: TimeZone(firm.timeZone) ?? .utc)
    }
}

extension Configuration {
    /// When clients are reminded: on working days, within office hours.
    var reminderPlan: ReminderPlan {
        let hours = firm.officeHours
        return ReminderPlan(
            aroundDue: requests.remindDue, afterLetter: requests.remindAfter,
            calendar: OfficeCalendar(
                zone: requestTerms.zone, holidays: Set(firm.holidays),
                opening: max(requests.remindAt, hours.opens), closing: hours.closes))
    }
}

extension Office {
    /// What reminding needs, as of now.
    func reminderSettings() throws -> ReminderSettings {
        ReminderSettings(
            plan: configuration.reminderPlan, stationery: stationery, links: try requestLinks())
    }

    /// Derives the links of requests; the key is made where links are wanted and there is none.
    package func requestLinks() throws -> RequestLinks {
        let url = configuration.web.publicURL
        return RequestLinks(publicURL: url, key: try url == nil ? nil : data.linkKey())
    }

    /// What letters of requests have in common; nil where the firm sends none.
    package var stationery: Stationery? {
        var stationery = configuration.stationery()
        stationery?.invitesReply = configuration.requests.invitesReply
        return stationery
    }
}
