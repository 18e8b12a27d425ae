/// Why a mailbox has no token just now, and who can do something about it.
package struct LoginTrouble: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Hashable, Sendable {
        /// A person signs in anew: nobody has yet, or the sign-in is over.
        case signIn
        /// The configuration, or the provider's, is to be changed: client, secret, key, scope.
        case settings
        /// Nobody need do anything: the token endpoint is away or busy, or the disk is full.
        case passing
    }

    package let kind: Kind
    package let mailbox: String
    let words: String
    /// Seconds until it is tried again; nil: not before somebody does something.
    package let retryAfter: Int?

    init(_ kind: Kind, _ mailbox: String, _ words: String, retryAfter: Int? = nil) {
        self.kind = kind
        self.mailbox = mailbox
        self.words = words
        self.retryAfter = retryAfter
    }

    func waiting(_ seconds: Int) -> LoginTrouble {
        LoginTrouble(kind, mailbox, words, retryAfter: seconds)
    }

    package var description: String {
        switch kind {
        case .signIn:
            "sign-in needed: mailroom mailbox login \(mailbox)" + (words.isEmpty ? "" : " (\(words))")
        case .settings: "no token: \(words)"
        case .passing: "no token just now: \(words)"
        }
    }
}
