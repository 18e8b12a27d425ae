package import Mail

/// What a token endpoint answered, before anyone has understood it.
package struct EndpointAnswer: Sendable {
    package let status: Int
    package let retryAfter: String?
    package let body: [UInt8]

    package init(status: Int, retryAfter: String?, body: [UInt8]) {
        self.status = status
        self.retryAfter = retryAfter
        self.body = body
    }
}

/// Asks an authorization server for tokens: one question, one answer, nothing remembered. RFC 6749 section 3.2.
package struct TokenEndpoint: Sendable {
    /// Sends a form to an address; throws only what is wrong with the line.
    package typealias Post =
        @Sendable (_ url: String, _ form: String, _ doing: String) async throws(OAuth2Error) -> EndpointAnswer

    private let client: OAuth2Client
    private let post: Post

    package init(_ client: OAuth2Client, post: @escaping Post) {
        self.client = client
        self.post = post
    }

    package func token(for grant: TokenGrant, now: Timestamp) async throws(OAuth2Error) -> TokenSet {
        let (form, secrets) = grant.form(for: client)
        let answer = try await post(client.tokenURL, form.encoded, grant.name)
        return try TokenAnswer.read(answer, doing: grant.name, hiding: secrets, now: now)
    }

    /// The first half of a sign-in on another device. RFC 8628 section 3.1.
    package func authorizeDevice(now: Timestamp) async throws(OAuth2Error) -> DeviceAuthorization {
        let form = DeviceAuthorization.form(for: client)
        let answer = try await post(client.deviceURL, form.encoded, DeviceAuthorization.doing)
        return try DeviceAuthorization(answer, now: now)
    }
}
