internal import Mail
internal import Mailroom
internal import Markup
internal import Text

/// A link that staff hand on by themselves: to copy, to send to a telephone, to be photographed.
struct LinkCopies {
    let visit: Visit
    let address: String
    /// What a short message says around the link, in the recipient's language.
    let message: Phrase
    let language: Language
    /// Where the link's picture is.
    let picture: String

    var html: HTML {
        let text = message[language]
        return """
            <div class="linkfield"><code class="cut grow">\(address)</code>\
            <button class="btn quiet small" data-copy="\(address)">\(Icon("copy").svg)\
            <span data-copied="\(visit.say(Asking.copied))">\(visit.say(Asking.copyLink))</span></button></div>\
            <details><summary>\(visit.say(Asking.asText))</summary><div class="smstext">\
            <p class="asis" lang="\(language.rawValue)">\(text)</p><button class="btn small" data-copy="\(text)">\
            \(Icon("copy").svg)<span data-copied="\(visit.say(Asking.copied))">\(visit.say(Asking.copyText))</span></button></div></details>\
            <details><summary>\(visit.say(Asking.asCode))</summary><img class="qr" src="\(link: picture)" \
            alt="\(visit.say(Asking.codeFor))" width="220" height="220" loading="lazy"></details>
            """
    }
}
