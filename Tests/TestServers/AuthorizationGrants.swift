import Crypto
import Glibc
import Mail
import Synchronization

extension AuthorizationServer {
    /// What the token endpoint makes of a form: status and body.
    func grant(_ form: [String: String]) -> (status: Int, body: String) {
        let type = form["grant_type"] ?? ""
        if type == "urn:ietf:params:oauth:grant-type:jwt-bearer" { return assertion(form["assertion"] ?? "") }
        guard form["client_id"] == options.clientID, form["client_secret"] == options.clientSecret else {
            return refused("invalid_client", status: 401)
        }
        switch type {
        case "authorization_code": return code(form)
        case "refresh_token": return refresh(form["refresh_token"] ?? "")
        case "client_credentials":
            guard options.clientSecret != nil, form["scope"] != nil else { return refused("invalid_scope") }
            return issue(withRefresh: false)
        case "urn:ietf:params:oauth:grant-type:device_code":
            guard let isTyped = state.withLock({ $0.deviceCodes[form["device_code"] ?? ""] }) else {
                return refused("expired_token")
            }
            return isTyped ? issue(withRefresh: true) : refused("authorization_pending")
        default: return refused("unsupported_grant_type")
        }
    }

    private func code(_ form: [String: String]) -> (Int, String) {
        // A code is good once, whatever comes of it.
        guard let known = state.withLock({ $0.codes.removeValue(forKey: form["code"] ?? "") }) else {
            return refused("invalid_grant", "the code is not known")
        }
        let digest = SHA256.digest(of: Array((form["code_verifier"] ?? "").utf8)).octets
        guard Base64URL.encode(digest) == known.challenge else {
            return refused("invalid_grant", "the verifier is wrong")
        }
        guard form["redirect_uri"] == known.redirect else {
            return refused("invalid_grant", "the redirect address is another")
        }
        return issue(withRefresh: true)
    }

    private func refresh(_ token: String) -> (Int, String) {
        let isKnown = state.withLock { state in
            options.rotates ? state.refreshTokens.remove(token) != nil : state.refreshTokens.contains(token)
        }
        // As a real server would, which quotes what it does not know.
        guard isKnown else { return refused("invalid_grant", "no such refresh token: \(token)") }
        return issue(withRefresh: options.rotates)
    }

    /// Takes a statement whose signature openssl finds good.
    private func assertion(_ text: String) -> (Int, String) {
        let pieces = text.split(separator: ".")
        guard let key = options.assertionKey, pieces.count == 3,
            let signature = Base64URL.decode(pieces[2])
        else { return refused("invalid_grant", "no statement") }
        let directory = TestDirectory()
        directory.write("\(pieces[0]).\(pieces[1])", to: "signed")
        directory.write(signature, to: "signature")
        let verified = ChildProcess.run([
            "openssl", "dgst", "-sha256", "-verify", key, "-signature", directory.file("signature"),
            directory.file("signed"),
        ])
        guard verified.status == 0 else { return refused("invalid_grant", "the signature is wrong") }
        return issue(withRefresh: false)
    }

    private func issue(withRefresh: Bool) -> (Int, String) {
        let access = fresh("access")
        let refresh = withRefresh ? fresh("refresh") : nil
        state.withLock { state in
            state.accessTokens.insert(access)
            if let refresh { state.refreshTokens.insert(refresh) }
        }
        let more = refresh.map { ", \"refresh_token\": \"\($0)\"" } ?? ""
        return (
            200,
            "{\"access_token\": \"\(access)\", \"token_type\": \"Bearer\", \"expires_in\": \(options.lifetime)"
                + "\(more)}"
        )
    }

    private func refused(
        _ error: String, _ words: String = "refused", status: Int = 400
    ) -> (Int, String) {
        (status, "{\"error\": \"\(error)\", \"error_description\": \"\(words)\"}")
    }
}

extension DovecotServer {
    /// A Dovecot whose users can also log in with a token, which it shows to the server.
    package static func taking(
        _ authority: AuthorizationServer, certificates: TestCertificates? = nil
    ) -> DovecotServer? {
        let directory = TestDirectory(readable: true)
        directory.write(
            """
            introspection_mode = post
            introspection_url = \(authority.introspectionURL)
            username_attribute = username
            active_attribute = active
            active_value = true

            """, to: "oauth2.conf")
        var options = Options()
        options.extra = """
            auth_mechanisms = plain login xoauth2 oauthbearer
            auth_cache_size = 0
            passdb {
              driver = oauth2
              mechanisms = xoauth2 oauthbearer
              args = \(directory.file("oauth2.conf"))
            }

            """
        return DovecotServer(options, certificates: certificates, holding: directory)
    }
}
