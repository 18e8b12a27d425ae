package import Mailroom

/// What the administrator decided, checked and with every default filled in.
///
/// Values are plain; where each was written is told by ``place(of:)``, because
/// `explain` cites it.
package struct Configuration: Sendable {
    package let firm: Firm
    package let storage: Storage
    /// In the order of the files.
    package let mailboxes: [Mailbox]
    /// Nil: there is no `[smtp]`.
    package let sending: Sending?
    package let matching: Matching
    package let filing: Filing
    /// In the order of the files; the first that fits is used.
    package let rules: [Rule]
    /// Exactly one of them is the default folder.
    package let folders: [Folder]
    package let web: Web
    package let requests: Requests
    package let scanning: Scanning
    package let log: Log
    package let metrics: Metrics
    /// The texts of letters: built in, but for those that files in `texts` replace.
    package let letters: LetterTexts
    /// The files it was read from, as messages call them, the main one first.
    package let files: [String]
    let settings: Settings

    /// The settings have passed every check.
    init(_ settings: Settings, files: [String], letters: LetterTexts) {
        self.settings = settings
        self.files = files
        self.letters = letters
        firm = Firm(settings.only(Firm.section))
        storage = Storage(settings.only(Storage.section), keep: settings.only(Storage.keepSection))
        matching = Matching(settings.only(Matching.section))
        let matching = matching
        sending = settings.all(Sending.section).first.map(Sending.init)
        mailboxes = settings.all(Mailbox.section).map { Mailbox($0, matching) }
        filing = Filing(settings.only(Filing.section))
        rules = settings.all(Rule.section).map(Rule.init)
        let folders = settings.all(Folder.section).map(Folder.init)
        self.folders = folders.isEmpty ? Folder.builtIn : folders
        web = Web(settings.only(Web.section))
        requests = Requests(settings.only(Requests.section))
        scanning = Scanning(settings.only(Scanning.section))
        log = Log(settings.only(Log.section))
        metrics = Metrics(settings.only(Metrics.section))
    }

    /// Where a key was set (`mailbox.office.host`, `filing.folder`) or a section begins (`mailbox.office`).
    ///
    /// Nil when the default holds. Rules and folders have their own ``Rule/place``.
    package func place(of key: String) -> Place? { settings.place(of: key) }

    package subscript(mailbox name: String) -> Mailbox? { mailboxes.first { $0.name == name } }
}
