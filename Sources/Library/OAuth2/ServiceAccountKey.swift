internal import Crypto
internal import FoundationEssentials
package import Mail

/// The key of a Google service account, which acts for people without their being there. RFC 7523.
///
/// Google hands it out as a JSON file. The firm's administrator allows the
/// account to act for the mailboxes of the domain; `sub` then names whose.
package struct ServiceAccountKey: Sendable {
    private struct File: Decodable {
        let clientEmail: String
        let privateKey: String
        let privateKeyId: String?
        let tokenUri: String?
    }

    private struct Header: Encodable {
        let alg = "RS256"
        let typ = "JWT"
        let kid: String?
    }

    private struct Claims: Encodable {
        let iss: String
        let scope: String
        let aud: String
        let sub: String?
        let iat: Int64
        let exp: Int64
    }

    /// The account itself: `name@project.iam.gserviceaccount.com`.
    package let address: String
    /// Where its statements are taken to, if the file says so.
    package let tokenURL: String?
    private let id: String?
    private let key: SigningKey

    package init(json octets: [UInt8]) throws(OAuth2Error) {
        let doing = "reading the key of a service account"
        let file: File
        do {
            file = try TokenAnswer.decoder.decode(File.self, from: Data(octets))
        } catch {
            throw OAuth2Error(
                .unusable, doing: doing,
                words: "it is not the JSON file that Google gives (client_email, private_key)")
        }
        do throws(SigningError) {
            key = try SigningKey(pem: file.privateKey)
        } catch {
            throw OAuth2Error(.unusable, doing: doing, words: "\(error)")
        }
        address = file.clientEmail
        id = file.privateKeyId
        tokenURL = file.tokenUri
    }

    /// A statement that is good for an hour. RFC 7523 section 3, RFC 7515 section 7.1.
    ///
    /// - Parameter subject: the mailbox to act for.
    package func assertion(
        audience: String, scope: String, subject: String?, now: Timestamp
    ) throws(OAuth2Error) -> String {
        let doing = "jwt-bearer grant"
        // A minute back: no server takes a statement from its own future.
        let issued = now.seconds - 60
        let claims = Claims(
            iss: address, scope: scope, aud: audience, sub: subject, iat: issued, exp: issued + 3600)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let header = try? encoder.encode(Header(kid: id)), let body = try? encoder.encode(claims) else {
            preconditionFailure("texts and numbers have a form in JSON")
        }
        let signed = "\(Base64URL.encode(Array(header))).\(Base64URL.encode(Array(body)))"
        do throws(SigningError) {
            return "\(signed).\(Base64URL.encode(try key.signature(of: Array(signed.utf8))))"
        } catch {
            throw OAuth2Error(.unusable, doing: doing, words: "\(error)")
        }
    }
}
