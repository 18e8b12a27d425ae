internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// A document in a table: its name, how it came, when, how large.
struct FileCells {
    let visit: Visit
    let document: ShelvedDocument
    /// On pages of more than one account.
    var showsAccount = false

    var html: HTML {
        let moment = document.trashed ?? document.filed
        return """
            <td class="main"><div class="name">\(FileEnding(document.name).html)\
            <span><a href="\(link: address)">\(document.name)</a><small>\(below)</small></span></div></td>\
            <td><span class="chip plain">\(icon.svg)\(visit.say(origin))</span></td>\
            <td class="num">\(visit.when.html(moment))</td>\
            <td class="num">\(FileSize(document.octets)[visit.language])</td>
            """
    }

    private var address: String {
        document.trashed == nil ? "/d/\(document.id.rawValue)" : "/d/\(document.id.rawValue)/versions"
    }

    private var below: HTML {
        var words: [HTML] = []
        if showsAccount {
            let place = ([document.folder] + document.place.path.split(separator: "/").map(String.init))
                .joined(separator: " / ")
            let address =
                "/accounts/\(document.accountNumber)/documents?" + FolderLink(place: document.place).query
            words.append("<a href=\"\(link: address)\">\(document.accountName) · \(place)</a>")
        }
        if let by = document.trashedBy {
            words.append(HTML(escaping: visit.say(.trashedBy(visit.name(by)))))
        } else if let who = document.who {
            words.append(HTML(escaping: visit.name(who)))
        }
        if document.versions > 0 {
            words.append(
                """
                <a href="\(link: "/d/\(document.id.rawValue)/versions")">\(visit.say(.versionCount(document.versions)))</a>
                """)
        }
        let when = visit.when.short(document.trashed ?? document.filed)
        return words.joined(" · ") + "<span class=\"s\"> · \(when)</span>"
    }

    private var origin: Phrase {
        switch document.origin {
        case .mail: .originMail
        case .staff: .originStaff
        case .upload: .originUpload
        case .client: .originClient
        case .disk: .originDisk
        }
    }

    private var icon: Icon {
        switch document.origin {
        case .mail: "mail"
        case .staff: "user"
        case .upload: "up"
        case .client: "users"
        case .disk: "folder"
        }
    }
}

extension Visit {
    /// Whoever did something, for a page: the file system is nobody, and has a name in each language.
    func name(_ actor: String) -> String {
        actor == StoreTransaction.fileSystem ? say(.originDisk) : actor
    }
}

/// What can be done with a document.
struct DocumentMenu {
    let visit: Visit
    let document: ShelvedDocument

    var html: HTML {
        let path = "/d/\(document.id.rawValue)"
        var entries: [HTML] = []
        if document.trashed != nil {
            entries = [
                deed("undo", .restore, path + "/restore"), entry("clock", .versions, path + "/versions"),
            ]
        } else {
            entries = [
                entry("down", .download, path + "?download=1"), entry("pen", .rename, path + "/rename"),
                entry("move", .move, path + "/move"), entry("clock", .versions, path + "/versions"),
            ]
            if visit.may(.makeRequests) {
                entries.append(
                    entry(
                        "share", Sharing.share,
                        "/accounts/\(document.accountNumber)/shares/new?document=\(document.id.rawValue)"))
            }
            if let message = document.message {
                entries.append(entry("mail", .showMessage, "/m/\(message.rawValue)"))
            }
            entries += ["<hr>", deed("trash", .toTrash, path + "/trash")]
        }
        return """
            <details class="menu-of"><summary class="btn quiet icon small" \
            aria-label="\(visit.say(.actionsFor(document.name)))">\(Icon("more").svg)</summary>\
            <div class="menu">\(entries)</div></details>
            """
    }

    private func entry(_ icon: Icon, _ words: Phrase, _ path: String) -> HTML {
        "<a href=\"\(link: path)\">\(icon.svg)\(visit.say(words))</a>"
    }

    private func deed(_ icon: Icon, _ words: Phrase, _ path: String) -> HTML {
        """
        <form method="post" action="\(link: path)">\(visit.token)\
        <button>\(icon.svg)\(visit.say(words))</button></form>
        """
    }
}
