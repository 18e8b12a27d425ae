internal import HTTP
internal import Mail
package import Mailroom
internal import Markup
package import Store

/// What `mailroom explain` says of a message, for the page that says it.
package struct MessageExplanation: Sendable {
    /// What today's configuration and directory say of From.
    package let judgement: Judgement
    /// What they say of whose it is.
    package let matching: Matching
    package let parts: [PartRow]
    /// The line of the configuration behind a step, where there is one: `mailroom.toml:72`.
    package let place: @Sendable (Step) -> String?

    package init(
        judgement: Judgement, matching: Matching, parts: [PartRow],
        place: @escaping @Sendable (Step) -> String?
    ) {
        self.judgement = judgement
        self.matching = matching
        self.parts = parts
        self.place = place
    }
}

/// Why a message is whose it is, and why its files went where they went.
struct WhyPage: Sendable {
    let visit: Visit
    let id: ConversationID

    func response() async throws -> Response {
        let (id, staff) = (id, visit.staff)
        let known = try await visit.read { transaction -> (ConversationRow, MessageNumber)? in
            guard let row = try transaction.conversation(id, for: staff) else { return nil }
            let messages = try transaction.messages(in: id, for: staff)
            let message = messages.last { $0.summary.direction == "in" } ?? messages.last
            return message.map { (row, $0.summary.number) }
        }
        guard let (row, message) = known, let why = try await visit.site.deeds.explain(message) else {
            throw PageError.notFound
        }
        return try await visit.page(
            .whyTitle, current: .inbox,
            """
            <main class="page" id="main"><div class="content"><p><a href="\(link: "/c/\(id)")">\(Icon("left").svg)\
            \(row.subject.isEmpty ? visit.say(.noSubject) : row.subject)</a></p><h1>\(visit.say(.whyTitle))</h1>\
            \(section(.whySender, sender(why)))\(section(.whyAccount, account(row, why)))\(section(.whyFiles, files(why)))\
            </div></main>
            """)
    }

    private func section(_ title: Phrase, _ content: HTML) -> HTML {
        "<section class=\"card why\"><h2>\(visit.say(title))</h2>\(content)</section>"
    }

    private func sender(_ why: MessageExplanation) -> HTML {
        let badge = VerdictBadge(verdict: why.judgement.verdict, visit: visit).html
        return "<p>\(badge) \(visit.reason(why.judgement.because))</p>" + steps(why.judgement.steps, why)
    }

    private func account(_ row: ConversationRow, _ why: MessageExplanation) -> HTML {
        let name: HTML
        if let account = row.accountName, let number = row.accountNumber {
            name = "<a class=\"name\" href=\"\(link: "/accounts/\(number)")\">\(account)</a>"
        } else {
            name = "<b>\(visit.say(.nobodyFound))</b>"
        }
        return "<p>\(name)</p>" + steps(why.matching.steps, why)
    }

    /// The rules in the order in which they were asked; the one that settled the matter stands out.
    private func steps(_ steps: [Step], _ why: MessageExplanation) -> HTML {
        guard !steps.isEmpty else { return .empty }
        let rows = steps.map { step -> HTML in
            let rule = step.rule.split(separator: ".").last.map(String.init) ?? step.rule
            let decided: HTML =
                step.decided ? "<span class=\"badge plain\">\(visit.say(.whyDecided))</span>" : .empty
            let place: HTML = why.place(step).map { "<small><code>\($0)</code></small>" } ?? .empty
            return """
                <li\(attribute: "class", step.decided ? "decided" : nil)><code lang="en">\(rule.replacing("_", with: " "))</code>\
                <span>\(visit.reason(step.because)) \(decided) \(place)</span></li>
                """
        }
        return "<ol class=\"steps\">\(rows.joined())</ol>"
    }

    private func files(_ why: MessageExplanation) -> HTML {
        let rows = why.parts.map { part -> HTML in
            let name = part.name ?? part.mediaType
            let folder: HTML =
                part.document.map { document in
                    "<span class=\"path\">\(Icon("folder").svg)\(document.folder)</span>"
                } ?? .empty
            let place: HTML = part.place.map { "<small><code>\($0)</code></small>" } ?? .empty
            return "<li><b>\(name)</b><span>\(visit.reason(part.because)) \(folder) \(place)</span></li>"
        }
        guard !rows.isEmpty else { return "<p class=\"muted\">\(visit.say(.whyNoFiles))</p>" }
        return "<ol class=\"steps fates\">\(rows.joined())</ol>"
    }
}

/// Whether a sender is who he says, in a word.
struct VerdictBadge {
    let verdict: Verdict
    let visit: Visit

    var html: HTML {
        switch verdict {
        case .proven: "<span class=\"badge plain\">\(Icon("shield").svg)\(visit.say(.senderProven))</span>"
        case .open: "<span class=\"badge warn\">\(Icon("help").svg)\(visit.say(.senderOpen))</span>"
        case .against: "<span class=\"badge bad\">\(Icon("ban").svg)\(visit.say(.senderAgainst))</span>"
        }
    }
}

extension Phrase {
    static let whySender = Phrase(de: "Der Absender", en: "The sender", ja: "差出人")
    static let whyAccount = Phrase(de: "Der Mandant", en: "The account", ja: "お客様")
    static let whyFiles = Phrase(de: "Die Dateien", en: "The files", ja: "ファイル")
    static let whyDecided = Phrase(de: "entschied", en: "decided", ja: "決め手")
    static let whyNoFiles = Phrase(
        de: "Es kam keine Datei mit.", en: "No file came with it.", ja: "添付ファイルはありません。")
}
