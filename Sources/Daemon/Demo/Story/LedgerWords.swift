/// The ledger's reasons as sentences for someone who sees them for the first time.
enum LedgerWords {
    /// Why something waits for staff. A word that is new here is shown as it is.
    static func waiting(_ reason: String) -> String { sentences[reason] ?? reason }

    /// What was shown only.
    static func shown(_ reason: String, count: Int) -> String {
        let (one, many) = nouns[reason] ?? (reason, reason)
        return "\(count) \(count == 1 ? one : many)"
    }

    private static let sentences = [
        "history": "from before the start; filed when you say so",
        "against": "the sender is not who the mail says",
        "open_strict": "nothing proves the sender",
        "ambiguous": "the sender speaks for several accounts: which one?",
        "unmatched": "nobody knows the sender: whose mail is it?",
        "suggested": "a good guess, but only a guess",
        "automatic": "a machine wrote it",
        "other_list": "a mailing list",
        "type": "a kind of file that is not filed unasked",
        "macro": "it contains macros",
        "too_large": "it is too large",
        "encrypted": "it needs a password",
        "infected": "the virus scanner found something",
        "unscanned": "the virus scanner did not answer",
        "suspicious": "it is not what its name says",
        "file_link": "a link in place of a file: fetch it, or ask for the file",
        "secure_message": "a secure message: its text is elsewhere",
        "container_damaged": "an archive that cannot be unpacked whole",
        "filing_off": "filing is switched off for this account",
    ]

    private static let nouns: [String: (String, String)] = [
        "text": ("text", "texts"),
        "inline": ("picture in the text", "pictures in the text"),
        "small_picture": ("small picture", "small pictures"),
        "repeated_picture": ("repeated picture", "repeated pictures"),
        "signature": ("signature", "signatures"),
        "calendar": ("invitation", "invitations"),
        "card": ("contact card", "contact cards"),
    ]
}
