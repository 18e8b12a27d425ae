internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// Which of an account's pages one is on.
enum AccountTab: String, CaseIterable {
    case documents, email, requests, shares, contacts, activity, settings

    var words: Phrase {
        switch self {
        case .documents: .documents
        case .email: .email
        case .requests: .requests
        case .shares: Sharing.shares
        case .contacts: .contacts
        case .activity: .activity
        case .settings: .settings
        }
    }
}

/// What stands around an account's pages: whose they are, and the way from one to the other.
///
/// An account that this person may not see does not exist for him.
struct AccountFrame {
    let visit: Visit
    let head: AccountHead
    let contacts: [ContactAddress]

    static func load(_ visit: Visit) async throws -> AccountFrame {
        guard let number = AccountNumber(visit.request[parameter: "number"]) else { throw PageError.notFound }
        let staff = visit.staff
        let found = try await visit.read { transaction -> (AccountHead, [ContactAddress])? in
            guard let head = try transaction.accountHead(number, for: staff) else { return nil }
            return (head, try transaction.contactAddresses(account: head.id))
        }
        guard let found else { throw PageError.notFound }
        return AccountFrame(visit: visit, head: found.0, contacts: found.1)
    }

    var path: String { "/accounts/\(head.number.text)" }
    func path(_ tab: AccountTab) -> String { "\(path)/\(tab.rawValue)" }

    /// The name by which open pages hear of changes.
    var part: String { "account-\(head.id.rawValue)" }

    /// What was done is shown on every open page.
    func changed(_ more: String...) { visit.site.changed([part, "accounts"] + more) }

    func page(
        _ tab: AccountTab, title: String? = nil, status: Status = .ok, _ content: HTML
    ) async throws -> Response {
        let main: HTML = """
            <main class="page" id="main">\(headHTML(tab))\(content)</main>
            """
        return try await visit.page(
            "\(title ?? visit.say(tab.words)) · \(head.name)", current: .accounts, main,
            scripts: [Assets.accounts], status: status)
    }

    private func headHTML(_ current: AccountTab) -> HTML {
        """
        <div class="page-head" id="account-head" data-part="\(part) requests">\
        <nav class="crumbs" aria-label="\(visit.say(.path))"><a href="/accounts">\(visit.say(.accounts))</a>\
        \(Icon("right").svg)<span>\(head.name)</span></nav>\
        <div class="title">\(Avatar(head.name, "lg square").html)<div><h1>\(head.name)</h1>\
        <p class="facts">\(facts)</p></div><div class="actions">\(writing)\
        <a class="btn primary" href="\(link: "/requests/new?account=\(head.number.text)")">\(Icon("task").svg)\
        \(visit.say(.requestFiles))</a></div></div>\
        <nav class="tabs" aria-label="\(visit.say(.account))">\(AccountTab.allCases.map { tab($0, current) })</nav></div>
        """
    }

    /// A sheet with the account and its main contact on it.
    private var writing: HTML {
        guard visit.may(.writeLetters) else { return .empty }
        return """
            <a class="btn" href="\(link: "/write?account=\(head.number.text)")">\(Icon("mail").svg)\
            \(visit.say(Writing.writeMail))</a>
            """
    }

    private var facts: HTML {
        var facts: [HTML] = ["<span>\(visit.say(AccountWords.type(head.type))) \(head.number.text)</span>"]
        if let first = contacts.main ?? contacts.first {
            facts.append("<span>\(first.name), \(first.address)</span>")
            if contacts.count > 1 {
                facts.append(
                    "<a href=\"\(link: path(.contacts))\">\(visit.say(.moreAddresses(contacts.count - 1)))</a>"
                )
            }
        }
        facts.append(
            "<span>\(Icon("user").svg) \(head.assigned?.name ?? visit.say(.nobodyAssigned))</span>")
        facts.append("<span>\(Icon("globe").svg) \(visit.say(AccountWords.language(head.language)))</span>")
        if head.isRestricted { facts.append("<span>\(Icon("lock").svg) \(visit.say(.restricted))</span>") }
        return facts.joined()
    }

    private func tab(_ tab: AccountTab, _ current: AccountTab) -> HTML {
        let count: Int? =
            switch tab {
            case .documents: head.documents
            case .email: head.conversations
            case .requests: head.openRequests
            case .contacts: Set(contacts.map(\.contact)).count
            case .shares, .activity, .settings: nil
            }
        let number: HTML = count.map { $0 > 0 ? "<span class=\"n\">\($0)</span>" : .empty } ?? .empty
        return """
            <a href="\(link: path(tab))"\(attribute: "aria-current", tab == current ? "page" : nil)>\
            \(visit.say(tab.words))\(number)</a>
            """
    }
}

extension [ContactAddress] {
    /// Whom one writes to: a person who speaks for this account above all, else the first person.
    var main: ContactAddress? {
        first { $0.isPrimary && $0.kind == .person } ?? first { $0.kind == .person }
    }
}

/// Words for what an account is.
enum AccountWords {
    static func type(_ type: AccountType) -> Phrase {
        switch type {
        case .client: Phrase(de: "Mandant", en: "Client", ja: "お客様")
        case .prospect: Phrase(de: "Interessent", en: "Prospect", ja: "見込みのお客様")
        case .guest: Phrase(de: "Gast", en: "Guest", ja: "ゲスト")
        }
    }

    static func language(_ language: Language) -> Phrase {
        switch language {
        case .de: Phrase(same: "Deutsch")
        case .en: Phrase(same: "English")
        case .ja: Phrase(same: "日本語")
        }
    }

    static func access(_ access: Access) -> Phrase {
        switch access {
        case .edit: .clientMayEdit
        case .view: .clientMayView
        case .private: .teamOnly
        }
    }

    /// The colour of its badge in the style.
    static func badge(_ access: Access) -> String { access.rawValue }

    static func icon(_ access: Access) -> Icon {
        switch access {
        case .edit: "pen"
        case .view: "eye"
        case .private: "lock"
        }
    }

    static func mistake(_ mistake: NameMistake) -> Phrase {
        switch mistake {
        case .empty: Phrase(de: "Ein Name fehlt.", en: "A name is missing.", ja: "名前を入力してください。")
        case .tooLong:
            Phrase(
                de: "Der Name ist zu lang. Bitte nehmen Sie einen kürzeren, am besten unter 60 Zeichen.",
                en: "The name is too long. Please choose a shorter one, best below 60 characters.",
                ja: "名前が長すぎます。60文字以内の名前にしてください。")
        case .unfit(let safe):
            Phrase(
                de: "So kann eine Datei nicht auf jedem System heißen. Möglich wäre „\(safe)“.",
                en: "Not every system can have a file of that name. “\(safe)” would do.",
                ja: "この名前は使えないシステムがあります。「\(safe)」なら使えます。")
        case .taken:
            Phrase(
                de: "Diesen Namen gibt es hier schon.", en: "That name is taken here.", ja: "同じ名前がすでにあります。")
        }
    }
}
