internal import Crypto
package import HTTP

/// A field in which the web server in front names who has signed in with it.
///
/// It is believed on a Unix socket, whose permissions say who reaches it, or
/// together with a secret. An address proves nothing: every program on that
/// machine has it.
package struct ProxySignIn: Hashable, Sendable {
    private let field: HeaderName
    /// Nil: a Unix socket alone is believed.
    private let secret: String?

    /// The field with the secret.
    package static let secretField: HeaderName = "x-mailroom-secret"

    package init(field: HeaderName, secret: String?) {
        self.field = field
        self.secret = secret
    }

    /// The login of whoever the web server has signed in; nil: nobody, or it is not to be believed.
    func login(_ request: HTTP.Request) -> String? {
        if let secret {
            guard let given = request.headers[Self.secretField], !secret.isEmpty,
                ConstantTime.equal(Array(given.utf8), Array(secret.utf8))
            else { return nil }
        } else {
            switch request.peer {
            case .unix: break
            case .address: return nil
            }
        }
        let logins = request.headers.all(field)
        // Two of them: one came from the visitor.
        guard logins.count == 1, !logins[0].isEmpty else { return nil }
        return logins[0].lowercased()
    }
}
