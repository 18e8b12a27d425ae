internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// The list of conversations: rows under the days they are of.
struct ConversationRows {
    let visit: Visit
    let query: InboxQuery
    let rows: [ConversationRow]
    let open: ConversationID?
    /// More than fits on a page.
    let next: ConversationCursor?
    /// The same of a search.
    var rest: SearchCursor?

    var html: HTML {
        """
        <ul class="rows" id="rows" data-part="inbox" tabindex="0" aria-label="\(visit.say(.conversations))">\
        \(entries.joined())\(rows.isEmpty ? none : .empty)\(more)</ul>
        """
    }

    private var entries: [HTML] {
        var day = ""
        return rows.flatMap { row -> [HTML] in
            let heading = visit.when.heading(row.latest)
            guard heading != day else { return [self.row(row)] }
            day = heading
            return ["<li class=\"day\" data-key=\"day-\(heading)\"><h2>\(heading)</h2></li>", self.row(row)]
        }
    }

    private var none: HTML {
        if query.text != nil {
            return """
                <li class="empty">\(Icon("search").svg)<b>\(visit.say(.nothingFound))</b>\
                <p>\(visit.say(.nothingFoundHint))</p></li>
                """
        }
        let isDone = query.view == .open && query.tab == .every
        return """
            <li class="empty">\(Icon("checkc").svg)<b>\(visit.say(isDone ? .allDone : .nothingHere))</b>\
            \(isDone ? "<p>\(visit.say(.allDoneText))</p>" : .empty)</li>
            """
    }

    private var more: HTML {
        guard next != nil || rest != nil else { return .empty }
        return """
            <li class="older" data-key="older"><a class="btn quiet" href="\(link: query.path(open, after: next, behind: rest))">\
            \(visit.say(.olderOnes))</a></li>
            """
    }

    private func row(_ row: ConversationRow) -> HTML {
        let subject =
            row.subject.isEmpty ? visit.say(.noSubject) : EventTopic.title(row.subject, in: visit.language)
        let isOpen = row.id == open
        let mark: HTML = row.isUnread ? "<span class=\"sr\">\(visit.say(.unreadMark))</span>" : .empty
        let files: HTML =
            row.files == 0
            ? .empty
            : """
            <span class="chip">\(Icon("clip").svg(visit.say(.attachmentsMark)))\(row.files)</span>
            """
        return """
            <li class="mail \(row.isUnread ? "unread" : "") \(isOpen ? "open" : "")" data-key="c\(row.id)" data-id="\(row.id)">\
            <span class="pick">\(Avatar(row.people).html)<input type="checkbox" name="id" value="\(row.id)" form="bulk" \
            aria-label="\(visit.say(.selectOne(subject)))"></span>\
            <div class="top"><span class="who cut"\(attribute: "lang", Script.language(of: row.people))>\(row.people)</span>\
            \(visit.when.html(row.latest))</div>\
            <p class="line cut"\(attribute: "lang", Script.language(of: subject))>\
            <a class="subj" href="\(link: query.path(row.id))"\(attribute: "aria-current", isOpen ? "true" : nil)>\(mark)\(subject)</a> \
            <span class="snip">\(row.snippet)</span></p>\
            <div class="meta">\(account(row))<span class="end">\(files)\(assignee(row))</span></div></li>
            """
    }

    private func account(_ row: ConversationRow) -> HTML {
        if let name = row.accountName {
            return "<span class=\"chip cut\">\(Icon("folder").svg)<span class=\"cut\">\(name)</span></span>"
        }
        guard !row.isOther, row.direction == .incoming else { return .empty }
        return "<span class=\"badge warn\">\(Icon("help").svg)\(visit.say(.unknownSender))</span>"
    }

    private func assignee(_ row: ConversationRow) -> HTML {
        guard let name = row.assignedName else { return .empty }
        return """
            <span title="\(visit.say(.assignedTo(name)))">\(Avatar(name, "sm").html)\
            <span class="sr">\(visit.say(.assignedTo(name)))</span></span>
            """
    }
}

/// The language of a stranger's words, as far as their letters tell: a browser draws 直 one way in
/// Japanese and another in Chinese.
enum Script {
    static func language(of text: String) -> String? {
        text.unicodeScalars.contains {
            (0x3040...0x30FF).contains($0.value) || (0x4E00...0x9FFF).contains($0.value)
        }
            ? "ja" : nil
    }
}
