internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// What came with a conversation, and what became of each file: where it lies, who sees it, what can be done.
struct AttachmentStrip {
    let pane: ConversationPane

    private var visit: Visit { pane.visit }

    /// Files with the same fate stand together.
    private struct Fate: Hashable {
        let words: String
        let folder: String?
        let access: Access?
        let isWaiting: Bool
    }

    var html: HTML {
        let groups = Dictionary(grouping: pane.files, by: fate)
        let order = pane.files.map(fate).reduce(into: [Fate]()) { if !$0.contains($1) { $0.append($1) } }
        return order.map { group($0, groups[$0] ?? [], isFirst: $0 == order.first) }.joined()
    }

    /// Of the one message that has files, or of the whole conversation.
    private var all: HTML {
        let files = pane.files.filter(\.isForAll)
        guard files.count > 1 else { return .empty }
        let isOne = Set(files.map(\.message)).count == 1
        let path = isOne ? "/m/\(files[0].message)/files.zip" : "/c/\(pane.row.id)/files.zip"
        return """
            <a class="btn quiet small all" href="\(link: path)" download>\(Icon("down").svg)\(visit.say(.downloadAll))</a>
            """
    }

    private func fate(_ file: ConversationFile) -> Fate {
        switch file.state {
        case .filed, .duplicate:
            Fate(words: visit.say(.filesFiled), folder: file.folder, access: file.access, isWaiting: false)
        case .needsFiling, .failed:
            Fate(words: visit.reason(file.because), folder: nil, access: nil, isWaiting: true)
        case .shown, .unwrapped:
            Fate(words: visit.say(.filesSent), folder: nil, access: nil, isWaiting: false)
        }
    }

    private func group(_ fate: Fate, _ files: [ConversationFile], isFirst: Bool) -> HTML {
        let icon: Icon = fate.isWaiting ? "alert" : fate.folder == nil ? "send" : "checkc"
        let folder: HTML =
            fate.folder.map { folder -> HTML in
                let path = pane.row.accountNumber.map { "/accounts/\($0)/documents" } ?? "/documents"
                return "<a class=\"path\" href=\"\(link: path)\">\(folder)</a>"
            } ?? .empty
        return """
            <div class="filed\(fate.isWaiting ? " waits" : "")"><p>\(icon.svg)<span>\(visit.say(.filesCount(files.count))) · \
            \(fate.words)</span> \(folder) \(fate.access.map { visit.badge($0) })\(isFirst ? all : .empty)</p>\
            <div class="atts">\(files.map(file))</div>\(files.filter(\.isLocked).prefix(4).map(password))</div>
            """
    }

    private func file(_ file: ConversationFile) -> HTML {
        let name = file.name ?? file.mediaType
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        let kind = dot < name.endIndex ? String(name[name.index(after: dot)...]).uppercased() : ""
        let place = "/m/\(file.message)/\(file.isForLooking ? "look" : "part")/\(file.section.text)"
        let address = file.document.map { "/d/\($0.rawValue)\(file.isForLooking ? "/look" : "")" } ?? place
        let thumb: HTML =
            file.hasPicture
            ? "<img src=\"\(link: thumb(file))\" alt=\"\" loading=\"lazy\" decoding=\"async\">" : .empty
        let more = file.state == .duplicate ? " · \(visit.say(.duplicateFile))" : ""
        return """
            <div class="att" data-key="f\(file.message)-\(file.section.text)"><span class="ft \(tint(kind))" aria-hidden="true">\(kind.prefix(4))\(thumb)</span>\
            <span class="about"><a class="fname" href="\(link: address)" title="\(name)"><span class="cut">\(name[..<dot])</span>\
            <span>\(name[dot...])</span></a><small>\(FileWords.size(file.octets, visit.language))\(more)</small></span>\(menu(file))</div>
            """
    }

    private func password(_ file: ConversationFile) -> HTML {
        let path = "/m/\(file.message)/open/\(file.section.text)"
        let form = PasswordForm(
            visit, path, parts: [], id: "\(file.message)-\(file.section.text)", account: pane.row.accountName,
            remembered: 0, back: pane.query.path(pane.row.id))
        return """
            <details class="locked"><summary class="btn small">\(Icon("key").svg)\
            \(visit.say(.openNamed(file.name ?? file.mediaType)))</summary>\(form.html)</details>
            """
    }

    private func thumb(_ file: ConversationFile) -> String {
        file.document.map { "/d/\($0.rawValue)/thumb" } ?? "/m/\(file.message)/thumb/\(file.section.text)"
    }

    private func tint(_ kind: String) -> String {
        switch kind {
        case "PDF": "t4"
        case "XLSX", "XLS", "CSV", "ODS": "t1"
        case "DOCX", "DOC", "ODT", "TXT": "t2"
        case "JPG", "JPEG", "PNG", "HEIC", "TIF", "TIFF", "WEBP", "GIF": "t6"
        default: "t5"
        }
    }

    private func sharing(_ document: DocumentID) -> HTML {
        guard visit.may(.makeRequests), let number = pane.row.accountNumber else { return .empty }
        return """
            <a href="\(link: "/accounts/\(number)/shares/new?document=\(document.rawValue)")">\
            \(Icon("share").svg)\(visit.say(Sharing.share))</a>
            """
    }

    private func menu(_ file: ConversationFile) -> HTML {
        let back = pane.query.path(pane.row.id)
        var entries = HTML.empty
        if let document = file.document {
            entries = """
                <a href="\(link: "/d/\(document.rawValue)?download=1")">\(Icon("down").svg)\(visit.say(.download))</a>\
                <a href="\(link: "/d/\(document.rawValue)/move")">\(Icon("move").svg)\(visit.say(.moveFile))</a>\(sharing(document))\
                <form method="post" action="\(link: "/m/\(file.message)/unfile")">\(visit.token)\
                <input type="hidden" name="document" value="\(document.rawValue)"><input type="hidden" name="back" value="\(back)">\
                <button>\(Icon("undo").svg)\(visit.say(.unfileFile))</button></form>
                """
        } else if file.state == .needsFiling || file.state == .failed {
            let query = FormItems([
                FormItems.Item("part", "\(file.message):\(file.section.text)"), FormItems.Item("back", back),
            ])
            let direct: HTML =
                pane.row.account == nil
                ? .empty
                : """
                <form method="post" action="\(link: "/m/\(file.message)/file")">\(visit.token)\
                <input type="hidden" name="part" value="\(file.section.text)"><input type="hidden" name="back" value="\(back)">\
                <button>\(Icon("folder").svg)\(visit.say(.fileIt))</button></form>
                """
            entries = """
                \(direct)<a href="\(link: "/held/place?" + query.urlEncoded)">\(Icon("move").svg)\(visit.say(.fileElsewhere))</a>\
                <a href="\(link: "/m/\(file.message)/part/\(file.section.text)?download=1")">\(Icon("down").svg)\(visit.say(.download))</a>
                """
        } else {
            return .empty
        }
        return """
            <details class="menu-of"><summary class="btn quiet icon small">\(Icon("more").svg(visit.say(.fileActions)))</summary>\
            <div class="menu">\(entries)</div></details>
            """
    }
}
