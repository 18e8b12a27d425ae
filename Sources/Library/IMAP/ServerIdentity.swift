package import Mail

/// What a server says of itself, and what TLS has proven of it.
package struct ServerIdentity: Hashable, Sendable {
    /// The words of its greeting.
    package let greeting: String
    /// From ID, RFC 2971: `Dovecot`; nil where the server won't say.
    package var name: String?
    package var version: String?
    /// `TLS1.3`; nil in plain text.
    package var tlsVersion: String?
    /// When its certificate ends; nil in plain text.
    package var certificateExpiry: Timestamp?

    init(greeting: String) { self.greeting = greeting }
}
