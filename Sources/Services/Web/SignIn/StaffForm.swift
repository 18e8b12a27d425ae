internal import HTTP
internal import Mailroom
internal import Text

/// What somebody typed about a colleague or themselves, with what is wrong beside it.
struct StaffForm {
    var name = ""
    var login = ""
    var email = ""
    private var password = ""
    private var wrong: [String: Phrase] = [:]

    init() {}

    init(_ form: FormItems) {
        name = Self.trimmed(form["name"] ?? "")
        login = Self.trimmed(form["login"] ?? "").lowercased()
        email = Self.trimmed(form["email"] ?? "")
        password = form["password"] ?? ""
    }

    init(_ member: StaffMember) {
        name = member.name
        login = member.login
        email = member.email ?? ""
    }

    /// Whether all is well; what is not stands at its field from then on.
    mutating func check(login isAsked: Bool = true) -> Bool {
        if name.isEmpty || name.count > 100 || name.unicodeScalars.contains(where: { $0.value < 32 }) {
            wrong["name"] = .nameWrong
        }
        if isAsked, StaffLogin(login) == nil { wrong["login"] = .loginWrong }
        if !email.isEmpty, AddressKey(email) == nil || email.contains(where: \.isWhitespace) {
            wrong["email"] = .emailWrong
        }
        return wrong.isEmpty
    }

    mutating func loginIsTaken() { wrong["login"] = .loginTaken }

    mutating func checkPassword(firm: String) -> StaffPassword? {
        do throws(StaffPassword.Refusal) {
            return try StaffPassword(password, of: [login, name, firm])
        } catch {
            wrong["password"] = Self.words(error)
            return nil
        }
    }

    static func words(_ refusal: StaffPassword.Refusal) -> Phrase {
        switch refusal {
        case .tooShort: .passwordTooShort
        case .tooLong: .passwordTooLong
        case .hasControlCharacters: .passwordControl
        case .guessable: .passwordGuessable
        }
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    func nameField(_ language: Language, _ label: Phrase = .yourName) -> Field {
        Field(
            "name", label[language], value: name, hint: Phrase.nameHint[language],
            error: wrong["name"]?[language], isRequired: true, autocomplete: "name")
    }

    func loginField(_ language: Language) -> Field {
        Field(
            "login", Phrase.login[language], value: login, hint: Phrase.loginHint[language],
            error: wrong["login"]?[language], isRequired: true, autocomplete: "username")
    }

    func emailField(_ language: Language) -> Field {
        let label = "\(Phrase.emailAddress[language]) (\(Phrase.optional[language]))"
        return Field(
            "email", label, value: email, type: "email", error: wrong["email"]?[language],
            autocomplete: "email")
    }

    func passwordField(_ language: Language) -> Field {
        Field(
            "password", Phrase.password[language], type: "password", hint: Phrase.passwordHint[language],
            error: wrong["password"]?[language], isRequired: true, autocomplete: "new-password")
    }
}
