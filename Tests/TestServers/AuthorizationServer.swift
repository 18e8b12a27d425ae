import Crypto
import Glibc
import Synchronization
import Workers

/// An authorization server on loopback that gives, rotates, refuses and forgets tokens as a test wants.
///
/// It checks what a real one checks: client and secret, PKCE, the redirect
/// address, that a code is used once and a rotated refresh token never again.
/// Dovecot asks it whether a token is good (RFC 7662). What fails it does in order: ``fail(_:)``.
package final class AuthorizationServer: Sendable {
    package struct Options: Sendable {
        package var clientID = "mailroom-test"
        package var clientSecret: String?
        /// Whose mailbox its tokens open.
        package var user = "office"
        /// Of an access token, in seconds.
        package var lifetime = 3600
        /// Whether each refresh brings a new refresh token and ends the old one.
        package var rotates = true
        /// A public key in PEM: then statements signed with its other half are taken.
        package var assertionKey: String?

        package init() {}
    }

    /// What the token endpoint does instead of answering.
    package enum Fault: Sendable {
        case answer(status: Int, body: String, retryAfter: String? = nil)
        /// Does all that was asked, and then cuts the line before the answer.
        case lostAnswer
        /// Says nothing until the gate is opened, then answers as usual.
        case slow(Gate)

        package static func error(_ code: String, status: Int = 400, _ words: String = "as ordered") -> Fault
        {
            .answer(status: status, body: "{\"error\": \"\(code)\", \"error_description\": \"\(words)\"}")
        }
    }

    /// Holds an answer back until a test lets it go.
    package final class Gate: Sendable {
        private let isOpen = Mutex(false)

        package init() {}

        package func open() { isOpen.withLock { $0 = true } }

        func wait() {
            for _ in 0..<2000 where !isOpen.withLock({ $0 }) { Pause.milliseconds(10) }
        }
    }

    struct State: Sendable {
        var faults: [Fault] = []
        var requests: [(path: String, form: [String: String])] = []
        /// Code to the challenge and redirect address it was given for.
        var codes: [String: (challenge: String, redirect: String)] = [:]
        var refreshTokens: Set<String> = []
        var accessTokens: Set<String> = []
        var deviceCodes: [String: Bool] = [:]
        var count = 0
        /// Every code and token there ever was.
        var everIssued: [String] = []
        var onIntrospection: (@Sendable (String) -> Void)?
    }

    package let port: UInt16
    let options: Options
    let state = Mutex(State())
    private let listener: TestSocket

    package init(_ options: Options = Options()) {
        self.options = options
        (listener, port) = TestSocket.listening()
        let started = Threads.start(name: "test-authority") { [listener, weak self] in
            while let socket = listener.accept() {
                guard let self else { return }
                _ = Threads.start(name: "test-grant") { self.serve(socket) }
            }
        }
        precondition(started, "the system gives a thread to a test")
    }

    deinit { stop() }

    package func stop() { listener.shutdown() }

    package var base: String { "http://127.0.0.1:\(port)" }
    package var tokenURL: String { base + "/token" }
    package var authorizationURL: String { base + "/authorize" }
    package var deviceURL: String { base + "/device" }
    package var introspectionURL: String { base + "/introspect" }

    // MARK: - What a test orders and sees

    /// The next questions to the token endpoint are answered so; then it is well again.
    package func fail(_ faults: [Fault]) { state.withLock { $0.faults += faults } }

    package func recover() { state.withLock { $0.faults = [] } }

    /// Everything it was asked for tokens, in order.
    package var grants: [[String: String]] {
        state.withLock { $0.requests.filter { $0.path == "/token" }.map(\.form) }
    }

    package var refreshTokens: Set<String> { state.withLock { $0.refreshTokens } }
    package var everIssued: [String] { state.withLock { $0.everIssued } }
    package var accessTokens: Set<String> { state.withLock { $0.accessTokens } }

    /// Ends all access tokens before their time.
    package func expireAccess() { state.withLock { $0.accessTokens = [] } }

    /// Ends every sign-in, as an administrator would.
    package func revoke() {
        state.withLock { state in
            state.accessTokens = []
            state.refreshTokens = []
        }
    }

    /// Somebody types the code of a device.
    package func typeDeviceCode() {
        state.withLock { $0.deviceCodes = $0.deviceCodes.mapValues { _ in true } }
    }

    /// Hears of every token that a mail server asks about, before it is told.
    package func onIntrospection(_ body: @escaping @Sendable (String) -> Void) {
        state.withLock { $0.onIntrospection = body }
    }

    /// A person signs in at the address: where the browser is sent then; nil for a mistaken address.
    package func signIn(at address: String, refusing: Bool = false) -> String? {
        guard address.hasPrefix(authorizationURL + "?") else { return nil }
        let query = Self.fields(address.drop { $0 != "?" }.dropFirst())
        guard query["response_type"] == "code", query["client_id"] == options.clientID,
            query["code_challenge_method"] == "S256", let challenge = query["code_challenge"],
            let redirect = query["redirect_uri"], let sent = query["state"]
        else { return nil }
        let separator = redirect.contains("?") ? "&" : "?"
        if refusing { return "\(redirect)\(separator)error=access_denied&state=\(sent)" }
        let code = fresh("code")
        state.withLock { $0.codes[code] = (challenge, redirect) }
        return "\(redirect)\(separator)code=\(code)&state=\(sent)"
    }

    // MARK: - Requests

    private func serve(_ socket: TestSocket) {
        guard let line = socket.readLine() else { return }
        var length = 0
        while let header = socket.readLine(), !header.isEmpty {
            let halves = header.split(separator: ":", maxSplits: 1)
            if halves.count == 2, halves[0].lowercased() == "content-length" {
                length = Int(halves[1].filter(\.isNumber)) ?? 0
            }
        }
        let words = line.split(separator: " ")
        guard words.count > 1, let body = socket.read(length) else { return }
        let path = String(words[1].prefix { $0 != "?" })
        let form = Self.fields(String(decoding: body, as: UTF8.self)[...])
        state.withLock { $0.requests.append((path, form)) }
        switch path {
        case "/token": token(form, socket)
        case "/device": device(form, socket)
        case "/introspect": introspect(form, words[1], socket)
        default: Self.answer(socket, 404, "<html>not found</html>")
        }
    }

    private func token(_ form: [String: String], _ socket: TestSocket) {
        let fault = state.withLock { $0.faults.isEmpty ? nil : $0.faults.removeFirst() }
        switch fault {
        case .answer(let status, let body, let retryAfter):
            return Self.answer(socket, status, body, retryAfter.map { "Retry-After: \($0)\r\n" } ?? "")
        case .lostAnswer:
            _ = grant(form)
            socket.shutdown()
            return
        case .slow(let gate): gate.wait()
        case nil: break
        }
        let (status, body) = grant(form)
        Self.answer(socket, status, body)
    }

    private func device(_ form: [String: String], _ socket: TestSocket) {
        let code = fresh("device")
        state.withLock { $0.deviceCodes[code] = false }
        Self.answer(
            socket, 200,
            """
            {"device_code": "\(code)", "user_code": "WDJB-MJHT", "verification_uri": "\(base)/type",
             "expires_in": 600, "interval": 1}
            """)
    }

    private func introspect(_ form: [String: String], _ target: Substring, _ socket: TestSocket) {
        let token = form["token"] ?? Self.fields(target.drop { $0 != "?" }.dropFirst())["token"] ?? ""
        state.withLock { $0.onIntrospection }?(token)
        let isActive = accessTokens.contains(token)
        Self.answer(
            socket, 200,
            isActive ? "{\"active\": true, \"username\": \"\(options.user)\"}" : "{\"active\": false}")
    }

    func fresh(_ kind: String) -> String {
        let number = state.withLock { state in
            state.count += 1
            return state.count
        }
        let secret = "\(kind)-\(number)-\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
        state.withLock { $0.everIssued.append(secret) }
        return secret
    }

    static func answer(_ socket: TestSocket, _ status: Int, _ body: String, _ more: String = "") {
        let head =
            "HTTP/1.1 \(status) X\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
            + "\(more)Connection: close\r\n\r\n"
        socket.send(Array((head + body).utf8))
    }

    /// Names and values of a form, by another reader than the one under test.
    static func fields(_ text: Substring) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = (halves.count > 1 ? halves[1] : "").replacing("+", with: " ")
            var octets: [UInt8] = []
            let pieces = value.split(separator: "%", omittingEmptySubsequences: false)
            for (index, piece) in pieces.enumerated() {
                guard index > 0, let octet = UInt8(piece.prefix(2), radix: 16) else {
                    octets += piece.utf8
                    continue
                }
                octets += [octet] + piece.dropFirst(2).utf8
            }
            fields[String(halves[0])] = String(decoding: octets, as: UTF8.self)
        }
        return fields
    }
}
