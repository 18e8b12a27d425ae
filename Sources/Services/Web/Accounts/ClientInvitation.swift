internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// Below an address with the switch *login*: whether its owner was invited, and the button that does it.
struct ClientInvitation {
    let visit: Visit
    /// The account's.
    let path: String
    let entry: ContactAddress
    let invited: [AddressKey: Timestamp]
    /// Why it was not done.
    let refused: Phrase?

    var html: HTML {
        guard entry.switches.contains(.login), entry.kind == .person else { return .empty }
        let moment = AddressKey(entry.address).flatMap { invited[$0] }
        let words = moment.map { Phrase.invitedOn(visit.when.full($0)) } ?? .notInvited
        let wrong: HTML =
            refused.map {
                "<p class=\"wrong\" role=\"alert\">\(Icon("alert").svg)<span>\(visit.say($0))</span></p>"
            } ?? .empty
        let button: HTML =
            visit.may(.changeAccounts)
            ? """
            <form class="inline" method="post" action="\(link: path + "/contacts/invite")">\(visit.token)\
            <input type="hidden" name="address" value="\(entry.address)"><button class="btn small">\(Icon("send").svg)\
            \(visit.say(moment == nil ? .invite : .inviteAgain))<span class="sr">: \(entry.address)</span></button></form>
            """ : .empty
        return """
            <div class="address invited"><span class="grow muted">\(Icon("key").svg)\(visit.say(words))</span>\(button)</div>\(wrong)
            """
    }

    static func words(_ mistake: InvitationMistake) -> Phrase {
        switch mistake {
        case .notContact, .guestAccount: .noSuchContact
        case .noLogin: .loginIsOff
        case .notPerson: .nobodyReadsThere
        case .noPages: .noClientPages
        case .noServer: .noLetterServer
        }
    }
}

extension Phrase {
    static let invite = Phrase(de: "Einladen", en: "Invite", ja: "招待する")
    static let inviteAgain = Phrase(de: "Noch einmal einladen", en: "Invite again", ja: "もう一度招待する")
    static let notInvited = Phrase(
        de: "Noch nicht eingeladen: erst danach öffnet der Zugang die Unterlagen.",
        en: "Not invited yet: only then does the login open the documents.", ja: "未招待です。招待後にログインできます。")
    static func invitedOn(_ moment: String) -> Phrase {
        Phrase(de: "Eingeladen am \(moment)", en: "Invited on \(moment)", ja: "\(moment) に招待済み")
    }
    static let noSuchContact = Phrase(
        de: "Diese Adresse gehört nicht mehr zum Mandanten.",
        en: "This address no longer belongs to the account.", ja: "このアドレスは登録されていません。")
    static let loginIsOff = Phrase(
        de: "Der Zugang dieser Adresse ist ausgeschaltet.", en: "The login of this address is off.",
        ja: "このアドレスのログインは無効です。")
    static let nobodyReadsThere = Phrase(
        de: "Dort liest niemand: es ist ein Gerät oder ein Portal.",
        en: "Nobody reads there: it is a device or a service.", ja: "機器またはポータルのアドレスです。")
    static let noClientPages = Phrase(
        de: "Es gibt noch keine Seiten für Mandanten: in der Konfiguration fehlt [web] public_url.",
        en: "There are no pages for clients yet: [web] public_url is missing in the configuration.",
        ja: "お客様用ページが未設定です（[web] public_url）。")
    static let noLetterServer = Phrase(
        de: "Es gibt noch keinen Server zum Senden: in der Konfiguration fehlt [smtp].",
        en: "There is no server to send by yet: [smtp] is missing in the configuration.",
        ja: "送信サーバーが未設定です（[smtp]）。")
}
