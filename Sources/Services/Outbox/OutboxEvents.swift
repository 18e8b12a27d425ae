internal import Mailroom
internal import Store
package import Systemd

/// The outbox's lines in the journal: no subjects, and no addresses unless allowed.
package struct OutboxEvents: Sendable {
    private let log: Log

    package init(_ log: Log) { self.log = log }

    func sent(_ route: String, _ letter: LetterID, recipients: Int) {
        log.event(
            "sent", .info, [Log.Field("letter", letter)], "\(route): letter \(letter) sent to \(recipients)")
    }

    func delayed(_ route: String, _ letter: LetterID, _ words: String) {
        log.event("delayed", .notice, [Log.Field("letter", letter)], "\(route): letter \(letter): \(words)")
    }

    func refused(_ route: String, _ letter: LetterID, _ words: String) {
        log.event(
            "refused", .warning, [Log.Field("letter", letter)], "\(route): letter \(letter) refused: \(words)"
        )
    }

    func unanswered(_ route: String, _ letter: LetterID, _ words: String) {
        log.event(
            "unanswered", .warning, [Log.Field("letter", letter)],
            "\(route): letter \(letter) may have been sent, the answer was lost: \(words)")
    }

    func reminded(_ request: RequestID, _ letter: LetterID) {
        log.event(
            "reminded", .info, [Log.Field("request", request), Log.Field("letter", letter)],
            "request \(request): reminder queued as letter \(letter)")
    }

    func trouble(_ route: String, _ words: String, nextTry seconds: Int) {
        log.event("send-failed", .warning, [], "\(route): \(words); next try in \(seconds) s")
    }

    func copied(_ source: String, _ letter: LetterID, isOurs: Bool) {
        log.event(
            "copied", .info, [Log.Field("mailbox", source), Log.Field("letter", letter)],
            "\(source): letter \(letter) is in Sent" + (isOurs ? "" : ", where the server had put it"))
    }

    func copyFailed(_ source: String, _ letter: LetterID, _ words: String) {
        log.event(
            "copy-failed", .warning, [Log.Field("mailbox", source), Log.Field("letter", letter)],
            "\(source): no copy of letter \(letter) in Sent: \(words)")
    }
}
