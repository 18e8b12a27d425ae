internal import Mail
internal import Transport

extension Connection {
    /// Logs in. RFC 9051 sections 6.2.2 and 6.2.3.
    ///
    /// | mechanism | server offers | then |
    /// |---|---|---|
    /// | automatic, plain | AUTH=PLAIN | AUTHENTICATE PLAIN, which carries any character |
    /// | automatic, login | no LOGINDISABLED | LOGIN, unless user or secret are not ASCII |
    /// | bearer and its two forms | | see ``bearer(_:_:_:)`` |
    /// | otherwise | | refused before a secret is sent |
    func authenticate(
        _ login: IMAPLogin, _ capabilities: Set<String>, _ endpoint: IMAPEndpoint
    ) throws(IMAPError) {
        let doing = "LOGIN"
        let texts = [login.user, login.secret]
        guard texts.allSatisfy({ !$0.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) }) else {
            throw IMAPError(.argument, doing: doing, words: "CR, LF or NUL in user name or secret")
        }
        let offersPlain = capabilities.contains("AUTH=PLAIN")
        let offersLogin = !capabilities.contains("LOGINDISABLED")
        let isASCII = texts.allSatisfy { $0.utf8.allSatisfy { (0x20...0x7e).contains($0) } }
        switch login.mechanism {
        case .automatic where offersPlain, .plain where offersPlain: try plain(login, capabilities)
        case .automatic where offersLogin && isASCII, .login where offersLogin && isASCII:
            try plainCommand(login)
        case .bearer, .oauthBearer, .xoauth2:
            guard texts.allSatisfy({ !$0.utf8.contains(1) }) else {
                throw IMAPError(.argument, doing: doing, words: "Ctrl-A in user name or token")
            }
            try bearer(login, capabilities, endpoint)
        case .automatic, .plain, .login:
            let words =
                offersLogin && !isASCII && login.mechanism != .plain
                ? "user name or secret are not ASCII, and the server offers no AUTH=PLAIN"
                : "the server does not offer the mechanism \"\(login.mechanism.rawValue)\""
            throw IMAPError(.unsupported, doing: doing, words: words)
        }
    }

    private func plainCommand(_ login: IMAPLogin) throws(IMAPError) {
        let user = try Command.quoted(login.user, doing: "LOGIN")
        let secret = try Command.quoted(login.secret, doing: "LOGIN")
        do {
            try run(Command("LOGIN \(user) \(secret)", doing: "LOGIN"))
        } catch {
            throw Self.refusal(error)
        }
    }

    /// AUTHENTICATE PLAIN, in one line where the server takes it so. RFC 4616, RFC 4959.
    private func plain(_ login: IMAPLogin, _ capabilities: Set<String>) throws(IMAPError) {
        let doing = "AUTHENTICATE PLAIN"
        let message = Base64.encode([0] + login.user.utf8 + [0] + login.secret.utf8)
        do throws(IMAPError) {
            guard !capabilities.contains("SASL-IR") else {
                return try run(Command("\(doing) \(message)", doing: doing))
            }
            try send(Command(doing))
            try skipToContinuation()
            try send(line: message)
            try readToTagged()
        } catch {
            throw Self.refusal(error)
        }
    }

    /// Reads up to the server's `+`; a tagged answer before it is an error.
    func skipToContinuation() throws(IMAPError) {
        while true {
            let line = try readLine()
            if line.hasPrefix("+") { return }
            if let status = tagged {
                try check(status)
                throw violation("OK where a continuation was due")
            }
        }
    }

    /// Tells a wrong secret from a server that cannot say just now. RFC 5530 section 3.
    static func refusal(_ error: IMAPError) -> IMAPError {
        guard error.code == .no else { return error }
        switch error.responseCode {
        case "UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "OVERQUOTA", "CONTACTADMIN": return error
        default: return error.with(.authenticationFailed)
        }
    }
}

/// RFC 4648 section 4, for the few lines that need it.
enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ octets: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: octets.count, by: 3) {
            let group = octets[start..<min(start + 3, octets.count)]
            let bits = (0..<3).reduce(UInt32(0)) {
                $0 << 8 | ($1 < group.count ? UInt32(group[start + $1]) : 0)
            }
            for place in 0..<4 {
                let digit = Int(bits >> UInt32(18 - 6 * place)) & 63
                text.append(place <= group.count ? alphabet[digit] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
    /// Nil for what is no base64; padding may be missing.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var octets: [UInt8] = []
        var bits: UInt32 = 0
        var count: UInt32 = 0
        for character in text.utf8 where character != UInt8(ascii: "=") {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            octets.append(UInt8(truncatingIfNeeded: bits >> count))
        }
        return octets
    }
}
