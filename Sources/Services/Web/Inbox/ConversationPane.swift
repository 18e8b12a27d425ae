internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// A conversation that is open: what can be done with it, whose it is, what came, and what was said.
struct ConversationPane {
    let visit: Visit
    let query: InboxQuery
    let row: ConversationRow
    let staff: [StaffMember]
    let messages: [ConversationMessage]
    let files: [ConversationFile]
    let notes: [ConversationNote]
    let events: [ConversationEvent]
    var typed: (text: String, wrong: Phrase)?
    var wrongDay: Bool

    static func load(
        _ visit: Visit, _ query: InboxQuery, _ id: ConversationID, _ members: [StaffMember],
        _ typed: (text: String, wrong: Phrase)?, wrongDay: Bool
    ) async throws -> ConversationPane {
        let staff = visit.staff
        let pane = try await visit.read { transaction -> ConversationPane? in
            guard let row = try transaction.conversation(id, for: staff) else { return nil }
            return ConversationPane(
                visit: visit, query: query, row: row, staff: members,
                messages: try transaction.messages(in: id, for: staff),
                files: try transaction.files(in: id, for: staff), notes: try transaction.notes(of: id),
                events: try transaction.events(in: id), typed: typed, wrongDay: wrongDay)
        }
        guard let pane else { throw PageError.notFound }
        return pane
    }

    func html() async throws -> HTML {
        let subject =
            row.subject.isEmpty ? visit.say(.noSubject) : EventTopic.title(row.subject, in: visit.language)
        let entries = try await ConversationEntries(pane: self).html()
        let asked = try await ConversationRequests.html(visit, row.id, back: query.path(row.id))
        return """
            <section class="conv" aria-label="\(visit.say(.conversation))" data-conversation="\(row.id)">\
            \(bar)<div class="conv-scroll" tabindex="0" role="region" aria-label="\(visit.say(.messages))">\
            <div class="conv-in" id="conversation" data-part="conversation-\(row.id)">\
            <h1\(attribute: "lang", Script.language(of: subject))>\(subject)</h1>\(mark)\
            <div class="card">\(AccountBar(pane: self).html)\(AttachmentStrip(pane: self).html)</div>\
            \(asked)\(entries)</div>\(composer)</div></section>
            """
    }

    /// The message that an answer answers.
    var answered: ConversationMessage? { Self.answered(messages) }

    static func answered(_ messages: [ConversationMessage]) -> ConversationMessage? {
        messages.last { $0.summary.direction == "in" } ?? messages.last
    }

    private var mark: HTML {
        switch row.state {
        case .open: return .empty
        case .waiting: return badge("clock", .waiting)
        case .done: return badge("checkc", .done)
        case .snoozed:
            return badge("snooze", row.until.map { .snoozedUntil(visit.when.full($0)) } ?? .withNextMail)
        }
    }

    private func badge(_ icon: Icon, _ words: Phrase) -> HTML {
        "<p><span class=\"badge\">\(icon.svg)\(visit.say(words))</span></p>"
    }

    // MARK: - What can be done

    private func path(_ deed: String) -> String { "/c/\(row.id)/\(deed)" }

    /// What is done with leaves the list; who is assigned to it changes nothing there.
    private func hidden(staying: Bool = false) -> HTML {
        let back = query.path(staying ? row.id : nil)
        return "\(visit.token)<input type=\"hidden\" name=\"back\" value=\"\(back)\">"
    }

    private var bar: HTML {
        let menus = ConversationMenus(visit: visit, staff: staff)
        let reply: HTML =
            answered == nil
            ? .empty
            : """
            <a class="btn" id="reply" href="\(link: path("reply"))">\(Icon("reply").svg)\(visit.say(.reply)) \
            <kbd class="nophone hide-s">R</kbd></a>
            """
        let request: HTML =
            row.accountNumber.map { account -> HTML in
                """
                <a class="btn quiet hide-s" id="request" href="\(link: "/requests/new?account=\(account)")">\(Icon("task").svg)\
                \(visit.say(.requestFiles))</a>
                """
            } ?? .empty
        return """
            <div class="conv-bar" role="toolbar" aria-label="\(visit.say(.conversation))">\
            <a class="btn quiet icon onlyphone" href="\(link: query.path())">\(Icon("left").svg(visit.say(.backToList)))</a>\
            \(reply)<a class="btn quiet hide-s" href="#note">\(Icon("note").svg)\(visit.say(.note))</a>\(request)\
            \(presence)<span class="grow"></span>\
            <div class="row-flex tight" id="deeds" data-part="conversation-\(row.id)">\(deeds(menus))</div></div>
            """
    }

    private func deeds(_ menus: ConversationMenus) -> HTML {
        let name = row.assignedName
        let face: HTML = name.map { Avatar($0, "sm").html } ?? Icon("user").svg
        let label = name.map { visit.say(.assignedTo($0)) } ?? visit.say(.assign)
        return """
            <form method="post" action="\(link: path("assign"))">\(hidden(staying: true))<details class="menu-of" id="assigning">\
            <summary class="btn quiet" title="\(label)">\(face)<span class="sr">\(label)</span>\
            <span class="hide-s" aria-hidden="true">\(name.map { String($0.prefix { $0 != " " }) } ?? visit.say(.assign))</span>\(Icon("down1").svg)</summary>\
            <div class="menu">\(menus.assign(current: row.assigned))</div></details></form>\
            <form method="post" action="\(link: path("snooze"))">\(hidden())<details class="menu-of" id="snoozing"\(flag: "open", wrongDay)>\
            <summary class="btn quiet icon" title="\(visit.say(.snooze))">\(Icon("snooze").svg(visit.say(.snooze)))</summary>\
            <div class="menu">\(menus.snooze())<hr><div class="day-field">\
            <label for="snooze-day">\(visit.say(.onADay))</label><input class="input" id="snooze-day" type="date" name="day"\
            \(attribute: "aria-invalid", wrongDay ? "true" : nil)\(attribute: "aria-describedby", wrongDay ? "snooze-wrong" : nil)>\
            \(wrongDay ? "<p class=\"wrong\" id=\"snooze-wrong\">\(visit.say(.pastDay))</p>" : .empty)\
            <button name="snooze" value="day">\(Icon("calendar").svg)\(visit.say(.snooze))</button></div></div></details></form>\
            \(mainDeed)<form method="post" action="\(link: path("state"))">\(hidden())<details class="menu-of" id="more-deeds">\
            <summary class="btn quiet icon" title="\(visit.say(.moreActions))">\(Icon("more").svg(visit.say(.moreActions)))</summary>\
            <div class="menu">\(more)</div></details></form>
            """
    }

    private var mainDeed: HTML {
        let isDone = row.state == .done
        let icon: Icon = isDone ? "undo" : "check"
        return """
            <form method="post" action="\(link: path("state"))">\(hidden())\
            <button class="btn \(isDone ? "" : "primary")" id="finish" name="state" value="\(isDone ? "open" : "done")">\
            \(icon.svg)\(visit.say(isDone ? .reopen : .markDone)) <kbd class="nophone hide-s">E</kbd></button></form>
            """
    }

    private var more: HTML {
        let states: [(ConversationState, Icon, Phrase)] = [
            (.open, "inbox", .reopen), (.waiting, "clock", .markWaiting),
        ]
        let buttons = states.filter { $0.0 != row.state }.map { state, icon, words -> HTML in
            """
            <button name="state" value="\(state.rawValue)" id="set-\(state.rawValue)">\(icon.svg)\(visit.say(words))</button>
            """
        }
        let links: HTML =
            answered.map { message -> HTML in
                let number = message.summary.number
                return """
                    <a href="\(link: "/m/\(number)/reply-all")">\(Icon("replyall").svg)\(visit.say(.replyAll))</a>\
                    <a href="\(link: "/m/\(number)/forward")">\(Icon("forward").svg)\(visit.say(.forward))</a>
                    """
            } ?? .empty
        return """
            \(buttons)<button name="state" value="unread" id="set-unread">\(Icon("mail").svg)\(visit.say(.markUnread))</button>\
            \(links)
            """
    }

    // MARK: - Who else is there

    private var presence: HTML {
        let others = visit.site.presence.others(in: row.id, than: visit.staff, now: visit.now)
        let words: HTML =
            others.first.map { person -> HTML in
                let name = person.name.split(separator: " ").first.map(String.init) ?? person.name
                return """
                    \(Avatar(person.name).html)<span title="\(person.name)">\
                    \(visit.say(person.isWriting ? .isWriting(name) : .isReading(name)))</span>
                    """
            } ?? .empty
        return """
            <span class="presence hide-s" id="presence" data-part="presence-\(row.id)" role="status">\(words)</span>
            """
    }

    // MARK: - Writing

    private var composer: HTML {
        let wrong: HTML =
            typed.map { typed -> HTML in
                "<p class=\"wrong\" id=\"note-wrong\">\(Icon("alert").svg)<span>\(visit.say(typed.wrong))</span></p>"
            } ?? .empty
        let reply: HTML =
            answered == nil
            ? .empty
            : """
            <a class="card composer" href="\(link: path("reply"))">\(Avatar(visit.member.name).html)\
            <span class="grow">\(visit.say(.replyHint))</span>\(Icon("reply").svg)</a>
            """
        return """
            <div class="conv-in write" data-keep>\(reply)<form class="card note write-note" method="post" \
            action="\(link: path("notes"))" id="note">\(visit.token)<input type="hidden" name="query" value="\(query.path(row.id))">\
            <div class="field"><label for="note-text">\(visit.say(.noteLabel))</label>\
            <textarea id="note-text" name="text" rows="2"\(attribute: "aria-invalid", typed == nil ? nil : "true")\
            \(attribute: "aria-describedby", typed == nil ? nil : "note-wrong")>
            \(typed?.text ?? "")</textarea>\(wrong)</div>\
            <p class="actions"><button class="btn">\(Icon("note").svg)\(visit.say(.noteSave))</button></p></form></div>
            """
    }
}
