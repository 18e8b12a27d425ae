internal import Markup

/// The field for the password of encrypted files, and what it opens them with.
struct PasswordForm {
    let visit: Visit
    /// Where it is sent to.
    let path: String
    let parts: [String]
    /// Tells it from the others on a page.
    let id: String
    /// Whose files they are; nil: of nobody a password can be remembered.
    let account: String?
    /// How many passwords are remembered already.
    let remembered: Int
    let wrong: Phrase?
    /// The page to return to.
    let back: String?

    init(
        _ visit: Visit, _ path: String, parts: [String], id: String, account: String?, remembered: Int,
        wrong: Phrase? = nil, back: String? = nil
    ) {
        self.visit = visit
        self.path = path
        self.parts = parts
        self.id = id
        self.account = account
        self.remembered = remembered
        self.wrong = wrong
        self.back = back
    }

    var html: HTML {
        let hidden = parts.map { "<input type=\"hidden\" name=\"part\" value=\"\($0)\">" as HTML }.joined()
        let back: HTML =
            back.map { "<input type=\"hidden\" name=\"back\" value=\"\($0)\">" as HTML } ?? .empty
        let remember: HTML =
            account.map { name -> HTML in
                """
                <label class="check"><input type="checkbox" name="remember" value="yes">\
                <span>\(visit.say(.rememberPassword(name)))</span></label>
                """
            } ?? .empty
        return """
            <form method="post" action="\(link: path)" class="unlock">\(visit.token)\(hidden)\(back)\
            <input type="hidden" name="item" value="\(id)"><div class="field">\
            <label for="password-\(id)">\(visit.say(.filePassword))</label><div class="row-flex">\
            <input id="password-\(id)" name="password" type="password" autocomplete="off" spellcheck="false"\
            \(attribute: "aria-invalid", wrong == nil ? nil : "true")\(attribute: "aria-describedby", described)>\
            <button class="btn primary">\(Icon("key").svg)\(visit.say(.openFile))</button></div>\(below)</div>\
            \(remember)</form>
            """
    }

    private var described: String? {
        let ids = [remembered > 0 ? "hint-\(id)" : nil, wrong == nil ? nil : "wrong-\(id)"].compactMap { $0 }
        return ids.isEmpty ? nil : ids.joined(separator: " ")
    }

    private var below: HTML {
        let hint: HTML =
            remembered > 0
            ? "<small id=\"hint-\(id)\">\(visit.say(.rememberedPasswords(remembered)))</small>" : .empty
        let error: HTML =
            wrong.map {
                """
                <p class="wrong" id="wrong-\(id)" role="alert">\(Icon("alert").svg)<span>\(visit.say($0))</span></p>
                """
            } ?? .empty
        return hint + error
    }
}
