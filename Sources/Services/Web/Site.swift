internal import Crypto
package import HTTP
package import Mail
internal import Mailroom
package import Store
internal import Synchronization
package import Text

/// What the pages say of the firm, and by which rules they are shown.
package struct SiteSettings: Sendable, Hashable {
    package var firm: String
    package var language: Language
    package var zone: TimeZone
    /// Without a slash at its end.
    package var publicURL: String?
    /// How long a session lasts without a click.
    package var staffSessionSeconds = 12 * 3_600
    /// From where the staff's pages are there at all; empty: from everywhere.
    package var staffNetworks: [AddressRange] = []
    /// How the web server in front says who has signed in with it; nil: it does not.
    package var proxy: ProxySignIn?
    /// What clients' pages say and take.
    package var clients = ClientSettings()

    package init(firm: String, language: Language, zone: TimeZone, publicURL: String? = nil) {
        self.firm = firm
        self.language = language
        self.zone = zone
        self.publicURL = publicURL
    }
}

/// How a mailbox is, as the rail shows it.
package struct MailboxHealth: Sendable, Hashable {
    package enum State: Hashable, Sendable {
        case fine, syncing, waiting, failed
    }

    package let name: String
    package let state: State
    package let lastContact: Timestamp?
    package let nextTry: Timestamp?
    /// What ails it, in the server's words.
    package let trouble: String?

    package init(
        name: String, state: State, lastContact: Timestamp? = nil, nextTry: Timestamp? = nil,
        trouble: String? = nil
    ) {
        self.name = name
        self.state = state
        self.lastContact = lastContact
        self.nextTry = nextTry
        self.trouble = trouble
    }
}

/// The staff's pages and what they work on.
package final class Site: Sendable {
    package let store: Store
    package let readers: StoreReaders
    package let vault: Vault
    /// What staff do that other services carry out.
    package let deeds: StaffDeeds
    /// Where staff's work on documents is done.
    package let documentDesk: DocumentDesk
    package let hub = EventHub()
    let changes = ChangeLog()
    package let presence = Presence()
    package let events: WebEvents
    let passwords = PasswordDesk()
    /// Files of clients that are still coming.
    let unfinished = UnfinishedUploads()
    /// How much was asked of links lately.
    let pacer = LinkPacer()
    /// Of pages that renew themselves.
    let renewals = Turnstile(8)
    let once = OnceOnly()
    private let clock: @Sendable () -> Timestamp
    private let current: Mutex<SiteSettings>

    package init(
        store: Store, readers: StoreReaders, vault: Vault, deeds: StaffDeeds, settings: SiteSettings,
        events: WebEvents, clock: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.readers = readers
        self.vault = vault
        self.deeds = deeds
        documentDesk = DocumentDesk(vault: vault, store: store, placing: deeds.accounts.placeDocuments)
        self.events = events
        self.clock = clock
        current = Mutex(settings)
    }

    package var now: Timestamp { clock() }
    package var settings: SiteSettings { current.withLock { $0 } }
    package var zone: TimeZone { settings.zone }

    /// After a change of the configuration.
    package func apply(_ settings: SiteSettings) {
        current.withLock { $0 = settings }
        changed(["mailboxes"])
    }

    package func read<Value: Sendable>(
        _ body: @Sendable (StoreTransaction) throws -> Value
    ) async throws -> Value {
        try await readers.read(body)
    }

    /// Tells every open page what is no longer as it shows it: `inbox`, `conversation-12`.
    ///
    /// Names and numbers alone: a page that may not see the thing asks for it and gets nothing.
    package func changed(_ names: some Collection<String>) {
        guard !names.isEmpty else { return }
        changes.add(names)
        hub.send(ServerEvent("change", names.joined(separator: " ")))
    }

    /// Hears of every commit what open pages no longer show as it is, and whose are no longer to be open.
    ///
    /// - Parameter other: who else wants to know that something changed.
    package func listen(alongside other: @escaping @Sendable () -> Void = {}) async {
        await store.onChanges { [weak self] names in
            self?.changed(names)
            other()
        }
        await store.onSignOut { [weak self] staff in self?.signedOut(staff) }
    }

    /// Ends the live streams of people of whom a session ended: each page looks whether it was its own, and one
    /// that is still signed in comes again.
    private func signedOut(_ staff: Set<StaffID>) {
        let users = Set(staff.map { "\($0)" })
        hub.send(ServerEvent("signed-out"), to: users.contains)
        for user in users { hub.end(user: user) }
    }

    /// Everything that is answered here.
    package var router: Router { routes.router }

    var routes: StaffRoutes {
        var routes = StaffRoutes(self)
        routes.addCommonRoutes()
        routes.addMessageBodyPages()
        routes.addFilesDownloads()
        routes.addInboxPages()
        routes.addSignInPages()
        routes.addSettingsPages()
        routes.addStaffPages()
        routes.addSearchPages()
        routes.addAccountPages()
        routes.addComposerPages()
        routes.addRequestPages()
        routes.addSharePages()
        routes.addHeldPages()
        routes.addUnknownPages()
        routes.addDiskPages()
        routes.addMessageFiling()
        routes.addLooks()
        routes.addLinkPages()
        routes.addShareLinkPages()
        routes.addLinkProofPages()
        routes.addClientPages()
        return routes
    }
}
