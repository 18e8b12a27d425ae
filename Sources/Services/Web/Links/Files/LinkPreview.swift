internal import HTTP
internal import Markup
internal import Text

/// A document on the page of whoever may see it: one page of a PDF at a time, a photo, or text.
///
/// Turning a page is a link, so that it works without a script.
struct LinkPreview: Sendable {
    let site: Site
    let language: Language
    let file: LinkFile
    /// From 1.
    let page: Int
    /// Where the picture of a page is.
    let picture: @Sendable (Int) -> String
    /// The page of ours that shows another one of the document.
    let turned: @Sendable (Int) -> String

    private func say(_ phrase: Phrase) -> String { phrase[language] }

    func html() async throws -> HTML {
        switch file.look.kind(site.vault) {
        case .pdf:
            let count = await site.deeds.pageCount(file.digest) ?? 0
            let shown = min(max(1, page), max(1, count))
            guard count > 0, try await file.look.picture(site, shown) != nil else { return figure(nothing) }
            return figure(sheet(shown, count), pages(shown, count))
        case .picture:
            return try await file.look.picture(site, 1) == nil ? figure(nothing) : figure(sheet(1, 1))
        case .text:
            return figure(
                """
                <pre class="text" tabindex="0" aria-label="\(file.name)">\(file.look.text(site.vault))</pre>
                """)
        case .nothing: return figure(nothing)
        }
    }

    private func figure(_ content: HTML, _ pages: HTML = .empty) -> HTML {
        """
        <figure class="preview" id="preview"><figcaption class="bar"><b class="grow">\(file.name)</b>\(pages)</figcaption>\
        \(content)</figure>
        """
    }

    private func sheet(_ page: Int, _ count: Int) -> HTML {
        let words = count > 1 ? "\(file.name): \(say(.pageOf(page, count)))" : file.name
        return "<div class=\"sheet\"><img src=\"\(link: picture(page))\" alt=\"\(words)\"></div>"
    }

    private func pages(_ page: Int, _ count: Int) -> HTML {
        guard count > 1 else { return .empty }
        return """
            <span class="muted nowrap">\(say(.pageOf(page, count)))</span>\
            \(turn("left", LinkFileWords.pageBefore, page > 1 ? page - 1 : nil))\
            \(turn("right", LinkFileWords.pageAfter, page < count ? page + 1 : nil))
            """
    }

    private func turn(_ icon: Icon, _ words: Phrase, _ page: Int?) -> HTML {
        guard let page else {
            return "<span class=\"btn quiet icon off\" aria-hidden=\"true\">\(icon.svg)</span>"
        }
        return """
            <a class="btn quiet icon" href="\(link: turned(page) + "#preview")" aria-label="\(say(words))">\(icon.svg)</a>
            """
    }

    /// No picture of it could be made, or may be: the file itself is there all the same.
    private var nothing: HTML {
        """
        <div class="empty">\(Icon("file").svg)<b>\(say(.noLook))</b><p>\(say(LinkFileWords.saveIt))</p></div>
        """
    }
}

/// What is said of documents to whoever may see them without being staff.
enum LinkFileWords {
    static let pageBefore = Phrase(de: "Vorige Seite", en: "Previous page", ja: "前のページ")
    static let pageAfter = Phrase(de: "Nächste Seite", en: "Next page", ja: "次のページ")
    static let saveIt = Phrase(
        de: "Laden Sie die Datei herunter und öffnen Sie sie auf Ihrem Gerät.",
        en: "Download the file and open it on your device.", ja: "ダウンロードして、お使いの端末で開いてください。")
    static func pages(_ count: Int) -> Phrase {
        Phrase(
            de: count == 1 ? "1 Seite" : "\(count) Seiten", en: count == 1 ? "1 page" : "\(count) pages",
            ja: "\(count)ページ")
    }
    static func download(_ name: String) -> Phrase {
        Phrase(de: "Herunterladen: \(name)", en: "Download: \(name)", ja: "ダウンロード：\(name)")
    }
}
