internal import Mail
internal import Store
package import Systemd

/// The index's lines in the journal: what was not read, and why; never what anything says.
package struct IndexingEvents: Sendable {
    private let log: Log

    package init(_ log: Log) { self.log = log }

    func unread(message: String, _ error: any Error) {
        log.event(
            "index-failed", .warning, [Log.Field("message", message)],
            "message \(message) is found by its header alone: \(error)")
    }

    func unread(_ text: TextToRead, _ words: String) {
        log.event(
            "text-failed", .notice, [Log.Field("content", text.sha256)],
            "the text of content \(text.sha256.hex.prefix(12)) cannot be searched: \(words)")
    }

    func trouble(_ error: any Error, nextTry seconds: Int) {
        log.event("index-failed", .warning, [], "\(error); the index goes on in \(seconds) s")
    }

    func caughtUp(messages: Int, documents: Int) {
        log.event(
            "indexed", .info, [Log.Field("messages", messages), Log.Field("documents", documents)],
            "\(messages) messages and \(documents) documents can be searched now")
    }
}
