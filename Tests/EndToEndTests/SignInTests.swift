import Glibc
import Mail
import SQLite
import Synchronization
import TestServers
import Testing

extension EndToEnd {
    @Suite(
        "A mailbox that logs in by OAuth 2.0",
        .enabled(if: DovecotServer.isInstalled, "Dovecot is not installed"))
    struct SignInTests {
        @Test(
            "mailbox login beside a running daemon: the mailbox is read at once, renewed, lost and found again"
        )
        func story() async throws {
            let bureau = try Bureau()
            let daemon = bureau.firm.serve()
            // Before: said by name, with what to do.
            #expect(try await bureau.isSaid("failed", "sign-in needed: mailroom mailbox login office"))
            let before = bureau.firm.run("status")
            #expect(before.status == 1)
            #expect(before.text.contains("1 thing needs you:\n  office: sign-in needed"), "\(before.text)")
            #expect(
                bureau.firm.run("mailbox", "list").text.contains("sign-in needed: mailroom mailbox login"))

            let login = try await bureau.logIn()
            #expect(login.status == 0, "\(login.text)")
            #expect(login.text.contains("office: signed in; 127.0.0.1:"), "\(login.text)")
            #expect(try await bureau.isSaid("idle", nil))
            bureau.server.deliver(Letter.number(1).octets, to: "office")
            #expect(try await bureau.isRead(1))
            #expect(bureau.firm.run("mailbox", "test", "office").text.contains("login ok"))
            #expect(bureau.firm.run("status").status == 0)

            // The token ends before its time, and so does the connection: one refresh, and on.
            let grants = bureau.refreshes
            bureau.authority.expireAccess()
            bureau.server.doveadm("kick", "office")
            bureau.server.deliver(Letter.number(2).octets, to: "office")
            #expect(try await bureau.isRead(2))
            #expect(bureau.refreshes == grants + 1)

            // The administrator ends the sign-in.
            bureau.authority.revoke()
            bureau.server.doveadm("kick", "office")
            #expect(try await bureau.isSaid("failed", "sign-in needed: mailroom mailbox login office"))
            let asked = bureau.refreshes
            #expect(bureau.firm.run("sync").status == 0)
            #expect(try await bureau.isSaid("failed", "invalid_grant"))
            #expect(bureau.refreshes == asked)
            #expect(try await bureau.logIn().status == 0)
            bureau.server.deliver(Letter.number(3).octets, to: "office")
            #expect(try await bureau.isRead(3))

            daemon.signal(SIGTERM)
            #expect(await daemon.end(within: 2) == 0)
            let database = try bureau.firm.openDatabase()
            let audits = try database.rows(
                "SELECT action FROM audit WHERE action = 'mailbox.login' AND subject = 'office'",
                read: { $0.text(0) })
            #expect(audits.count == 2)
            #expect(bureau.leaks == [])
        }

        @Test(
            "F19: token endpoint 429/5xx: the mailbox waits and says why; it is no wrong password, and goes on"
        )
        func endpointAway() async throws {
            let bureau = try Bureau()
            let daemon = bureau.firm.serve()
            #expect(try await bureau.isSaid("failed", "sign-in needed"))
            #expect(try await bureau.logIn().status == 0)
            #expect(try await bureau.isSaid("idle", nil))
            bureau.authority.fail([
                .answer(status: 429, body: "", retryAfter: "2"),
                .answer(status: 503, body: "", retryAfter: "2"),
            ])
            bureau.authority.expireAccess()
            bureau.server.doveadm("kick", "office")
            #expect(
                try await bureau.isSaid(
                    "waiting", "no token just now: refresh_token grant: the server answers 429"))
            #expect(try await bureau.isSaid("waiting", "503", within: 30))
            bureau.server.deliver(Letter.number(1).octets, to: "office")
            #expect(try await bureau.isRead(1, within: 40))
            #expect(bureau.firm.status()?.source("office")?.error == nil)
            daemon.signal(SIGTERM)
            #expect(await daemon.end(within: 2) == 0)
            #expect(bureau.leaks == [])
        }

        @Test(
            "F19: refresh token rotated: killed between the answer and its use, the next start needs nobody")
        func killed() async throws {
            let bureau = try Bureau()
            #expect(try await bureau.logIn().status == 0)
            for round in 1...3 {
                let first = bureau.authority.refreshTokens
                bureau.authority.expireAccess()
                let daemon = bureau.firm.serve()
                // The mail server asks about the new token: it has been given, and not been used yet.
                let old = bureau.authority.accessTokens
                bureau.authority.onIntrospection { token in
                    if bureau.authority.accessTokens.subtracting(old).contains(token) { daemon.kill() }
                }
                #expect(await daemon.end(within: 20) == 137)
                bureau.authority.onIntrospection { _ in }
                #expect(bureau.authority.refreshTokens.isDisjoint(with: first))
                let next = bureau.firm.serve()
                bureau.server.deliver(Letter.number(round).octets, to: "office")
                #expect(try await bureau.isRead(round), "\(bureau.firm.run("status").text)")
                next.signal(SIGTERM)
                #expect(await next.end(within: 2) == 0)
            }
        }

        @Test("without a daemon; a pasted address; a wrong one first")
        func pasted() async throws {
            let bureau = try Bureau()
            let login = try await bureau.logIn(["--paste"]) { address, paste in
                let answer = bureau.authority.signIn(at: address) ?? ""
                paste("hello\n")
                paste(answer.replacing("state=", with: "state=x") + "\n")
                paste(answer + "\n")
            }
            #expect(login.status == 0, "\(login.text)")
            #expect(login.text.contains("it answers another sign-in than this one"), "\(login.text)")
            bureau.server.deliver(Letter.number(1).octets, to: "office")
            let synced = bureau.firm.run("sync", "--once")
            #expect(synced.status == 0 && synced.text.contains("office: 1 new messages"), "\(synced.text)")
            #expect(bureau.leaks == [])
        }

        @Test("a person who says no, one who may not read the mailbox, and a mailbox with a password")
        func refusals() async throws {
            let bureau = try Bureau()
            let denied = try await bureau.logIn { address, _ in
                Bureau.visit(bureau.authority.signIn(at: address, refusing: true) ?? "")
            }
            #expect(denied.status == 77 && denied.text.contains("access_denied"), "\(denied.text)")
            #expect(bureau.authority.grants.isEmpty)

            var options = AuthorizationServer.Options()
            options.user = "kate"
            let other = try Bureau(options)
            let wrong = try await other.logIn()
            #expect(wrong.status == 77 && wrong.text.contains("Was it the right person"), "\(wrong.text)")
            #expect(wrong.text.contains("Nothing was changed."))
            #expect(other.firm.run("status").text.contains("sign-in needed"))

            let known = bureau.firm.run("mailbox", "login", "ofice")
            #expect(known.status == 66 && known.text.contains("did you mean “office”"), "\(known.text)")
            let plain = Firm([Firm.Source(port: 1)])
            let password = plain.run("mailbox", "login", "office")
            #expect(password.status == 64 && password.text.contains("logs in with a password"))
        }

        @Test(
            "letters go out with the mailbox's own token; before the sign-in they wait, and go at once after it"
        )
        func sending() async throws {
            let bureau = try Bureau()
            var options = ScriptedSMTPServer.Options()
            options.mechanisms = ["XOAUTH2", "PLAIN"]
            options.takesToken = { bureau.authority.accessTokens.contains($0) }
            let post = ScriptedSMTPServer(options)
            bureau.configure(
                """
                [smtp]
                host = "127.0.0.1"
                port = \(post.port)
                security = "plain"
                user = "office"
                auth = "oauth2"
                from = "Office <office@bergmann-stb.example>"
                copy_to = "office"
                """)
            #expect(bureau.firm.run("check").status == 0, "\(bureau.firm.run("check").text)")
            let daemon = bureau.firm.serve()
            #expect(try await bureau.isSaid("failed", "sign-in needed"))
            let sent = bureau.firm.run(
                "message", "send", "--to", "kate@smith.example", "--subject", "Hello", "--text",
                "Good morning")
            #expect(sent.status == 0, "\(sent.text)")
            #expect(
                try await until(10) {
                    bureau.firm.run("status").text.split(separator: "\n").contains {
                        $0.contains("smtp") && $0.contains("sign-in needed")
                    }
                }, "\(bureau.firm.run("status").text)")
            #expect(post.deliveries.isEmpty)
            #expect(try await bureau.logIn().status == 0)
            #expect(
                try await until(20) { post.deliveries.count == 1 }, "\(bureau.firm.run("queue", "list").text)"
            )
            daemon.signal(SIGTERM)
            #expect(await daemon.end(within: 2) == 0)
            #expect(bureau.leaks == [])
        }

        @Test("a code typed on another device, and a client that needs no person")
        func otherFlows() async throws {
            let device = try Bureau(flow: "device")
            let login = try await device.logIn { _, _ in
            } shown: { text in
                guard text.contains("WDJB-MJHT") else { return nil }
                device.authority.typeDeviceCode()
                return ""
            }
            #expect(login.status == 0, "\(login.text)")
            #expect(device.firm.run("sync", "--once").status == 0)

            var options = AuthorizationServer.Options()
            options.clientSecret = "s3cret-of-client"
            let client = try Bureau(options, flow: "client_credentials")
            let synced = client.firm.run("sync", "--once")
            #expect(synced.status == 0, "\(synced.text)")
            let asked = client.firm.run("mailbox", "login", "office")
            #expect(asked.status == 0 && asked.text.contains("lets office in"), "\(asked.text)")
            #expect(client.firm.run("check", "--online").text.contains("login ok"))
        }
    }
}

/// A firm whose one mailbox is behind an authorization server.
struct Bureau: Sendable {
    let authority: AuthorizationServer
    let server: DovecotServer
    let firm: Firm

    init(_ options: AuthorizationServer.Options = AuthorizationServer.Options(), flow: String = "code") throws
    {
        let authority = AuthorizationServer(options)
        guard let server = DovecotServer.taking(authority) else { throw EndToEnd.NoServer() }
        self.authority = authority
        self.server = server
        let secrets = TestDirectory()
        var secret = ""
        if let text = options.clientSecret {
            secrets.write(text, to: "client")
            chmod(secrets.file("client"), 0o600)
            secret = ", client_secret = { file = \"\(secrets.file("client"))\" }"
        }
        let urls =
            switch flow {
            case "code": ", authorization_url = \"\(authority.authorizationURL)\""
            case "device": ", device_url = \"\(authority.deviceURL)\""
            default: ", scope = \"mail\""
            }
        source = Firm.Source(
            port: server.port,
            lines: """
                auth = "oauth2"
                oauth2 = { provider = "other", client_id = "mailroom-test", flow = "\(flow)", \
                token_url = "\(authority.tokenURL)"\(urls)\(secret) }
                """)
        firm = Firm([source])
        held = secrets
    }

    private let source: Firm.Source

    /// The same with more lines.
    func configure(_ lines: String) { firm.configure([source], lines: lines) }

    private let held: TestDirectory

    var refreshes: Int { authority.grants.count { $0["grant_type"] == "refresh_token" } }

    /// Whether `status` comes to say so of the mailbox; nil: nothing.
    func isSaid(_ state: String, _ words: String?, within seconds: Double = 20) async throws -> Bool {
        try await until(seconds) {
            guard let source = firm.status()?.source("office"), source.state == state else { return false }
            return words.map { source.error?.contains($0) == true } ?? (source.error == nil)
        }
    }

    func isRead(_ messages: Int, within seconds: Double = 20) async throws -> Bool {
        try await until(seconds) { firm.status()?.source("office")?.messagesAccounted == messages }
    }

    /// Goes where a browser is sent.
    static func visit(_ address: String) {
        let rest = address.dropFirst("http://127.0.0.1:".count)
        guard let port = UInt16(rest.prefix { $0 != "/" }), let socket = TestSocket.connected(to: port) else {
            return
        }
        socket.send(Array("GET \(rest.drop { $0 != "/" }) HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
        while socket.readLine() != nil {}
    }

    struct Ended: Sendable {
        let status: Int32
        let text: String
    }

    /// Runs `mailbox login office` to its end, with somebody at the browser and at the keyboard.
    ///
    /// - Parameters:
    ///   - person: gets the address that was printed, and what types a line.
    ///   - shown: what is to be opened, found in what was printed so far.
    func logIn(
        _ options: [String] = [], person: ((String, (String) -> Void) -> Void)? = nil,
        shown: (String) -> String? = Bureau.address
    ) async throws -> Ended {
        let desk = TestDirectory()
        let fifo = desk.file("keyboard")
        guard mkfifo(fifo, 0o600) == 0 else { throw EndToEnd.NoServer() }
        // Open both ways: neither end waits for the other.
        let keyboard = open(fifo, O_RDWR | O_CLOEXEC)
        defer { close(keyboard) }
        let log = desk.file("log")
        let words = [Binary.path, "-C", firm.configuration, "mailbox", "login", "office"] + options
        guard
            let program = RunningProgram(
                ["/bin/sh", "-c", "exec \"$@\" <'\(fifo)'", "sh"] + words,
                environment: ["SWIFT_BACKTRACE": "enable=no"], log: log)
        else { throw EndToEnd.NoServer() }
        func text() -> String { String(decoding: TestDirectory.read(log) ?? [], as: UTF8.self) }
        _ = try await until(20) { shown(text()) != nil || program.ended != nil }
        if let address = shown(text()) {
            let type = { (line: String) in
                _ = Array(line.utf8).withUnsafeBytes { write(keyboard, $0.baseAddress, $0.count) }
            }
            if let person { person(address, type) } else { Self.visit(authority.signIn(at: address) ?? "") }
        }
        let status = await program.end(within: 30) ?? program.kill()
        return Ended(status: status, text: text())
    }

    /// The address that was printed, once it is there whole.
    static func address(in text: String) -> String? {
        guard text.contains("Mailroom waits") || text.contains("The browser will end") else { return nil }
        return text.split(separator: "\n").map { $0.drop { $0 == " " } }.first { $0.hasPrefix("http") }.map(
            String.init)
    }

    /// Tokens, old or new, that stand where they should not.
    var leaks: [String] {
        let secrets = authority.everIssued
        let database = TestDirectory.read(firm.database) ?? []
        let texts = [
            firm.logText, firm.run("status", "--json").text, firm.run("mailbox", "list", "--json").text,
            String(decoding: database, as: UTF8.self),
        ]
        return secrets.filter { secret in texts.contains { $0.contains(secret) } }
    }
}
