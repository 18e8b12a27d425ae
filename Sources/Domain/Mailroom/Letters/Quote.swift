package import Mail
internal import Markup
package import Text

/// What a letter repeats of the message that it answers or passes on.
package struct Quote: Sendable {
    package let heading: [String]
    package let text: String
    /// Each line begins with `>`; a message passed on is repeated as it is.
    package let isMarked: Bool

    private static let longest = 100_000

    /// Of an answer: who wrote it, and when.
    package static func answered(
        _ envelope: Envelope, text: String, at moment: CivilTime, _ language: Language
    ) -> Quote {
        let who = envelope.from.first.map { $0.name ?? $0.address.description } ?? ""
        let heading =
            switch language {
            case .de: "Am \(date(moment, language)) um \(time(moment)) Uhr schrieb \(who):"
            case .en: "On \(date(moment, language)) at \(time(moment)), \(who) wrote:"
            case .ja: "\(date(moment, language)) \(time(moment))、\(who) 様のメール："
            }
        return Quote(heading: [heading], text: clipped(text), isMarked: true)
    }

    /// Of a message passed on: its header, as its readers know it.
    package static func forwarded(
        _ envelope: Envelope, text: String, at moment: CivilTime, _ language: Language
    ) -> Quote {
        let words: (title: String, from: String, sent: String, to: String, subject: String) =
            switch language {
            case .de: ("Weitergeleitete Nachricht", "Von", "Gesendet", "An", "Betreff")
            case .en: ("Forwarded message", "From", "Sent", "To", "Subject")
            case .ja: ("転送されたメッセージ", "差出人", "送信日時", "宛先", "件名")
            }
        let colon = language == .ja ? "：" : ": "
        func people(_ list: [NamedAddress]) -> String {
            list.prefix(20).map { one in one.name.map { "\($0) <\(one.address)>" } ?? "\(one.address)" }
                .joined(separator: ", ")
        }
        return Quote(
            heading: [
                "---------- \(words.title) ----------",
                words.from + colon + people(envelope.from),
                words.sent + colon + "\(date(moment, language)) \(time(moment))",
                words.to + colon + people(envelope.to),
                words.subject + colon + (envelope.subject ?? ""),
            ], text: clipped(text), isMarked: false)
    }

    /// As plain text, without an end of its own.
    package var plain: String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let body =
            isMarked
            ? lines.map { $0.isEmpty ? ">" : ($0.hasPrefix(">") ? ">\($0)" : "> \($0)") }
            : lines.map(String.init)
        return (heading + (isMarked ? [] : [""]) + body).joined(separator: "\n")
    }

    /// As a part of a page.
    private var html: HTML {
        let paragraphs = text.split(separator: "\n", omittingEmptySubsequences: false)
        return """
            <div style="margin:0 auto;max-width:600px;padding:4px 20px 24px;font:14px/1.6 sans-serif;overflow-wrap:anywhere">
            <p style="margin:0 0 8px">\(heading.map { "\($0)" }.joined("<br>\n"))</p>
            <blockquote type="cite" style="margin:0;padding:0 0 0 12px;border-left:2px solid #8a8a8a">
            \(paragraphs.map { "\(String($0))" }.joined("<br>\n"))
            </blockquote>
            </div>
            """
    }

    /// The letter with the quote below it, in both its forms.
    package func below(_ letter: LetterText) -> LetterText {
        var page = letter.html
        if let end = page.range(ofLast: "</body>") {
            page.insert(contentsOf: html.markup, at: end.lowerBound)
        }
        return LetterText(
            subject: letter.subject, plain: letter.plain + "\n" + plain + "\n", html: page)
    }

    private static func clipped(_ text: String) -> String {
        var lines = String(text.prefix(longest)).split(separator: "\n", omittingEmptySubsequences: false)
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    private static func time(_ moment: CivilTime) -> String {
        "\(CivilTime.two(moment.hour)):\(CivilTime.two(moment.minute))"
    }

    private static func date(_ moment: CivilTime, _ language: Language) -> String {
        switch language {
        case .de: "\(CivilTime.two(moment.day)).\(CivilTime.two(moment.month)).\(moment.year)"
        case .en: "\(moment.year)-\(CivilTime.two(moment.month))-\(CivilTime.two(moment.day))"
        case .ja: "\(moment.year)年\(moment.month)月\(moment.day)日"
        }
    }
}

extension String {
    /// Where `part` last stands.
    fileprivate func range(ofLast part: String) -> Range<Index>? {
        var end = endIndex
        while let start = index(end, offsetBy: -part.count, limitedBy: startIndex) {
            if self[start..<end] == part { return start..<end }
            end = index(before: end)
        }
        return nil
    }
}
