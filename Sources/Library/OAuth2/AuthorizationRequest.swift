internal import Crypto

/// One person's sign-in: the address to open, and the only answer it takes. RFC 6749 section 4.1, RFC 8252.
package struct AuthorizationRequest: Sendable {
    /// Where the browser is sent back to, exactly as the token endpoint will be told it.
    package let redirect: String
    package let verifier: String
    /// What to open.
    package let address: String
    private let state: String

    /// - Parameter loginHint: the address of the person who is to sign in.
    package init(_ client: OAuth2Client, redirect: String, loginHint: String?) {
        let pkce = PKCE()
        self.redirect = redirect
        verifier = pkce.verifier
        state = Base64URL.encode(RandomOctets.secret(count: 24))
        var query = FormFields([
            ("response_type", "code"), ("client_id", client.id), ("redirect_uri", redirect),
        ])
        if !client.scope.isEmpty { query.add("scope", client.scope) }
        query.add("state", state)
        query.add("code_challenge", pkce.challenge)
        query.add("code_challenge_method", "S256")
        for extra in client.authorizationExtras { query.add(extra.name, extra.value) }
        if let loginHint { query.add("login_hint", loginHint) }
        let separator = client.authorizationURL.contains("?") ? "&" : "?"
        address = client.authorizationURL + separator + query.encoded
    }

    /// The code that an answer brings.
    ///
    /// | the answer | then |
    /// |---|---|
    /// | another state, or none | refused: somebody else's sign-in, or an attack. RFC 6749 section 10.12 |
    /// | `error` | told in the server's words |
    /// | `code` | taken |
    ///
    /// - Parameter answer: the whole address that the browser was sent to, or its query.
    package func code(in answer: String) throws(OAuth2Error) -> String {
        let doing = "authorization response"
        let text = answer.drop { $0.isWhitespace }.prefix { !$0.isWhitespace }
        let query = text.firstIndex(of: "?").map { text[text.index(after: $0)...] } ?? text
        let fields = FormFields(reading: query.prefix { $0 != "#" })
        guard let state = fields["state"] else {
            throw OAuth2Error(
                .foreignRedirect, doing: doing,
                words: "there is no “state” in it: it is not the address of an answer")
        }
        guard ConstantTime.equal(Array(state.utf8), Array(self.state.utf8)) else {
            throw OAuth2Error(
                .foreignRedirect, doing: doing, words: "it answers another sign-in than this one (state)")
        }
        if let error = fields["error"] {
            throw TokenAnswer.refusal(error, fields["error_description"], doing: doing)
        }
        guard let code = fields["code"], !code.isEmpty, code.utf8.count <= 8192 else {
            throw OAuth2Error(.malformed, doing: doing, words: "there is no “code” in it")
        }
        return code
    }
}
