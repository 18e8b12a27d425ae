internal import Mail
package import Secrets

/// A code to be typed on another device, by whoever signs in. RFC 8628 section 3.2.
package struct DeviceAuthorization: Sendable {
    package let deviceCode: Secret
    /// For people: `WDJB-MJHT`.
    package let userCode: String
    /// Where to type it.
    package let address: String
    /// In seconds, from the moment it was given.
    package let lifetime: Int
    /// Seconds between questions.
    package let interval: Int

    private struct Body: Decodable {
        let deviceCode: String
        let userCode: String
        let verificationUri: String?
        // As Google spelled it before there was an RFC.
        let verificationUrl: String?
        let expiresIn: TokenAnswer.Count?
        let interval: TokenAnswer.Count?
    }

    static let doing = "device authorization request"

    /// The form that asks for one. RFC 8628 section 3.1.
    static func form(for client: OAuth2Client) -> FormFields {
        FormFields([("client_id", client.id), ("scope", client.scope)])
    }

    init(_ answer: EndpointAnswer, now: Timestamp) throws(OAuth2Error) {
        let body = try TokenAnswer.json(answer, as: Body.self, doing: Self.doing, hiding: [], now: now)
        guard let address = body.verificationUri ?? body.verificationUrl else {
            throw OAuth2Error(.malformed, doing: Self.doing, words: "no address where to type the code")
        }
        deviceCode = Secret(body.deviceCode)
        userCode = TokenAnswer.shown(body.userCode, hiding: [])
        self.address = TokenAnswer.shown(address, hiding: [])
        lifetime = min(max(body.expiresIn?.value ?? 900, 30), 3600)
        interval = min(max(body.interval?.value ?? 5, 1), 60)
    }
}
