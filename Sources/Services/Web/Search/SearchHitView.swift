internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// One hit as a row: what it is, where it belongs, and around what was found.
struct SearchHitView {
    private let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    func mail(_ hit: MailHit) -> HTML {
        let name = hit.fromName.flatMap { $0.isEmpty ? nil : $0 } ?? hit.fromAddress ?? "?"
        let subject: HTML = hit.subject.runs.isEmpty ? "\(visit.say(.noSubject))" : marked(hit.subject)
        let files: HTML =
            hit.files.runs.isEmpty
            ? .empty : "<span class=\"chip\">\(Icon("clip").svg)\(fileNames(hit.files))</span>"
        return """
            <li class="hit">\(Avatar(name).html)<div class="grow"><p class="top"><span class="who cut">\(name)</span>\
            \(hit.isOutgoing ? sent : .empty)\(visit.when.html(hit.received))</p>\
            <a class="what" href="\(link: hit.conversation.map { "/c/\($0.rawValue)" } ?? "/m/\(hit.message.rawValue)/original")">\(subject)</a>\
            <p class="around">\(marked(hit.snippet))</p>\
            <p class="meta">\(account(hit.accountNumber, hit.accountName))\(files)</p></div></li>
            """
    }

    func file(_ hit: DocumentHit) -> HTML {
        let around: HTML =
            hit.snippet.runs.isEmpty ? .empty : "<p class=\"around\">\(marked(hit.snippet))</p>"
        let message: HTML =
            hit.message.map { message -> HTML in
                """
                <a class="btn quiet icon" href="\(link: "/m/\(message.rawValue)")" title="\(visit.say(.inTheMessage))">\
                \(Icon("mail").svg(visit.say(.inTheMessage)))</a>
                """
            } ?? .empty
        return """
            <li class="hit">\(Icon("file").svg)<div class="grow"><p class="top">\
            <a class="what" href="\(link: "/d/\(hit.document.rawValue)")">\(marked(hit.name))</a>\
            \(visit.when.html(hit.filed))</p>\(around)\
            <p class="meta">\(account(hit.accountNumber, hit.accountName))\
            <span class="chip">\(Icon("folder").svg)\(hit.folder)</span>\(visit.badge(hit.access))</p></div>\(message)</li>
            """
    }

    private var sent: HTML { "<span class=\"chip\">\(Icon("send").svg)\(visit.say(.toClient))</span>" }

    private func account(_ number: String?, _ name: String?) -> HTML {
        guard let number, let name else { return .empty }
        return """
            <a class="chip" href="\(link: "/accounts/\(number)")">\(Icon("building").svg)\(number) \(name)</a>
            """
    }

    /// Line by line as they were indexed.
    private func fileNames(_ files: MarkedText) -> HTML {
        HTML(trusted: marked(files).markup.split(separator: "\n").joined(separator: ", "))
    }

    private func marked(_ text: MarkedText) -> HTML {
        text.runs.map { run -> HTML in run.isMarked ? "<mark>\(run.text)</mark>" : "\(run.text)" }.joined()
    }
}
