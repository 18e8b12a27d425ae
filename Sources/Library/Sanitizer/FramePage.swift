package import Markup

/// The document of a frame that shows one mail and nothing else.
package enum FramePage {
    /// On paper that is white whatever the page around it is, for mails say what colour words are and forget the paper.
    private static let base: CSS = """
        html{color-scheme:light}
        body{margin:0;background:#fff;color:#1c1f1d;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
        .mailbody{contain:content;overflow-x:auto;padding:10px 14px}
        .mailbody img{max-width:100%}
        .mailbody pre{white-space:pre-wrap}
        .mailbody blockquote{margin:0 0 0 4px;padding:0 0 0 12px;border-left:2px solid #c9c2b2}

        """

    package static func html(_ mail: CleanMail, title: String, language: String?) -> HTML {
        let open: HTML = """
            <!DOCTYPE html>
            <html\(attribute: "lang", language)>
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>\(title)</title>
            <style>\(base)</style>
            """
        // The mail's own style holds no `<`: see StyleFilter.
        precondition(!mail.style.utf8.contains(60), "what was filtered ends no style")
        let own = mail.style.isEmpty ? HTML.empty : HTML(trusted: "<style>\(mail.style)</style>\n")
        return open + own + "</head>\n<body>\n\(mail.body)\n</body>\n</html>\n"
    }
}
