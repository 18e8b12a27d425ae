internal import HTTP
internal import Mailroom
internal import Markup
internal import Store

/// Files in one account's directory that are another's documents: which, from where, who would see them, and whose
/// they are.
struct DiskStrayCard {
    private let visit: Visit
    private let strays: DiskQuestions.Strays

    init(_ visit: Visit, _ strays: DiskQuestions.Strays) {
        self.visit = visit
        self.strays = strays
    }

    /// More are answered after these.
    private static let most = 200

    var html: HTML {
        """
        <li class="card held" id="stray-\(strays.files[0].file.id)" tabindex="-1" data-item>\(head)\
        <p>\(visit.say(told))</p><ul class="held-files">\(strays.files.prefix(Self.most).map(row))</ul>\(answers)</li>
        """
    }

    private var head: HTML {
        """
        <p class="sender">\(Icon("building").svg)<span><a href="\(link: "/accounts/\(strays.account.number)/documents")" \
        data-open><b>\(strays.account.name)</b></a> <small class="muted">\(strays.account.number)</small></span></p>
        """
    }

    private var told: Phrase {
        let (count, since) = (strays.files.count, visit.when.full(strays.since))
        guard let other = strays.other else { return .straysOfHidden(count, since) }
        return strays.isMoved
            ? .straysMoved(count, from: other.name, since) : .straysCopied(count, from: other.name, since)
    }

    private func row(_ stray: DiskQuestions.Stray) -> HTML {
        let origin: HTML =
            strays.other == nil
            ? .empty : "<br><small class=\"muted\">\(visit.say(.strayFrom(stray.origin)))</small>"
        return """
            <li>\(Icon("file").svg)<span>\("\(stray.file.found.place)") \(visit.badge(stray.access))\(origin)</span></li>
            """
    }

    static func fields(_ strays: DiskQuestions.Strays) -> HTML {
        strays.files.prefix(most).map {
            "<input type=\"hidden\" name=\"stray\" value=\"\($0.file.id)\">" as HTML
        }.joined()
    }

    private var answers: HTML {
        guard visit.may(.changeDocuments) else { return .empty }
        return """
            <form method="post" action="/disk/settle" class="answers">\(visit.token)\(Self.fields(strays))\
            \(choices)<div class="actions"><button class="btn quiet" formaction="/disk/later">\
            \(Icon("snooze").svg)\(visit.say(.askTomorrow))</button></div></form>
            """
    }

    /// Whoever does not see the other account has nothing to say of its documents.
    private var choices: HTML {
        guard let other = strays.other else { return .empty }
        let back: Phrase = strays.isMoved ? .strayBack(other.name) : .strayCopyAway
        let backWords: Phrase = strays.isMoved ? .strayBackWords : .strayCopyAwayWords
        let words: HTML = """
            <kbd>2</kbd><span><b>\(visit.say(.strayStays(strays.account.name)))</b> \
            <small>\(visit.say(strays.isVisible ? .strayStaysSeen : .strayStaysUnseen))</small></span>
            """
        let stays: HTML =
            strays.isVisible
            ? """
            <a class="btn choice" data-key="2" href="\(link: "/disk/adopt?stray=\(strays.files[0].file.id)")">\(words)</a>
            """
            : "<button class=\"btn choice\" name=\"answer\" value=\"adopt\" data-key=\"2\">\(words)</button>"
        return """
            <div class="choices"><button class="btn choice" name="answer" value="return" data-key="1"><kbd>1</kbd>\
            <span><b>\(visit.say(back))</b> <small>\(visit.say(backWords))</small></span></button>\(stays)</div>
            """
    }
}
