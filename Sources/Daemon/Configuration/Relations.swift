internal import HTTP
internal import TOML

/// Mistakes that no single value has: what is missing, what refers to nothing, what does not go together.
struct Relations {
    private let settings: Settings
    private let excused: Excuses
    private(set) var diagnostics: [Diagnostic] = []

    init(_ settings: Settings, _ excused: Excuses) {
        self.settings = settings
        self.excused = excused
        for instance in settings.instances { checkRequired(instance) }
        for mailbox in settings.all(Configuration.Mailbox.section) {
            checkPlainText(mailbox)
            checkProof(mailbox)
        }
        checkSending()
        checkTwins()
        checkListeners()
        checkWeb()
        checkRules()
        checkFolders()
        checkTemplates()
    }

    private mutating func fail(_ message: String, at span: Span, _ source: SourceText, _ hint: String? = nil)
    {
        diagnostics.append(Diagnostic(.error, message, at: span, of: source, hint: hint))
    }

    private mutating func warn(_ message: String, at span: Span, _ source: SourceText, _ hint: String? = nil)
    {
        diagnostics.append(Diagnostic(.warning, message, at: span, of: source, hint: hint))
    }

    private mutating func checkRequired(_ instance: Instance) {
        guard let header = instance.header else { return }
        for setting in instance.section.settings where setting.isRequired && !instance.isSet(setting.key) {
            guard !excused.has(setting.key, header.source.name, header: header.span.line) else { continue }
            fail(
                "\(instance.title) has no “\(setting.key)”", at: header.span, header.source,
                "add \(setting.key) = \(setting.example)")
        }
    }

    /// A password in plain text on a network is everybody's.
    private mutating func checkPlainText(_ mailbox: Instance) {
        guard case .text("plain") = mailbox.value("security"), let entry = mailbox.entries["security"],
            mailbox.value("allow_plain_text") != .flag(true), let host = mailbox.optionalText("host"),
            !Self.isLoopback(host)
        else { return }
        fail(
            "the password would go to \(host) for everybody to read", at: entry.node.span, entry.source,
            "write \"tls\" or \"starttls\", or add allow_plain_text = true")
    }

    /// A login is a password, or a token with all it takes to get one.
    private mutating func checkProof(_ mailbox: Instance) {
        let usesTokens = mailbox.value("auth") == .text(Configuration.Mailbox.Authentication.oauth2.rawValue)
        if let entry = mailbox.entries["oauth2"] {
            diagnostics += OAuth2Relations(entry)?.diagnostics ?? []
            if !usesTokens {
                fail(
                    "“oauth2” has no use without auth = \"oauth2\"", at: entry.keySpan, entry.source,
                    "add that line, or leave this one out")
            }
        } else if usesTokens, let entry = mailbox.entries["auth"] {
            fail(
                "“oauth2” is missing", at: entry.node.span, entry.source,
                "add oauth2 = \(Configuration.Mailbox.oauth2.example)")
        }
        let isExcused = mailbox.header.map { excused.has("password", $0.source.name, header: $0.span.line) }
        guard !usesTokens, !mailbox.isSet("oauth2"), !mailbox.isSet("password"), isExcused != true,
            let header = mailbox.header
        else { return }
        fail(
            "\(mailbox.title) has no “password”", at: header.span, header.source,
            "add password = \(mailbox.section["password"]?.example ?? "")")
    }

    // MARK: - Sending

    private mutating func checkSending() {
        for smtp in settings.all(Configuration.Sending.section) {
            checkPlainText(smtp)
            checkLogin(smtp)
            checkCopy(smtp)
        }
        for mailbox in settings.all(Configuration.Mailbox.section) {
            guard let entry = mailbox.entries["smtp"], let smtp = mailbox.table("smtp") else { continue }
            if case .text("plain") = smtp.value("security"), smtp.value("allow_plain_text") != .flag(true),
                let host = smtp.optionalText("host"), !Self.isLoopback(host)
            {
                fail(
                    "the password would go to \(host) for everybody to read", at: entry.node.span,
                    entry.source,
                    "write \"tls\" or \"starttls\", or add allow_plain_text = true")
            }
            let usesTokens = mailbox.value("auth") == .text("oauth2")
            if smtp.value("auth") == .text("oauth2"), !usesTokens {
                fail(
                    "“smtp” has auth = \"oauth2\", and \(mailbox.title) has not", at: entry.node.span,
                    entry.source, "the tokens are the mailbox's own")
            } else if smtp.isSet("user"), !smtp.isSet("password"), !usesTokens {
                fail(
                    "the login of “smtp” has no password", at: entry.node.span, entry.source,
                    "leave “user” out for the mailbox's own login")
            }
        }
    }

    private mutating func checkLogin(_ smtp: Instance) {
        guard smtp.value("auth") != .text("oauth2") else { return checkTokens(smtp) }
        for (one, other) in [("user", "password"), ("password", "user")] {
            guard let entry = smtp.entries[one], !smtp.isSet(other), let header = smtp.header,
                !excused.has(other, header.source.name, header: header.span.line)
            else { continue }
            fail(
                "a login needs “\(other)” too", at: entry.keySpan, entry.source,
                smtp.section[other].map { "add \(other) = \($0.example)" })
        }
    }

    /// Tokens are a mailbox's; it is the one that keeps the copies.
    private mutating func checkTokens(_ smtp: Instance) {
        guard let entry = smtp.entries["auth"] else { return }
        guard let copy = smtp.entries["copy_to"] else {
            fail(
                "auth = \"oauth2\" needs “copy_to”", at: entry.node.span, entry.source,
                "add copy_to = \"NAME\", a mailbox with auth = \"oauth2\"")
            return
        }
        guard case .text(let name) = copy.value,
            let mailbox = settings.all(Configuration.Mailbox.section).first(where: { $0.name == name }),
            mailbox.value("auth") != .text("oauth2")
        else { return }
        fail(
            "[mailbox.\(name)] has no tokens", at: copy.node.span, copy.source,
            "name one with auth = \"oauth2\"")
    }

    private mutating func checkCopy(_ smtp: Instance) {
        guard let entry = smtp.entries["copy_to"], case .text(let name) = entry.value else { return }
        let names = settings.all(Configuration.Mailbox.section).compactMap(\.name)
        guard !names.contains(name) else { return }
        let near = Suggestion.nearest(to: name, among: names).map { "did you mean “\($0)”?" }
        let all = names.isEmpty ? "there is no mailbox at all" : "there are " + names.joined(separator: ", ")
        fail("there is no [mailbox.\(name)]", at: entry.node.span, entry.source, near ?? all)
    }

    /// Two sections for one login read everything twice, and count its mail twice.
    private mutating func checkTwins() {
        var seen: [[String]: String] = [:]
        for mailbox in settings.all(Configuration.Mailbox.section) {
            guard let host = mailbox.optionalText("host"), let user = mailbox.optionalText("user"),
                let header = mailbox.header
            else { continue }
            let login = [host.lowercased(), user.lowercased(), mailbox.value("port")?.toml ?? ""]
            if let other = seen[login] {
                warn(
                    "this reads the same mail as \(other)", at: header.span, header.source,
                    "one of them is enough")
            }
            seen[login] = mailbox.title
        }
    }

    /// Figures without a password are for this machine, unless somebody decided otherwise.
    private mutating func checkListeners() {
        let metrics = settings.only(Configuration.Metrics.section)
        guard let entry = metrics.entries["listen"], case .text(let text) = entry.value,
            let address = ListenerAddress(text), !address.isLocal,
            metrics.value("allow_remote") != .flag(true)
        else { return }
        fail(
            "other machines reach \(address), and there is no password", at: entry.node.span, entry.source,
            "write \"127.0.0.1:9125\", or add allow_remote = true")
    }

    /// Pages are served without TLS, and whom a header field names may be the owner.
    private mutating func checkWeb() {
        let web = settings.only(Configuration.Web.section)
        let listeners = web.texts("listen").compactMap { ListenerAddress($0) }
        if let entry = web.entries["listen"], web.texts("trusted_proxies").isEmpty,
            let remote = listeners.first(where: { !$0.isLocal })
        {
            fail(
                "passwords would go to \(remote) for everybody to read", at: entry.node.span, entry.source,
                "write \"127.0.0.1:8025\", or name the web server in front in trusted_proxies")
        }
        if let entry = web.entries["staff_header"], !web.isSet("staff_header_secret") {
            let isUnix = listeners.contains {
                switch $0 {
                case .unix: true
                case .address: false
                }
            }
            guard !isUnix else { return }
            fail(
                "any program on this machine could say that it is the owner", at: entry.keySpan, entry.source,
                "listen on a Unix socket, or add staff_header_secret = { credential = \"web-header\" }")
        }
        if let entry = web.entries["staff_header_secret"], !web.isSet("staff_header") {
            fail(
                "there is no header field that it could prove", at: entry.keySpan, entry.source,
                "add staff_header = \"X-Remote-User\", or take this away")
        }
    }

    static func isLoopback(_ host: String) -> Bool {
        let bytes = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = bytes.count == 4 && bytes.allSatisfy { UInt8($0) != nil } && bytes[0] == "127"
        return isIPv4 || ["localhost", "::1", "[::1]"].contains(host.lowercased())
    }

    // MARK: - Rules

    private mutating func checkRules() {
        let names = settings.all(Configuration.Mailbox.section).compactMap(\.name)
        let rules = settings.all(Configuration.Rule.section)
        var seen: [String: Place] = [:]
        for (index, rule) in rules.enumerated() {
            checkReferences(rule, names)
            if let entry = rule.entries["name"], case .text(let name) = entry.value {
                if let other = seen[name] {
                    warn(
                        "there is another rule “\(name)”", at: entry.node.span, entry.source,
                        "it is at \(other)")
                }
                seen[name] = entry.place
            }
            let conditions = ["mailbox", "from", "file_name", "subject"]
            guard index + 1 < rules.count, let header = rule.header,
                conditions.allSatisfy({ rule.value($0) == nil || rule.value($0) == .texts([]) }),
                conditions.allSatisfy({ !rule.isSet($0) || rule.entries[$0]?.value != nil })
            else { continue }
            warn(
                "this rule fits everything: those below it are never used", at: header.span,
                header.source, "move it to the end")
        }
    }

    private mutating func checkReferences(_ rule: Instance, _ names: [String]) {
        guard let entry = rule.entries["mailbox"], case .array(let nodes) = entry.node.value else { return }
        for node in nodes {
            guard case .string(let name) = node.value, !names.contains(name) else { continue }
            let near = Suggestion.nearest(to: name, among: names).map { "did you mean “\($0)”?" }
            let all =
                names.isEmpty ? "there is no mailbox at all" : "there are " + names.joined(separator: ", ")
            fail("there is no [mailbox.\(name)]", at: node.span, entry.source, near ?? all)
        }
    }

    // MARK: - Folders

    private mutating func checkFolders() {
        let folders = settings.all(Configuration.Folder.section)
        guard let first = folders.first?.header else { return }
        let defaults = folders.filter { $0.value("default") == .flag(true) }
        if defaults.isEmpty,
            !folders.contains(where: { $0.entries["default"]?.value == nil && $0.isSet("default") })
        {
            fail(
                "no [[folder]] is the default one", at: first.span, first.source,
                "add default = true to the one that clients' documents go to")
        }
        for folder in defaults.dropFirst() {
            guard let entry = folder.entries["default"], let other = defaults[0].entries["default"] else {
                continue
            }
            fail(
                "there can be only one default folder", at: entry.keySpan, entry.source,
                "the other is at \(other.place)")
        }
        var seen: [String: Place] = [:]
        for folder in folders {
            guard let entry = folder.entries["name"], case .names(let names) = entry.value else { continue }
            for name in Set([names.de, names.ja, names.en]).sorted() {
                if name.lowercased() == Configuration.Folder.intake.lowercased() {
                    fail("every account has a folder “\(name)” already", at: entry.node.span, entry.source)
                } else if let other = seen[name.lowercased()] {
                    fail(
                        "there is another folder “\(name)”", at: entry.node.span, entry.source,
                        "it is at \(other)")
                }
                seen[name.lowercased()] = entry.place
            }
        }
    }

    /// A document in a folder that no account has would wait for staff, each time.
    private mutating func checkTemplates() {
        let folders = settings.all(Configuration.Folder.section)
        let written = folders.compactMap { folder -> LocalizedName? in
            guard case .names(let names) = folder.entries["name"]?.value else { return nil }
            return names
        }
        let names = written.isEmpty ? Configuration.Folder.builtIn.map(\.name) : written
        let known = names.flatMap { [$0.de, $0.ja, $0.en] } + [Configuration.Folder.intake]
        let users = settings.all(Configuration.Filing.section) + settings.all(Configuration.Rule.section)
        for entry in users.compactMap({ $0.entries["folder"] }) {
            guard case .text(let text) = entry.value, let top = text.split(separator: "/").first,
                !top.contains("{"), !known.contains(String(top))
            else { continue }
            let near = Suggestion.nearest(to: String(top), among: known)
            warn(
                "no new account has a folder “\(top)”", at: entry.node.span, entry.source,
                near.map { "did you mean “\($0)”?" }
                    ?? "begin with {default}, or add a [[folder]] of that name")
        }
    }
}
