internal import IMAP
internal import MIME
package import Mail
internal import Mailroom
package import SMTP
package import Store
internal import Text

/// Finds out what a server that sends does with letters, by sending two to ourselves.
///
/// One goes to From, one to a sub-address of it. Where they arrive tells where
/// replies and bounces will; what became of their Message-ID, and whether a
/// copy is in Sent that nobody put there, is what the outbox wants to know.
package struct RouteProbe: Sendable {
    private let route: RouteSettings
    private let from: NamedAddress
    private let sources: [SentSettings]
    /// Seconds that a letter to ourselves may take.
    private let patience: Int

    package init(_ route: RouteSettings, from: NamedAddress, sources: [SentSettings], patience: Int = 60) {
        self.route = route
        self.from = from
        self.sources = sources
        self.patience = patience
    }

    /// What the server says of itself after the login.
    package func greet() async throws -> SMTPServer {
        let submitter = Submitter(route.endpoint)
        let server = try await submitter.greet(login: try await route.login())
        await submitter.close()
        return server
    }

    package func run(now: Timestamp) async throws -> RouteHabit {
        var habit = RouteHabit(route: route.name ?? "")
        let plain = LetterToken()
        let detailed = LetterToken()
        try await send(plain, to: from.address, now: now)
        if let address = EmailAddress(
            localPart: "\(from.address.localPart)+\(detailed.text)", domain: from.address.domain)
        {
            // A server that refuses it has no sub-addresses.
            habit.subAddress = false
            try? await send(detailed, to: address, now: now)
        }
        for _ in 0..<max(1, patience / 2) {
            for source in sources where habit.bouncesTo == nil || habit.bouncesTo == source.source {
                try? await look(in: source, plain, detailed, &habit)
            }
            if habit.bouncesTo != nil, habit.subAddress != false { break }
            try await Task.sleep(for: .seconds(2))
        }
        if let place = route.copyTo, let source = sources.first(where: { $0.source == place }) {
            habit.filesCopy = try? await isFiled(in: source, plain)
        }
        return habit
    }

    private func send(_ token: LetterToken, to address: EmailAddress, now: Timestamp) async throws {
        let domain = DomainName(from.address.domain)?.aLabels ?? from.address.domain
        var draft = MessageDraft(
            from: try HeaderAddress(from), to: [try HeaderAddress(address)],
            subject: HeaderText("Mailroom: a probe, to be deleted"), date: HeaderDate(now, offset: 0),
            messageID: token.messageID(domain: domain),
            text: "mailroom check --online sent this to find out how letters come back.\n")
        draft.references = [token.reference(domain: domain)]
        draft.autoSubmitted = .generated
        let octets = try draft.composed().bytes()
        let submitter = Submitter(route.endpoint)
        let submission = try await submitter.submit(
            OutgoingMessage(
                reversePath: from.address, recipients: [try HeaderAddress(address).address],
                octetCount: octets.count
            ) { sink in sink(octets.span) }, login: try await route.login()
        ) {}
        await submitter.close()
        for recipient in submission.recipients {
            switch recipient.outcome {
            case .accepted: break
            case .refused(let reply): throw RouteTrouble("\(reply)", .connection)
            case .unknown(let error): throw RouteTrouble(error)
            }
        }
    }

    private func look(
        in source: SentSettings, _ plain: LetterToken, _ detailed: LetterToken, _ habit: inout RouteHabit
    ) async throws {
        let session = try await IMAPSession.open(source.endpoint, try await source.login())
        defer { session.cancel() }
        _ = try await session.examine(.inbox)
        if try await !session.uids(whereField: "References", holds: "\(plain.text).r@").isEmpty {
            habit.bouncesTo = source.source
            habit.keepsMessageID = try await !session.uids(whereField: "Message-ID", holds: plain.text)
                .isEmpty
        }
        if try await !session.uids(whereField: "References", holds: "\(detailed.text).r@").isEmpty {
            habit.subAddress = true
        }
        await session.logout()
    }

    /// Whether a copy is in Sent that we did not put there.
    private func isFiled(in source: SentSettings, _ token: LetterToken) async throws -> Bool {
        let session = try await IMAPSession.open(source.endpoint, try await source.login())
        defer { session.cancel() }
        let listed = try await session.list().map {
            Mailroom.ListedMailbox(
                name: $0.name, uses: Set($0.uses), isSelectable: $0.isSelectable, delimiter: $0.delimiter)
        }
        guard let mailbox = MailboxChoice.sent(among: listed) else { return false }
        _ = try await session.examine(mailbox)
        return try await !session.uids(whereField: "References", holds: "\(token.text).r@").isEmpty
    }
}
