extension Configuration {
    /// Whose message is it?
    package struct Matching: Hashable, Sendable {
        package enum SenderAuthentication: String, Hashable, Sendable, CaseIterable {
            case standard, strict, off
        }

        package enum Unmatched: String, Hashable, Sendable, CaseIterable {
            case keep, headers, ignore
        }

        package let senderAuthentication: SenderAuthentication
        package let unmatched: Unmatched
        package let usesPrimary: Bool
        /// As written; compare them by IDNA.
        package let neverByDomain: [String]
        package let ignoresPlusDetail: Bool

        init(_ settings: Instance) {
            senderAuthentication = settings.word("sender_authentication")
            unmatched = settings.word("unmatched")
            usesPrimary = settings.flag("primary")
            neverByDomain = settings.texts("never_by_domain")
            ignoresPlusDetail = settings.flag("ignore_plus_detail")
        }

        static let section = Section(
            name: "matching", shape: .single, title: "Whose message is it?",
            text: "How a sender is believed, and which account a message belongs to.",
            settings: [
                Setting(
                    "sender_authentication", .choice(SenderAuthentication.self), or: .text("standard"),
                    """
                    How much proof a sender needs. With `"standard"` what is proven is filed, what is \
                    neither proven nor refuted goes to the account's private Intake folder, and what is \
                    refuted waits for staff. With `"strict"` what is not proven waits for staff too. With \
                    `"off"` every sender is believed, and anyone can write as anyone.
                    """),
                Setting(
                    "unmatched", .choice(Unmatched.self), or: .text("keep"),
                    """
                    What is kept of mail that matches no account. `"keep"` keeps all of it, so that it can \
                    be linked to an account later; `"headers"` keeps sender, date and subject; `"ignore"` \
                    keeps nothing but that it was seen.
                    """),
                Setting(
                    "primary", .flag, or: .flag(true),
                    """
                    Whether mail of a contact of several accounts is filed in the contact's primary one, \
                    where all of these accounts have the same readers. With `false` staff choose each time.
                    """),
                Setting(
                    "never_by_domain", .list(.domain), or: .texts([]),
                    """
                    Domains by which no account is ever matched, besides the built-in list of free-mail \
                    providers. For neighbours and partners who write about many clients.
                    """),
                Setting(
                    "ignore_plus_detail", .flag, or: .flag(false),
                    """
                    Whether `kate+tax@example.com` is `kate@example.com`. True for most providers, but not \
                    for all: so by default they are two addresses.
                    """),
            ])
    }
}
