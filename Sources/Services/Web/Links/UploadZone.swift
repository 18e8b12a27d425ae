internal import Mailroom
internal import Markup
internal import Text

/// Where files are dropped, picked, photographed and pasted; without a script, a plain form.
///
/// `upload.js` finds all that it needs in here: one for every page that takes files.
struct UploadZone {
    let site: Site
    let language: Language
    /// Of the plain form.
    let action: String
    /// Where a file begins that goes on after a cut.
    let uploads: String
    var title: HTML = .empty
    /// What is asked for with the files.
    var fields: HTML = .empty
    /// The script's sentences, where they are others than at a link.
    var words: [String: Phrase] = [:]

    private func say(_ phrase: Phrase) -> String { phrase[language] }
    private var clients: ClientSettings { site.settings.clients }

    /// With a script two buttons, and sending begins with choosing.
    var form: HTML {
        """
        <form class="drop" id="up" method="post" enctype="multipart/form-data" action="\(link: action)" \
        data-tus="\(uploads)" data-largest="\(clients.largestFile)">\
        <span class="big">\(Icon("up").svg)</span>\(title)<p class="t nophone" data-js hidden>\(say(LinkWords.dragHere))</p>\
        \(fields)<div class="btns" data-js hidden>\
        <button type="button" class="btn primary" data-pick="f-file">\(Icon("plus").svg)\(say(.chooseFiles))</button>\
        <button type="button" class="btn" data-pick="f-photo">\(Icon("camera").svg)\(say(LinkWords.takePhoto))</button></div>\
        <div class="field" data-plain><label for="f-file">\(say(.chooseFiles))</label>\
        <input id="f-file" type="file" name="file" multiple></div>\
        <div class="field" data-plain><label for="f-photo">\(say(LinkWords.takePhoto))</label>\
        <input id="f-photo" type="file" name="file" accept="image/*" capture="environment"></div>\
        <button class="btn primary" data-plain>\(Icon("up").svg)\(say(LinkWords.sendFiles))</button>\
        <p class="fine">\(say(LinkWords.upTo(clients.largestFile)))\
        <span class="nophone" data-js hidden> \(say(LinkWords.pasteToo))</span></p></form>\(patterns)
        """
    }

    /// What the script fills in: a row, and its sentences.
    private var patterns: HTML {
        let sentences = LinkWords.ofScript(clients).filter { words[$0.0] == nil } + words.map { ($0, $1) }
        let lines = sentences.sorted { $0.0 < $1.0 }.map { name, phrase -> HTML in
            "<li data-word=\"\(name)\">\(say(phrase))</li>"
        }
        return """
            <ul id="words" hidden>\(lines)</ul>\
            <template id="row"><li class="up"><span class="ft t6" aria-hidden="true"></span><b></b>\
            <small></small><button type="button" class="btn quiet icon act" data-stop>\(Icon("x").svg)<span class="sr"></span></button>\
            <button type="button" class="btn small act" data-again hidden>\(Icon("retry").svg)\
            <span>\(say(LinkWords.resumeNow))</span></button><progress max="100" value="0"></progress>\
            <details class="sum" hidden><summary>\(say(LinkWords.checksum))</summary><code></code></details></li></template>
            """
    }

    /// Of a file that was cut: its browser alone has the rest of it, and wants it chosen once more.
    static func waiting(_ name: String, _ octets: Int64, at address: String, _ language: Language) -> HTML {
        """
        <li class="up stuck" data-unfinished="\(address)">\(FileEnding(name).html)<b>\(name)</b>\
        <small class="wait"><span>\(LinkWords.chooseAgain[language]) · \(FileSize(octets)[language])</span></small></li>
        """
    }
}
