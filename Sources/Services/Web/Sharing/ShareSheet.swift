internal import HTTP
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// The sheet on which staff let somebody look at documents, as it was filled in.
struct ShareSheet: Sendable {
    var documents: [DocumentID] = []
    /// Addresses of contacts that are ticked.
    var contacts: [String] = []
    /// As typed.
    var others = ""
    var text = ""
    var until = ""
    var language = Language.de
    /// What each link asks.
    var proof = LinkProof.nothing
    /// The box is ticked beside what the team alone sees.
    var knowsPrivate = false
    /// Beside the field of that name.
    var errors: [String: Phrase] = [:]

    init() {}

    init(_ form: FormItems) {
        documents = Self.documents(form)
        contacts = form.all("contact")
        others = (form["recipients"] ?? "").oneLine
        text = (form["text"] ?? "").lines.trimmed
        until = (form["until"] ?? "").trimmed
        language = form["language"].flatMap { Language(rawValue: $0) } ?? .de
        proof = form["proof"].flatMap { LinkProof(rawValue: $0) } ?? .nothing
        knowsPrivate = form["private"] == "yes"
    }

    static func documents(_ form: FormItems) -> [DocumentID] {
        form.all("document").compactMap { Int64($0) }.map { DocumentID($0) }
    }

    /// What it shares; nil where a field can't be read: its error says so.
    mutating func order(_ account: AccountID, person: String) -> ShareOrder? {
        var order = ShareOrder(
            account: account, documents: documents, text: text, language: language, recipients: contacts,
            person: person, knowsPrivate: knowsPrivate)
        order.proof = proof
        if !until.isEmpty {
            order.lastDay = CivilDay(until)
            if order.lastDay == nil { errors["until"] = RequestWords.notADay }
        }
        if let more = ComposerState.addresses(others) {
            order.recipients += more.map { "\($0.address.localPart)@\($0.address.domain)" }
        } else {
            errors["recipients"] = Writing.unreadableAddress(others)
        }
        return errors.isEmpty ? order : nil
    }

    mutating func take(_ refusal: DeskRefusal) {
        let field: String =
            switch refusal.reason {
            case .dayIsOver: "until"
            default: refusal.reason.requestField
            }
        errors[field] =
            refusal.reason == .strangersDocument
            ? Sharing.otherClient(refusal.about)
            : refusal.reason == .noDocument && documents.isEmpty
                ? Sharing.nothingChosen : .refusal(refusal)
    }
}
