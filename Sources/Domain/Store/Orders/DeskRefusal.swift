/// Why something that a member of staff asked for can't be done.
///
/// The command line prints its words and ends with a code of its own for the
/// reason; a page says the reason in its reader's language, beside the field.
package struct DeskRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Reason: Hashable, Sendable, CaseIterable {
        case noMessage, noOriginal, unanswerable, nobody, noServer, noMailbox
        case noDocument, othersDocument, strangersDocument, tooLarge, unfit
        case noRequest, noAccount, tooLate, title, item, tooManyItems, text, controlCharacters, reminders
        case name, address, ours, machine, dayIsOver, expiresBeforeDue, noFolder, noRequestServer, noLinks
        case noRecipients, notRecipient, noItem, notCome, hasCome, note, nobodyToRemind, nothing,
            privateDocument,
            noShare, noLogin, openLink
    }

    package let reason: Reason
    /// A sentence in English.
    package let words: String
    /// What of the order it is about, as it was typed.
    package let about: String

    package init(_ reason: Reason, _ words: String, about: String = "") {
        self.reason = reason
        self.words = words
        self.about = about
    }

    package var description: String { words }
}
