internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// The question before documents are shown to somebody that the team alone sees: said so, and meant.
struct PrivateField {
    let visit: Visit
    /// Those that were chosen.
    let documents: [DocumentListing]
    let isTicked: Bool
    let error: Phrase?

    var html: HTML {
        let hidden = documents.filter { $0.access == .private }
        guard !hidden.isEmpty || error != nil else { return .empty }
        let names = hidden.map(\.name).joined(separator: ", ")
        let wrong: HTML =
            error.map {
                "<p class=\"wrong\" id=\"e-private\">\(Icon("alert").svg)<span>\(visit.say($0))</span></p>"
            } ?? .empty
        return """
            <div class="field"><div class="hint warn">\(Icon("lock").svg)<span>\(visit.say(Sharing.privateWarning(names)))</span></div>\
            <label class="check"><input type="checkbox" name="private" value="yes"\(flag: "checked", isTicked)\
            \(attribute: "aria-invalid", error == nil ? nil : "true")\
            \(attribute: "aria-describedby", error == nil ? nil : "e-private")>\
            <span>\(visit.say(Sharing.shareAllTheSame))</span></label>\(wrong)</div>
            """
    }
}
