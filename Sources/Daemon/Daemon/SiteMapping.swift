internal import Configuration
internal import HTTP
internal import Intake
internal import Logins
internal import Mail
internal import Mailroom
internal import Secrets
internal import Store
internal import Systemd
internal import Text
internal import Web
internal import Workers

extension ServerKeeper {
    static func metrics(_ monitoring: Monitoring, log: Log, held: [Int32]) -> ServerKeeper {
        var limits = ServerLimits()
        limits.connections = 128
        limits.connectionsPerPeer = 16
        limits.answerSeconds = 10
        limits.stopMilliseconds = 500
        return ServerKeeper(
            Words(event: "metrics", subject: "monitoring is", thread: "mailroom-metric"), monitoring.router,
            log: log, held: held, threads: 1, limits: limits)
    }

    static func pages(_ site: Site, log: Log, held: [Int32]) -> ServerKeeper {
        ServerKeeper(
            Words(event: "web", subject: "pages are", thread: "mailroom-web"), site.router, log: log,
            held: held, threads: 2, limits: ServerLimits())
    }
}

extension Configuration {
    var monitoringManner: ServerKeeper.Manner {
        ServerKeeper.Manner(hosts: .serving(metrics.listen.map { [$0] } ?? []))
    }

    var pageManner: ServerKeeper.Manner {
        let names = web.publicURL.flatMap { url in
            AuthorityHost(url.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" })
        }
        return ServerKeeper.Manner(
            hosts: .serving(web.listen, names: names.map { [$0.name] } ?? []),
            proxies: TrustedProxies(web.trustedProxies, includesUnix: true))
    }

    /// Reads the secret of the web server in front: one that cannot be read proves nothing, and the journal says so.
    func siteSettings(_ log: Systemd.Log) -> SiteSettings {
        var settings = SiteSettings(
            firm: firm.name, language: Text.Language(rawValue: firm.language.rawValue) ?? .en,
            zone: TimeZone(firm.timeZone) ?? .utc, publicURL: web.publicURL)
        settings.staffSessionSeconds = web.staffSessionSeconds
        settings.staffNetworks = web.staffNetworks
        settings.proxy = web.proxyHeader.map { header in
            ProxySignIn(field: header.name, secret: header.secret.map { proxySecret($0, log) })
        }
        settings.clients = clientSettings
        return settings
    }
}

extension Configuration {
    private func proxySecret(_ source: SecretSource, _ log: Systemd.Log) -> String {
        do { return try source.read().revealed } catch {
            log.event(
                "web-secret", .error, [], "the web server in front can sign nobody in: \(error)")
            return ""
        }
    }
}

extension Office {
    /// The staff's pages, with what the services do for them.
    func site() async throws -> Site {
        var deeds = staffDeeds
        deeds.links = try linkDeeds()
        deeds.clients = clientDeeds()
        let site = Site(
            store: data.store, readers: try StoreReaders.open(path: data.path + "/mailroom.db"),
            vault: data.vault, deeds: deeds, settings: configuration.siteSettings(log),
            events: WebEvents(log), clock: { Office.now })
        await site.listen { [lockedBell] in lockedBell.ring() }
        return site
    }

    private var staffDeeds: StaffDeeds {
        var deeds = StaffDeeds(mailboxes: { [weak self] in await self?.mailboxHealth() ?? [] })
        deeds.explain = { [weak self] message in try await self?.explanation(of: message) }
        deeds.accounts = accountDeeds
        deeds.asking = askingDeeds
        deeds.sharing = shareDeeds
        deeds.triage = triageDeeds
        deeds.accountChanges = accountChangeDeeds
        deeds.disk = diskDeeds
        // Without room for its cache the pages have no pictures of documents, and all else.
        if let previews = try? Previews(vault: data.vault, data: data.directory) {
            deeds.preview = { digest, page, width in await previews.page(of: digest, page: page, width: width)
            }
            deeds.pageCount = { digest in await previews.pages(of: digest) }
        }
        return deeds
    }

    private func explanation(of message: MessageNumber) async throws -> MessageExplanation {
        let configuration = configuration
        let clerk = Clerk(
            recorder: recorder, store: data.store, sources: sources, actor: "mailroom", now: Self.now)
        let explanation = try await clerk.explain(message)
        return MessageExplanation(
            judgement: explanation.judgement, matching: explanation.matching, parts: explanation.parts
        ) { configuration.place(of: $0, source: explanation.source) }
    }

    /// As the rail shows it: what its service says, unless its login needs a person, which comes first.
    private func mailboxHealth() async -> [MailboxHealth] {
        var all: [MailboxHealth] = []
        for source in configuration.mailboxes {
            let health = health.health(of: source.name)
            let trouble = await logins.trouble(of: source.name).flatMap {
                $0.kind == .passing ? nil : "\($0)"
            }
            let state: MailboxHealth.State =
                switch health?.state {
                case _ where trouble != nil: .failed
                case .idle: .fine
                case .syncing, nil: .syncing
                case .waiting: .waiting
                case .failed: .failed
                }
            all.append(
                MailboxHealth(
                    name: source.name, state: state, lastContact: health?.lastContact,
                    nextTry: health?.nextTry, trouble: trouble ?? health?.error))
        }
        return all
    }
}
