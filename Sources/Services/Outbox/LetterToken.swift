internal import Crypto
internal import Mail

/// The secret name of one letter: whoever answers by it has read it.
///
/// It stands in the Message-ID, in References and in the sub-address, and is
/// never derived from anything.
package struct LetterToken: Sendable {
    package let text: String

    package init() { text = Base32.encode(RandomOctets.secret(count: 16)) }

    func messageID(domain: String) -> MessageID { id("\(text)@\(domain)") }

    /// Behind the references of what it answers: it stays where a server replaces the Message-ID.
    func reference(domain: String) -> MessageID { id("\(text).r@\(domain)") }

    private func id(_ text: String) -> MessageID {
        guard let id = MessageID(text) else { preconditionFailure("a domain has no control characters") }
        return id
    }
}
