internal import Markup
internal import Text

/// A letter as a page for mail programs: one column, from 320 to 700 pixels, on light paper and dark.
///
/// Tables and inline styles, because Outlook lays out with Word and some
/// programs drop the style sheet; what that holds besides is the dark paper and
/// narrow margins. Nothing is loaded from anywhere, so nothing tells that it
/// was read. A long name or address breaks rather than widen the page.
struct HTMLLetter {
    private let letter: LetterPage
    private let style: LetterStyle

    init(_ page: LetterPage) {
        letter = page
        style = LetterStyle(language: page.letter.language, accent: page.letter.firm.accent)
    }

    var page: HTML {
        """
        <!DOCTYPE html>
        <html lang="\(letter.letter.language.rawValue)" dir="ltr">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>\(letter.subject)</title>
        \(style.sheet)
        </head>
        <body class="paper" style="margin:0;padding:0;\(style.paper)">
        <table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" border="0" style="\(style.paper)">
        <tr><td align="center" class="around" style="padding:28px 16px">
        <!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;table-layout:fixed">
        <tr><td class="ink" style="padding:0 4px 14px;\(style.font)font-size:17px;font-weight:600;\(style.breaks)\(style.ink)">\(letter.letter.firm.name)</td></tr>
        <tr><td class="sheet" style="padding:30px 32px 14px;border-radius:12px;border-top:4px solid \(style.accent);\(style.sheetColors)\(style.font)\(style.body)\(style.breaks)\(style.ink)">
        \(letter.blocks.map(block).joined("\n"))
        </td></tr>
        <tr><td class="soft" style="padding:16px 4px 0;\(style.font)font-size:13px;line-height:1.6;\(style.breaks)\(style.soft)">\(footer)</td></tr>
        </table>
        <!--[if mso]></td></tr></table><![endif]-->
        </td></tr>
        </table>
        </body>
        </html>
        """
    }

    private func block(_ block: LetterPage.Block) -> HTML {
        switch block {
        case .lines(let lines): paragraph(lines)
        case .heading(let heading):
            "<p class=\"soft\" style=\"margin:24px 0 8px;font-size:14px;font-weight:600;\(style.soft)\">\(heading)</p>"
        case .message(let paragraphs): message(paragraphs)
        case .items(let items): list(items.map(item))
        case .files(let files): list(files.map(file))
        case .words(let lines):
            "<p class=\"quote\" style=\"margin:0 0 18px;padding:10px 14px;border-radius:8px;font-size:14px;\(style.quote)\">\(lines.map { "\($0)" }.joined("<br>"))</p>"
        case .code(let digits):
            "<p style=\"margin:20px 0;font-size:30px;line-height:1.2;font-weight:600;letter-spacing:4px\">\(digits)</p>"
        case .button(let label, let link): button(label, link)
        }
    }

    private func paragraph(_ lines: [String]) -> HTML {
        "<p style=\"margin:0 0 16px\">\(lines.map { "\($0)" }.joined("<br>\n"))</p>"
    }

    /// Staff's own words: in a free letter they are the letter, elsewhere they stand apart.
    private func message(_ paragraphs: [[String]]) -> HTML {
        guard letter.letter.kind != .letter else { return paragraphs.map(paragraph).joined("\n") }
        let text = paragraphs.enumerated().map { index, lines -> HTML in
            let margin: CSS = index + 1 < paragraphs.count ? "0 0 12px" : "0"
            return "<p style=\"margin:\(margin)\">\(lines.map { "\($0)" }.joined("<br>\n"))</p>"
        }.joined("\n")
        return """
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:4px 0 20px;table-layout:fixed">
            <tr><td class="quote" style="padding:12px 16px 14px;border-radius:8px;\(style.quote)\(style.font)\(style.body)\(style.breaks)">
            <p class="soft" style="margin:0 0 4px;font-size:13px;\(style.soft)">\(letter.words.writes(letter.letter.person))</p>
            \(text)
            </td></tr>
            </table>
            """
    }

    private func list(_ rows: [HTML]) -> HTML {
        """
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 22px;table-layout:fixed">
        \(rows.map { "<tr><td class=\"row\" style=\"padding:9px 0 10px;\(style.line)\(style.font)\(style.body)\(style.breaks)\(style.ink)\">\($0)</td></tr>" }.joined("\n"))
        </table>
        """
    }

    private func item(_ item: LetterItem) -> HTML {
        let name: HTML =
            item.state == .received ? "\(item.name)" : "<b style=\"font-weight:600\">\(item.name)</b>"
        guard let note = item.note else { return name }
        return "\(name)<br><span class=\"amber\" style=\"font-size:14px;color:#7d4e00\">\(note)</span>"
    }

    private func file(_ file: LetterFile) -> HTML {
        """
        <b style="font-weight:600">\(file.name)</b> <span class="soft" style="font-size:14px;white-space:nowrap;\(style.soft)">\(letter.words.size(file.octets))</span><br>\
        <span class="soft" style="font:11px/1.6 \(style.monospaced);word-break:break-all;\(style.soft)">\(file.sha256)</span>
        """
    }

    /// With the address below it: for programs that draw no buttons, and for people who look before they open.
    private func button(_ label: String, _ link: String) -> HTML {
        """
        <table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:22px 0 12px">
        <tr><td class="button" align="center" bgcolor="\(style.accent)" style="border-radius:8px;background:\(style.accent)"><a class="label" href="\(link: link)" style="display:inline-block;padding:13px 24px;\(style.font)font-size:16px;line-height:1.4;font-weight:600;color:#ffffff;text-decoration:none;border-radius:8px">\(label)</a></td></tr>
        </table>
        <p class="soft" style="margin:0 0 20px;font-size:13px;line-height:1.6;\(style.soft)">\(letter.words.orOpen)<br>\
        <a class="link" href="\(link: link)" style="color:\(style.accent);word-break:break-all">\(link)</a></p>
        """
    }

    private var footer: HTML {
        let firm = letter.letter.firm
        let links = [(letter.words.imprint, firm.imprint), (letter.words.privacy, firm.privacy)].compactMap {
            name, link -> HTML? in
            link.map { "<a class=\"soft\" href=\"\(link: $0)\" style=\"\(style.soft)\">\(name)</a>" }
        }
        let phone = firm.phone.map { [" · <span style=\"white-space:nowrap\">\($0)</span>" as HTML] } ?? []
        let name: HTML = "\(firm.name)"
        return ([[name] + phone].map { $0.joined() } + (links.isEmpty ? [] : [links.joined(" · ")])).joined(
            "<br>")
    }
}
