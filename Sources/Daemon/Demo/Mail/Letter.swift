/// Bodies as mail programs make them: text and HTML side by side, the logo within, files behind.
enum Letter {
    static func body(
        _ sender: Correspondent, _ text: String, charset: Charset = .utf8, html: Bool = true,
        _ files: [Part] = []
    ) -> Part {
        let signed = sender.signature.isEmpty ? text : "\(text)\n\n-- \n\(sender.signature)\n"
        let plain = Part.text(signed, charset: charset)
        var words = plain
        if html {
            let logo = sender.logo
            let paragraphs = signed.split(separator: "\n\n").map { paragraph in
                "<p>\(OfficeFile.escaped(String(paragraph)).replacing("\n", with: "<br>\n"))</p>"
            }
            let contentID = "logo@\(sender.domain)"
            let picture = logo == nil ? "" : "<img src=\"cid:\(contentID)\" width=\"48\" alt=\"\">\n"
            let page = Part.html(
                "<html><body>\n\(paragraphs.joined(separator: "\n"))\n\(picture)</body></html>\n",
                charset: charset)
            let shown =
                logo.map { Part.related(page, [.file($0, disposition: "inline", contentID: contentID)]) }
                ?? page
            words = .alternative(plain, shown)
        }
        return files.isEmpty ? words : .mixed([words] + files)
    }
}
