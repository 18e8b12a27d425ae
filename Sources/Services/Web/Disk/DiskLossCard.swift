internal import HTTP
internal import Mailroom
internal import Markup
internal import Store

/// Documents of one account that are gone from the disk: which, since when, and what staff may say of them.
struct DiskLossCard {
    private let visit: Visit
    private let loss: DiskQuestions.Loss
    private let missing: [MissingDocument]

    init(_ visit: Visit, _ loss: DiskQuestions.Loss, _ missing: [MissingDocument]) {
        self.visit = visit
        self.loss = loss
        self.missing = missing
    }

    /// So many are asked about once more before they go to the trash: the number that makes us ask at all.
    static let many = 20
    private static let shown = 8

    var html: HTML {
        """
        <li class="card held" id="loss-\(loss.account.id.rawValue)" tabindex="-1" data-item>\(head)\
        <p>\(visit.say(.documentsGoneSince(missing.count, visit.when.full(loss.since))))</p>\
        \(list)\(missing.isEmpty ? .empty : answers)</li>
        """
    }

    private var head: HTML {
        """
        <p class="sender">\(Icon("building").svg)<span><a href="\(link: "/accounts/\(loss.account.number)/documents")" \
        data-open><b>\(loss.account.name)</b></a> <small class="muted">\(loss.account.number)</small></span></p>
        """
    }

    private var list: HTML {
        let isAll = visit.request.query["all"] == "\(loss.account.id.rawValue)"
        let rows = missing.prefix(isAll ? .max : Self.shown).map { document -> HTML in
            "<li>\(Icon("file").svg)<span>\("\(document.place)")</span></li>"
        }
        let more: HTML =
            isAll || missing.count <= Self.shown
            ? .empty
            : """
            <p><a href="\(link: "/disk?all=\(loss.account.id.rawValue)#loss-\(loss.account.id.rawValue)")">\
            \(visit.say(.showAllDocuments(missing.count)))</a></p>
            """
        return "<ul class=\"held-files\">\(rows)</ul>\(more)"
    }

    /// What every answer says: whose, and what was seen when it was given.
    static func fields(_ account: AccountChoice, _ missing: [MissingDocument]) -> HTML {
        """
        <input type="hidden" name="account" value="\(account.id.rawValue)">\
        <input type="hidden" name="shown" value="\(MissingDocument.mark(of: missing))">
        """
    }

    private var answers: HTML {
        guard visit.may(.changeDocuments) else { return .empty }
        let words: HTML =
            "<kbd>2</kbd><span><b>\(visit.say(.trashThem))</b> <small>\(visit.say(.trashThemWords))</small></span>"
        let trash: HTML =
            missing.count > Self.many
            ? """
            <a class="btn choice" data-key="2" href="\(link: "/disk/trash?account=\(loss.account.id.rawValue)")">\(words)</a>
            """
            : """
            <button class="btn choice" name="answer" value="trash" data-key="2">\(words)</button>
            """
        return """
            <form method="post" action="/disk/answer" class="answers">\(visit.token)\
            \(Self.fields(loss.account, missing))<div class="choices">\
            <button class="btn choice" name="answer" value="restore" data-key="1"><kbd>1</kbd>\
            <span><b>\(visit.say(.putThemBack))</b> <small>\(visit.say(.putThemBackWords))</small></span></button>\
            \(trash)</div><div class="actions"><button class="btn quiet" formaction="/disk/later">\
            \(Icon("snooze").svg)\(visit.say(.askTomorrow))</button></div></form>
            """
    }
}
