package import IMAP

/// There is no login to show to the server: nobody has signed in, or the tokens' server is away.
///
/// It is none of the mail server's doing, and never a wrong password.
package struct NoLogin: Error, Sendable, CustomStringConvertible {
    package let description: String
    /// Whether it comes right only by somebody's hand.
    package let needsPerson: Bool
    /// Seconds until asking again makes sense, if that is known.
    package let retryAfter: Int?

    package init(_ words: String, needsPerson: Bool, retryAfter: Int?) {
        description = words
        self.needsPerson = needsPerson
        self.retryAfter = retryAfter
    }
}

extension SourceSettings {
    /// Connects and logs in; a login that is refused is tried once more where there is a newer one.
    package func open() async throws -> IMAPSession {
        let login = try await login()
        do {
            return try await open(login)
        } catch let error as IMAPError where error.code == .authenticationFailed {
            guard try await answered(login, false) else { throw error }
        }
        let second = try await self.login()
        do {
            return try await open(second)
        } catch let error as IMAPError where error.code == .authenticationFailed {
            _ = try await answered(second, false)
            throw error
        }
    }

    private func open(_ login: IMAPLogin) async throws -> IMAPSession {
        let session = try await IMAPSession.open(endpoint, login)
        _ = try await answered(login, true)
        return session
    }
}
