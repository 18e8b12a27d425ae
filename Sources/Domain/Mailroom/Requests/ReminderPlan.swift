package import Mail
package import Text

/// Decides when a recipient of a request is reminded. PRODUCT.md section 3.
///
/// | the request | reminders |
/// |---|---|
/// | has a due date | 3 days before, 1 and 7 after it |
/// | has none, or it was over when the letter went out | 7 and 14 days after the letter |
/// | has a cadence of its own | those days, of the same day |
///
/// Each falls on a working day when the office opens: what falls on another
/// goes to the next. Two on one day are one. After a stop of the daemon the
/// latest that is due is sent alone, in office hours, and those before it are
/// passed over. A reminder that nobody could need, before the letter itself
/// or after the expiry, is none. One that is done with is done with; where
/// the due date moves on, or something is asked for once more, they begin anew.
package struct ReminderPlan: Hashable, Sendable {
    /// `[requests] remind_due`, in days.
    package let aroundDue: [Int]
    /// `[requests] remind_after`, in days.
    package let afterLetter: [Int]
    package let calendar: OfficeCalendar

    package static let defaultAroundDue = [-3, 1, 7]
    package static let defaultAfterLetter = [7, 14]

    package init(
        aroundDue: [Int] = defaultAroundDue, afterLetter: [Int] = defaultAfterLetter, calendar: OfficeCalendar
    ) {
        self.aroundDue = aroundDue
        self.afterLetter = afterLetter
        self.calendar = calendar
    }

    /// One recipient of a request, as far as reminding depends on it.
    package struct Subject: Hashable, Sendable {
        package var state: RequestState
        package var recipient: RecipientState
        package var due: CivilDay?
        package var expires: Timestamp
        /// The request's own cadence.
        package var days: [Int]?
        /// When the server took the last letter that asked for something.
        package var sent: Timestamp?
        /// The reminders that are done with, sent or passed over, by number: when, the last time.
        package var done: [Int: Timestamp]
        /// When the last one was sent, by hand too.
        package var lastReminded: Timestamp?

        package init(
            state: RequestState, recipient: RecipientState, due: CivilDay?, expires: Timestamp, days: [Int]?,
            sent: Timestamp?, done: [Int: Timestamp] = [:], lastReminded: Timestamp? = nil
        ) {
            self.state = state
            self.recipient = recipient
            self.due = due
            self.expires = expires
            self.days = days
            self.sent = sent
            self.done = done
            self.lastReminded = lastReminded
        }
    }

    package struct Planned: Hashable, Sendable {
        /// Of the cadence, from 0.
        package let number: Int
        package let at: Timestamp

        package init(number: Int, at: Timestamp) {
            self.number = number
            self.at = at
        }
    }

    package enum Step: Hashable, Sendable {
        /// This one, and those before it never.
        case send(Int, passingOver: [Int])
        /// Nothing is to be sent of these any more: staff reminded in their stead.
        case passOver([Int])
        case wait(until: Timestamp)
        case never
    }

    /// All reminders of a cadence that would be sent if nobody answered, in their order.
    package func planned(_ subject: Subject) -> [Planned] {
        guard let sent = subject.sent else { return [] }
        let zone = calendar.zone
        let letterDay = zone.day(sent)
        let due = subject.due.flatMap { $0 < letterDay ? nil : $0 }
        let base = due ?? letterDay
        let days = subject.days ?? (due == nil ? afterLetter : aroundDue)
        var planned: [Planned] = []
        for (number, offset) in days.prefix(100).enumerated() {
            let day = calendar.workingDay(notBefore: base + offset)
            let at = calendar.opening(day)
            guard day > letterDay, at < subject.expires else { continue }
            planned.append(Planned(number: number, at: at))
        }
        planned.sort { ($0.at, $0.number) < ($1.at, $1.number) }
        // Of two on one day the later of the cadence.
        return planned.enumerated().filter { index, one in
            index + 1 == planned.count || planned[index + 1].at != one.at
        }.map(\.element)
    }

    /// What is to be done about a recipient at a moment.
    package func step(_ subject: Subject, now: Timestamp) -> Step {
        guard subject.state == .open, subject.recipient.mayBeReminded, now < subject.expires else {
            return .never
        }
        let open = planned(subject).filter { one in subject.done[one.number].map { $0 < one.at } ?? true }
        let due = open.filter { $0.at <= now }
        guard let latest = due.last else {
            return open.first.map { .wait(until: $0.at) } ?? .never
        }
        let today = calendar.zone.day(now)
        if let last = subject.lastReminded, last >= latest.at || calendar.zone.day(last) == today {
            return .passOver(due.map(\.number))
        }
        let hour = calendar.officeHour(notBefore: now)
        guard hour <= now else { return hour < subject.expires ? .wait(until: hour) : .never }
        return .send(latest.number, passingOver: due.dropLast().map(\.number))
    }
}
