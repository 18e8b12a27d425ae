package import Systemd

/// What the logins tell the journal: one function an event, and never a token.
package struct LoginEvents: Sendable {
    private let log: Log

    package init(_ log: Log) { self.log = log }

    func renewed(_ mailbox: String, seconds: Int, isRotated: Bool) {
        log.event(
            "token-renewed", .debug, [Log.Field("mailbox", mailbox)],
            "\(mailbox): a token for \(seconds) s" + (isRotated ? ", and a new refresh token" : ""))
    }

    func trouble(_ trouble: LoginTrouble) {
        let priority: Log.Priority = trouble.kind == .passing ? .warning : .error
        log.event(
            trouble.kind == .signIn ? "sign-in-needed" : "no-token", priority,
            [Log.Field("mailbox", trouble.mailbox)],
            "\(trouble.mailbox): \(trouble)" + (trouble.retryAfter.map { "; next try in \($0) s" } ?? ""))
    }

    func refused(_ mailbox: String) {
        log.event(
            "token-refused", .warning, [Log.Field("mailbox", mailbox)],
            "\(mailbox): the server refused a token that should be good: one new one is fetched")
    }

    func signedIn(_ mailbox: String) {
        log.event("signed-in", .notice, [Log.Field("mailbox", mailbox)], "\(mailbox): signed in")
    }
}
