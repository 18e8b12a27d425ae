internal import Transport

extension Connection {
    /// Logs in with an access token in place of a password.
    ///
    /// | mechanism | server offers | then |
    /// |---|---|---|
    /// | bearer, oauthBearer | AUTH=OAUTHBEARER | RFC 7628 |
    /// | bearer, xoauth2 | AUTH=XOAUTH2 | Google's and Microsoft's earlier form of it |
    /// | otherwise | | refused before the token is sent |
    ///
    /// A refusal has two halves: a continuation with the reason in base64,
    /// which is answered by a line of its own, and then the tagged NO.
    /// RFC 7628 section 3.2.3.
    func bearer(_ login: IMAPLogin, _ capabilities: Set<String>, _ endpoint: IMAPEndpoint) throws(IMAPError) {
        let isStandard = login.mechanism != .xoauth2 && capabilities.contains("AUTH=OAUTHBEARER")
        guard isStandard || (login.mechanism != .oauthBearer && capabilities.contains("AUTH=XOAUTH2")) else {
            throw IMAPError(
                .unsupported, doing: "AUTHENTICATE",
                words: "the server takes no login by OAuth 2.0 (neither OAUTHBEARER nor XOAUTH2 is offered)")
        }
        let doing = "AUTHENTICATE \(isStandard ? "OAUTHBEARER" : "XOAUTH2")"
        let message = isStandard ? BearerResponse.standard(login, endpoint) : BearerResponse.xoauth2(login)
        let response = Base64.encode(message)
        // Ctrl-A, as RFC 7628 has it; for XOAUTH2 an empty line, as its descriptions have it.
        let acknowledgement = isStandard ? Base64.encode([1]) : ""
        var challenge: String?
        do throws(IMAPError) {
            if capabilities.contains("SASL-IR") {
                try send(Command("\(doing) \(response)", doing: doing))
            } else {
                try send(Command(doing))
                try skipToContinuation()
                try send(line: response)
            }
            try readToTagged { line throws(IMAPError) in
                guard challenge == nil else { throw violation("a second challenge after the first") }
                challenge = BearerResponse.reason(in: line)
                try send(line: acknowledgement)
            }
        } catch {
            let refused = Self.refusal(error)
            guard refused.code == .authenticationFailed, let challenge, !challenge.isEmpty else {
                throw refused
            }
            throw refused.adding("the server's reason: \(challenge)")
        }
    }
}

/// The octets of a login with a token.
enum BearerResponse {
    /// `n,a=USER,` then key and value pairs, each ended by Ctrl-A. RFC 7628 section 3.1, RFC 5801 section 4.
    static func standard(_ login: IMAPLogin, _ endpoint: IMAPEndpoint) -> [UInt8] {
        let user = login.user.map { character -> String in
            switch character {
            case "=": "=3D"
            case ",": "=2C"
            default: String(character)
            }
        }
        let header = "n,a=\(user.joined()),\u{1}host=\(endpoint.host)\u{1}port=\(endpoint.port)\u{1}"
        return Array("\(header)auth=Bearer \(login.secret)\u{1}\u{1}".utf8)
    }

    static func xoauth2(_ login: IMAPLogin) -> [UInt8] {
        Array("user=\(login.user)\u{1}auth=Bearer \(login.secret)\u{1}\u{1}".utf8)
    }

    /// What a challenge says, made fit to be shown: `{"status":"invalid_token"}`. At most 300 characters.
    static func reason(in line: String) -> String {
        let text = line.dropFirst().drop { $0 == " " }.prefix { $0 != "\r" && $0 != "\n" && $0 != "\r\n" }
        guard let octets = Base64.decode(text) else { return "" }
        let shown = String(decoding: octets, as: UTF8.self).unicodeScalars.filter {
            $0.value >= 32 && !(0x7f...0x9f).contains($0.value)
        }
        return String(String(String.UnicodeScalarView(shown)).prefix(300))
    }
}
