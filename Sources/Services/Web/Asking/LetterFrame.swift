internal import HTTP
internal import MIME
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// The very letter of a request, as a page of its own for the frame beside the sheet.
enum LetterFrame {
    /// Why there is none is said in its place.
    static func letter(_ visit: Visit, _ write: () async throws -> LetterText) async throws -> Response {
        do {
            return Response.html(try await write().html).under(.mailFrame(remotePictures: false))
        } catch let refusal as DeskRefusal {
            return words(visit.say(.refusal(refusal)), visit)
        }
    }

    static func words(_ words: String, _ visit: Visit) -> Response {
        let page: HTML = """
            <!doctype html><html lang="\(visit.language.rawValue)"><head><meta charset="utf-8">\
            <meta name="color-scheme" content="light dark"><title>\(visit.say(RequestWords.preview))</title></head>\
            <body><p>\(words)</p></body></html>
            """
        return Response.html(page.markup).under(.mailFrame(remotePictures: false))
    }

    /// Each language's own name.
    static let choices: [(language: Language, words: Phrase)] = [
        (.de, RequestWords.german), (.en, RequestWords.english), (.ja, RequestWords.japanese),
    ]

    /// Buttons that show how the letter of a sheet reads in each language; what it will be sent in stays.
    static func languages(
        _ visit: Visit, form: String, action: String = "/requests/preview"
    ) -> HTML {
        let buttons = choices.map { language, words -> HTML in
            """
            <button class="btn quiet small" form="\(form)" name="action" value="preview" lang="\(language.rawValue)" \
            formaction="\(link: "\(action)?language=\(language.rawValue)")" formtarget="letter" formnovalidate>\(visit.say(words))</button>
            """
        }
        return """
            <div class="row-flex tongues" role="group" aria-label="\(visit.say(RequestWords.language))">\(buttons)</div>
            """
    }

    /// The letter of a request that is there already, in each language.
    static func section(_ visit: Visit, _ request: Mailroom.Request) -> HTML {
        let address = "/requests/\(request.id)/letter"
        let links = choices.map { language, words -> HTML in
            """
            <a class="btn quiet small" href="\(link: "\(address)?language=\(language.rawValue)")" target="letter" \
            lang="\(language.rawValue)">\(visit.say(words))</a>
            """
        }
        return """
            <section class="card box"><details><summary>\(visit.say(RequestWords.preview))</summary>\
            <div class="row-flex tongues">\(links)</div><iframe class="letter" name="letter" loading="lazy" \
            src="\(link: address)" title="\(visit.say(RequestWords.preview))" sandbox=""></iframe></details></section>
            """
    }
}
