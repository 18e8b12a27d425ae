internal import Mail
internal import Mailroom
package import Systemd

/// What the intake tells the journal: one function an event, and no names, subjects or addresses unless
/// allowed.
package struct Events: Sendable {
    private let log: Log

    package init(_ log: Log) { self.log = log }

    func connected(_ source: String, _ server: String) {
        log.event(
            "connected", .info, [Log.Field("mailbox", source), Log.Field("server", server)],
            "\(source): connected to \(server)")
    }

    func sourceFailed(_ source: String, _ words: String, nextTry seconds: Int) {
        log.event(
            "source-failed", .warning, [Log.Field("mailbox", source)],
            "\(source): \(words); next try in \(seconds) s")
    }

    func alarm(_ source: String, _ words: String) {
        log.event("alarm", .warning, [Log.Field("mailbox", source)], "\(source): \(words)")
    }

    func uidValidityChanged(
        _ source: String, _ name: MailboxName, from old: UIDValidity, to new: UIDValidity
    ) {
        log.event(
            "uidvalidity-changed", .notice, [Log.Field("mailbox", source)],
            "\(source)/\(name): UIDVALIDITY changed from \(old) to \(new): messages are told by their headers"
        )
    }

    func mailboxVanished(_ source: String, _ name: MailboxName) {
        log.event(
            "mailbox-vanished", .notice, [Log.Field("mailbox", source)],
            "\(source)/\(name) is no longer on the server; what was in it stays here")
    }

    func gaveNothing(_ source: String, _ name: MailboxName, _ uids: [UID]) {
        log.event(
            "gave-nothing", .warning, [Log.Field("mailbox", source)],
            "\(source)/\(name): the server gave nothing for UID \(UIDSet(uids))")
    }

    func setAside(_ source: String, _ name: MailboxName, _ uid: UID) {
        log.event(
            "quarantined", .error, [Log.Field("mailbox", source)],
            "\(source)/\(name): UID \(uid) could not be read and is set aside with its octets; "
                + "mailroom message list --quarantined")
    }

    func recorded(_ source: String, _ name: MailboxName, messages: Int, filed: Int, waiting: Int) {
        log.event(
            "recorded", .info, [Log.Field("mailbox", source)],
            "\(source)/\(name): \(messages) messages, \(filed) documents filed, \(waiting) wait")
    }

    /// Only where `[log] private` is off.
    func named(_ source: String, from: String, subject: String?, files: [String]) {
        log.event(
            "message", .info, [Log.Field("mailbox", source)],
            "\(source): “\(subject ?? "")” from \(from)"
                + (files.isEmpty ? "" : " with " + files.joined(separator: ", ")))
    }

    func progress(_ source: String, done: Int, of total: Int) {
        log.event(
            "progress", .info, [Log.Field("mailbox", source)], "\(source): \(done) of \(total) messages")
    }

    func notPlaced(_ document: DocumentID, _ words: String) {
        log.event(
            "not-placed", .error, [Log.Field("document", document.rawValue)],
            "document \(document.rawValue) has no file: \(words)")
    }

    func notWatched(_ words: String) {
        log.event(
            "not-watched", .warning, [],
            "\(words): what changes in the tree of documents is seen once an hour; "
                + "see sysctl fs.inotify.max_user_watches")
    }

    func diskFailed(_ words: String) {
        log.event("disk-failed", .warning, [], "looking at the tree of documents: \(words)")
    }

    func adopted(_ account: AccountID, _ count: Int) {
        log.event(
            "adopted", .info, [Log.Field("account", account.rawValue)],
            "\(count) changes in the tree of documents were adopted")
    }

    func putBack(_ account: AccountID, _ count: Int) {
        log.event(
            "put-back", .warning, [Log.Field("account", account.rawValue)],
            "\(count) documents had no file, and have one again")
    }

    func storageFull(_ words: String) {
        log.event("storage", .error, [], "\(words): nothing is acknowledged until there is room")
    }
}
