internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// What is said before conversations get another account: whose they are, which documents go along and who could
/// see them, and what stays.
struct AccountChangeView {
    let visit: Visit
    let outlook: AccountChangeOutlook

    private static let most = 20

    var html: HTML {
        """
        <div class="card pad change"><p class="sender">\(subject)</p><ul class="lines plain">\(lines)</ul></div>
        """
    }

    private var subject: HTML {
        guard outlook.conversations.count == 1, let row = outlook.conversations.first else {
            return "<b>\(visit.say(.manyConversations(outlook.conversations.count)))</b>"
        }
        let words = row.subject.isEmpty ? visit.say(.noSubject) : row.subject
        return
            "<span><b\(attribute: "lang", Script.language(of: words))>\(words)</b><small>\(row.people)</small></span>"
    }

    private func line(_ icon: Icon, _ words: Phrase) -> HTML {
        "<li>\(icon.svg)<span>\(visit.say(words))</span></li>"
    }

    private var lines: HTML {
        let owners = Set(outlook.conversations.map { $0.accountName ?? visit.say(.nobody) }).sorted()
        var lines: HTML = line("user", .belongsTo(owners.joined(separator: ", ")))
        lines += documents
        if !outlook.requests.isEmpty {
            lines += line(
                "task", .requestsStay(outlook.requests.map { "“\($0)”" }.joined(separator: ", ")))
        }
        return lines
    }

    private var documents: HTML {
        let all = outlook.documents
        guard !all.isEmpty else { return line("folder", .noDocumentsGo) }
        let visible = all.filter { $0.access != .private }
        let seen =
            visible.isEmpty
            ? line("lock", .nobodySawThem)
            : "<li>\(Icon("eye").svg)<div><p>\(visit.say(.couldBeSeen(visible.count)))</p>\(list(visible))</div></li>"
        return line("folder", .documentsGo(all.count)) + seen
    }

    private func list(_ documents: [GoingDocument]) -> HTML {
        let rows = documents.prefix(Self.most).map { document -> HTML in
            """
            <li><span class="cut">\(document.name)</span> <small class="muted">\(document.account.name) · \
            \(document.folder) · \(visit.say(.seenSince(visit.when.full(document.filed))))</small> \
            \(visit.badge(document.access))</li>
            """
        }
        let more: HTML =
            documents.count > Self.most ? "<li>… \(documents.count - Self.most)</li>" : .empty
        return "<ul class=\"seen\">\(rows)\(more)</ul>"
    }
}
