internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Sanitizer
internal import Store

/// A message's body, read from its original and, if it is a page, cleaned.
struct ShownBody: Sendable {
    let plain: String
    /// Nil: there is only text.
    let page: CleanMail?
    let isPageTooLarge: Bool
    /// What it says, for guessing its language.
    let words: String

    init(_ message: ShownMessage, _ vault: Vault, showsPictures: Bool) async throws {
        guard let original = message.original else { throw PageError.notFound }
        // The ledger knows which parts are its texts; our own letters have no such rows.
        let texts = message.parts.filter { part in
            part.unwrappedFrom == nil && part.reason == LedgerReason.text.rawValue
        }
        let read = try await MessageReader(vault: vault).read(
            original.place, original.digest, shown: texts.isEmpty ? nil : Set(texts.map(\.section)))
        guard let html = read.body.html else {
            (plain, page, isPageTooLarge) = (read.body.plain, nil, false)
            words = plain
            return
        }
        let pictures = Self.pictures(message)
        page = MailSanitizer(showsRemotePictures: showsPictures) { pictures[$0] }.clean(html)
        isPageTooLarge = page == nil
        plain = page == nil ? read.body.pageText : read.body.plain
        words = plain.isEmpty ? read.body.pageText : plain
    }

    /// The addresses of the message's own parts, by Content-ID: no other mail's are among them.
    private static func pictures(_ message: ShownMessage) -> [String: String] {
        var pictures: [String: String] = [:]
        for part in message.parts where part.unwrappedFrom == nil {
            guard let id = part.contentID, pictures[id] == nil else { continue }
            pictures[id] = MessagePaths.part(part.section, of: message.summary.number)
        }
        return pictures
    }
}

/// The addresses of what belongs to a message.
enum MessagePaths {
    static func body(_ message: MessageNumber) -> String { "/m/\(message)/body" }
    static func original(_ message: MessageNumber) -> String { "/m/\(message)/original" }
    static func headers(_ message: MessageNumber) -> String { "/m/\(message)/headers" }
    /// A section of a member has a slash.
    static func part(_ section: Section, of message: MessageNumber) -> String {
        "/m/\(message)/part/\(section)"
    }
}
