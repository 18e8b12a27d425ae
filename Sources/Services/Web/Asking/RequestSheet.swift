internal import HTTP
internal import MIME
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// The sheet on which staff ask a client for documents, as it was filled in.
struct RequestSheet: Sendable {
    var folder = ""
    var title = ""
    var text = ""
    var items: [String] = []
    /// Addresses of contacts that are ticked.
    var contacts: [String] = []
    /// As typed.
    var others = ""
    var due = ""
    var language = Language.de
    var reminders = ""
    var documents: [DocumentID] = []
    /// What each link asks; nil: that was not to be chosen.
    var proof: LinkProof?
    /// The box is ticked beside what the team alone sees.
    var knowsPrivate = false
    /// Rows for items, empty ones too.
    var rows = 4
    /// Beside the field of that name.
    var errors: [String: Phrase] = [:]

    init() {}

    init(_ form: FormItems) {
        folder = (form["folder"] ?? "").oneLine.trimmed
        title = (form["title"] ?? "").oneLine.trimmed
        text = (form["text"] ?? "").lines.trimmed
        let typed = form.all("item").map { $0.oneLine.trimmed }
        items = typed.filter { !$0.isEmpty }
        contacts = form.all("contact")
        others = (form["recipients"] ?? "").oneLine
        due = (form["due"] ?? "").trimmed
        language = form["language"].flatMap { Language(rawValue: $0) } ?? .de
        reminders = (form["reminders"] ?? "").trimmed
        documents = form.all("document").compactMap { Int64($0) }.map { DocumentID($0) }
        proof = form["proof"].flatMap { LinkProof(rawValue: $0) }
        knowsPrivate = form["private"] == "yes"
        rows = max(4, min(100, typed.count + (form["action"] == "more" ? 5 : 0)))
    }

    /// What it asks for; nil where a field can't be read: its error says so.
    mutating func order(_ account: AccountID, person: String) -> RequestOrder? {
        var order = RequestOrder(account: account, title: title, text: text, person: person)
        order.folder = folder.isEmpty ? nil : folder
        order.language = language
        order.items = items
        order.documents = documents
        order.proof = proof
        order.knowsPrivate = knowsPrivate
        order.due = day(due, "due")
        if !reminders.isEmpty {
            order.reminders = RequestOrder.reminders(reminders)
            if order.reminders == nil { errors["reminders"] = .refusal(DeskRefusal(.reminders, "")) }
        }
        order.recipients = contacts
        if let more = ComposerState.addresses(others) {
            order.recipients += more.map { "\($0.address.localPart)@\($0.address.domain)" }
        } else {
            errors["recipients"] = Writing.unreadableAddress(others)
        }
        return errors.isEmpty ? order : nil
    }

    private mutating func day(_ text: String, _ field: String) -> CivilDay? {
        guard !text.isEmpty else { return nil }
        guard let day = CivilDay(text) else {
            errors[field] = RequestWords.notADay
            return nil
        }
        return day
    }

    mutating func take(_ refusal: DeskRefusal) { errors[refusal.reason.requestField] = .refusal(refusal) }
}

extension DeskRefusal.Reason {
    /// Beside which field of the sheet it is said.
    var requestField: String {
        switch self {
        case .title: "title"
        case .item, .tooManyItems: "items"
        case .text, .controlCharacters: "text"
        case .reminders: "reminders"
        case .address, .ours, .machine, .noRecipients, .nobody, .notRecipient, .strangersDocument:
            "recipients"
        case .dayIsOver, .expiresBeforeDue: "due"
        case .noFolder: "folder"
        case .noLogin, .openLink: "proof"
        case .noDocument, .othersDocument: "documents"
        case .privateDocument: "private"
        case .noMessage, .noOriginal, .unanswerable, .noServer, .noMailbox, .tooLarge, .unfit, .noRequest,
            .noAccount, .tooLate, .name, .noRequestServer, .noLinks, .noItem, .notCome, .hasCome, .note,
            .nobodyToRemind, .nothing, .noShare:
            "general"
        }
    }
}
