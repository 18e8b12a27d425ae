internal import Configuration
internal import Daemon
internal import Files
internal import FoundationEssentials
internal import IMAP
internal import Intake
internal import Logins
internal import Mail
internal import OAuth2
internal import Outbox
internal import Secrets
internal import Store
internal import Synchronization

/// `mailroom mailbox login NAME`: a person signs in, once.
///
/// The talk with the person is the client's: its terminal, its browser. What
/// the browser brought back, a code that is good once and with its verifier alone, goes to whoever holds the data;
/// there it becomes tokens, which are tried before they take the place of others.
enum MailboxLogin {
    /// What a browser brought back.
    private struct Answer: Codable {
        var clientID: String
        var code: String
        var verifier: String
        var redirect: String
    }

    // MARK: - In the daemon

    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let name = invocation.arguments.operands[0]
        let (mailbox, oauth2) = try mailbox(name, desk.configuration)
        guard let source = desk.office.sources.first(where: { $0.name == name }) else {
            throw CheckCommand.unknown(name, desk.configuration)
        }
        let logins = desk.office.logins
        switch way(oauth2, invocation) {
        case .none:
            let token = try await logins.token(for: name)
            let login = IMAPLogin(user: mailbox.user, secret: token.revealed, mechanism: .bearer)
            return try await finish(nil, login, source, invocation, desk)
        case .device:
            let tokens = try await byDevice(name, who(mailbox, oauth2), logins, desk, invocation.output)
            return try await finish(tokens, bearer(tokens, mailbox), source, invocation, desk)
        case .browser:
            guard let file = invocation.file,
                let answer = try? JSONDecoder().decode(Answer.self, from: Data(file)),
                answer.clientID == oauth2.clientID
            else {
                throw CommandFailure(
                    .configuration,
                    "the daemon runs with another configuration of \(name): systemctl reload mailroom, then once more"
                )
            }
            let tokens = try await logins.redeem(
                .code(answer.code, verifier: answer.verifier, redirect: answer.redirect), for: name)
            return try await finish(tokens, bearer(tokens, mailbox), source, invocation, desk)
        }
    }

    private static func bearer(_ tokens: TokenSet, _ mailbox: Configuration.Mailbox) -> IMAPLogin {
        IMAPLogin(user: mailbox.user, secret: tokens.access.revealed, mechanism: .bearer)
    }

    /// Tries the login, keeps what is good, and has the source look.
    private static func finish(
        _ tokens: TokenSet?, _ login: IMAPLogin, _ source: SourceSettings, _ invocation: Invocation,
        _ desk: Desk
    ) async throws -> ExitCode {
        let name = source.name
        var trouble: String?
        do {
            let session = try await IMAPSession.open(source.endpoint, login)
            await session.logout()
        } catch  where error.code == .authenticationFailed {
            throw CommandFailure(
                .notAllowed,
                "the sign-in is good, but \(source.endpoint) does not let it into the mail of \(login.user.shown): "
                    + "\("\(error)".shown). Was it the right person, and is IMAP allowed for this mailbox? "
                    + "Nothing was changed.")
        } catch {
            trouble = "\(error)".shown
        }
        if let tokens { try await desk.office.logins.keep(tokens, for: name) }
        let (actor, now) = (invocation.actor, desk.now)
        try await desk.store.write { transaction in
            try transaction.audit("mailbox.login", by: actor, subject: name, at: now)
        }
        desk.office.wake(name)
        desk.office.outbox.wake()
        if let trouble {
            invocation.output.print("\(name): signed in, and the login is kept")
            invocation.output.complain("it could not be tried at \(source.endpoint): \(trouble)")
            return .unavailable
        }
        invocation.output.print(
            "\(name): signed in; \(source.endpoint) lets \(login.user.shown) in"
                + (desk.isDaemon ? ", and the mailbox is read now" : ""))
        return .ok
    }

    /// Shows a code, and asks until somebody has typed it. RFC 8628 section 3.3.
    private static func byDevice(
        _ name: String, _ person: String, _ logins: Logins, _ desk: Desk, _ output: any CommandOutput
    ) async throws -> TokenSet {
        let device = try await logins.authorizeDevice(for: name)
        output.print(
            """
            On any device, open

              \(device.address)

            type the code \(device.userCode), and sign in as \(person.shown).
            Mailroom waits for \(device.lifetime / 60) minutes.
            """)
        let deadline = desk.now.seconds + Int64(device.lifetime)
        var interval = device.interval
        while Office.now.seconds < deadline {
            try await Task.sleep(for: .seconds(interval))
            do {
                return try await logins.redeem(.device(device.deviceCode), for: name)
            } catch let error as OAuth2Error where error.isTransient {
                if error.code != .authorizationPending { interval += 5 }
            }
        }
        throw CommandFailure(.tryLater, "nobody typed the code in time; nothing was changed")
    }

    // MARK: - At the person's terminal

    /// For a sign-in by browser the address to open, and the wait for what comes back.
    static func talk(_ invocation: Invocation) async throws -> [UInt8] {
        let name = invocation.arguments.operands[0]
        let (mailbox, oauth2) = try mailbox(name, ConfigurationFile.load(invocation))
        guard case .browser = way(oauth2, invocation) else { return [] }
        guard !oauth2.authorizationURL.isEmpty else {
            throw CommandFailure(.configuration, "no authorization_url is configured for \(name)")
        }
        let place = RedirectPlace(oauth2.redirect, loopback: oauth2.loopback)
        let listener = try RedirectListener(port: place.port)
        let client = try oauth2.client(withSecret: false)
        let request = AuthorizationRequest(
            client, redirect: place.address(listener.port), loginHint: who(mailbox, oauth2))
        let isPasted = invocation.arguments.has("--paste") || place.port == nil
        let readsLines = isPasted || StandardStream.inputIsTerminal
        say(request, who(mailbox, oauth2), isPasted: isPasted, readsLines: readsLines, invocation.output)
        let answer = Mutex<Result<String, OAuth2Error>?>(nil)
        _ = await listener.wait(
            seconds: patience, readsLines: readsLines, endsWithInput: isPasted
        ) { text in
            do throws(OAuth2Error) {
                let code = try request.code(in: text)
                answer.withLock { $0 = .success(code) }
            } catch {
                guard error.code != .foreignRedirect, error.code != .malformed else {
                    invocation.output.complain("\(error)")
                    return .refused(error.words)
                }
                answer.withLock { $0 = .failure(error) }
            }
            return .taken
        }
        guard let answer = answer.withLock({ $0 }) else {
            throw CommandFailure(.tryLater, "nobody signed in; nothing was changed")
        }
        let brought = Answer(
            clientID: oauth2.clientID, code: try answer.get(), verifier: request.verifier,
            redirect: request.redirect)
        return Array(try JSONEncoder().encode(brought))
    }

    /// In seconds.
    private static let patience = 600

    private static func say(
        _ request: AuthorizationRequest, _ person: String, isPasted: Bool, readsLines: Bool,
        _ output: any CommandOutput
    ) {
        output.print(
            "Open this address in a browser, and sign in as \(person.shown):\n\n  \(request.address)\n")
        if isPasted {
            output.print(
                "The browser will end on a page that cannot be opened. Copy the address of that page, paste it\n"
                    + "here, and press Return.")
        } else if readsLines {
            output.print(
                "Mailroom waits here for ten minutes. If the browser is on another machine, it will end on a page\n"
                    + "that cannot be opened: copy the address of that page, paste it here, and press Return."
            )
        } else {
            output.print("Mailroom waits here for ten minutes.")
        }
    }

    // MARK: - What is configured

    private enum Way {
        case browser, device
        /// Nobody signs in.
        case none
    }

    private static func way(_ oauth2: Configuration.Mailbox.OAuth2, _ invocation: Invocation) -> Way {
        switch oauth2.flow {
        case .code: invocation.arguments.has("--device") ? .device : .browser
        case .device: .device
        case .clientCredentials, .serviceAccount: .none
        }
    }

    private static func who(
        _ mailbox: Configuration.Mailbox, _ oauth2: Configuration.Mailbox.OAuth2
    ) -> String {
        oauth2.person ?? mailbox.user
    }

    private static func mailbox(
        _ name: String, _ configuration: Configuration
    ) throws -> (Configuration.Mailbox, Configuration.Mailbox.OAuth2) {
        guard let mailbox = configuration[mailbox: name] else {
            throw CheckCommand.unknown(name, configuration)
        }
        guard let oauth2 = mailbox.oauth2 else {
            throw CommandFailure(
                .usage, "\(name) logs in with a password: there is nothing to sign in to (auth = \"oauth2\")")
        }
        return (mailbox, oauth2)
    }
}
