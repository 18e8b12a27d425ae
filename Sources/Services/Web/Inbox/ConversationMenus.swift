internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// The menus of a conversation, and of many that are selected: to whom, and until when.
struct ConversationMenus {
    let visit: Visit
    let staff: [StaffMember]
    /// The form that the buttons send, where they stand outside of it.
    var form: String?

    /// Buttons for each colleague, oneself first.
    func assign(current: StaffID? = nil) -> HTML {
        let sorted = staff.sorted {
            ($0.id != visit.staff ? 1 : 0, $0.name) < ($1.id != visit.staff ? 1 : 0, $1.name)
        }
        let people = sorted.map { member -> HTML in
            let mark: HTML = member.id == current ? Icon("check").svg : .empty
            return """
                <button name="assign" value="\(member.id.rawValue)"\(attribute: "form", form)>\
                \(Avatar(member.name, "sm").html)\(member.id == visit.staff ? visit.say(.assignToMe) : member.name)\(mark)</button>
                """
        }
        return """
            \(people)<button name="assign" value="0"\(attribute: "form", form)>\(Icon("x").svg)\(visit.say(.nobody))</button>
            """
    }

    func snooze() -> HTML {
        let choices: [(SnoozeTime, Phrase)] = [
            (.later, .laterToday), (.tomorrow, .tomorrow), (.monday, .nextMonday), (.month, .nextMonth),
            (.nextMail, .withNextMail),
        ]
        return choices.map { time, words -> HTML in
            """
            <button name="snooze" value="\(time.rawValue)"\(attribute: "form", form)>\(Icon("snooze").svg)\(visit.say(words))</button>
            """
        }.joined()
    }
}

/// Times that a conversation is put off to, without a calendar.
enum SnoozeTime: String, Hashable, Sendable, CaseIterable {
    case later, tomorrow, monday, month
    /// Sleeps until the client writes.
    case nextMail = "mail"

    /// Nil: no time of its own.
    func moment(after now: Timestamp, in zone: TimeZone) -> Timestamp? {
        let today = zone.day(now)
        switch self {
        case .later: return Timestamp(seconds: now.seconds + 3 * 3_600)
        case .tomorrow: return zone.moment(today + 1, minute: Self.morning)
        case .monday: return zone.moment(today + (8 - today.weekday), minute: Self.morning)
        case .month: return zone.moment(today + 30, minute: Self.morning)
        case .nextMail: return nil
        }
    }

    static let morning = 8 * 60
}

/// What is done with all conversations that are selected.
struct BulkBar {
    let visit: Visit
    let query: InboxQuery
    let staff: [StaffMember]

    var html: HTML {
        let menus = ConversationMenus(visit: visit, staff: staff)
        return """
            <form class="bulk" id="bulk" method="post" action="/conversations" data-keep \
            aria-label="\(visit.say(.selectedOnes))">\(visit.token)\
            <input type="hidden" name="back" value="\(query.path())"><b><span id="chosen"></span> \(visit.say(.chosenCount))</b>\
            <details class="menu-of"><summary class="btn small">\(visit.say(.assign))</summary>\
            <div class="menu up">\(menus.assign())</div></details>\
            <details class="menu-of"><summary class="btn small">\(visit.say(.snooze))</summary>\
            <div class="menu up">\(menus.snooze())</div></details>\
            <button class="btn small" name="account" value="choose" id="bulk-account">\(visit.say(.bulkAccount))</button>\
            <button class="btn small" name="state" value="done">\(visit.say(.markDone))</button></form>
            """
    }
}
