package import Mail
package import Text

/// Domains that are the firm's own: mail from there is staff's, a list there is our mailbox.
package struct OwnDomains: Hashable, Sendable {
    package let domains: Set<DomainName>
    /// Staff who write from elsewhere.
    package let staff: Set<AddressKey>

    package init(_ domains: Set<DomainName> = [], staff: Set<AddressKey> = []) {
        self.domains = domains
        self.staff = staff
    }

    /// The domain itself or one below it.
    package func contains(_ domain: DomainName) -> Bool {
        domains.contains(domain) || domains.contains { domain.aLabels.hasSuffix("." + $0.aLabels) }
    }

    package func isStaff(_ address: AddressKey) -> Bool {
        staff.contains(address) || contains(address.domain)
    }
}

/// Whom a message is from, as far as it names exactly one.
package struct Sender: Hashable, Sendable {
    package let name: String?
    package let address: EmailAddress
    package let key: AddressKey
    /// A list of our own put its address into From; this is whom the list names.
    package let isThroughOwnList: Bool

    /// Why there is none.
    package enum Fault: Hashable, Sendable {
        case noFrom
        /// Several fields, several addresses, or a group.
        case severalFrom
    }

    /// One From field with one address (RFC 5322 section 3.6.2); behind a list of ours, whom it names.
    package static func of(_ facts: MessageFacts, _ own: OwnDomains) -> Result<Sender, Fault> {
        let envelope = facts.envelope
        guard envelope.fromFields <= 1, envelope.from.count <= 1 else { return .failure(.severalFrom) }
        let fields = facts.values(of: "from")
        guard fields.count <= 1, !fields.contains(where: isSeveral) else { return .failure(.severalFrom) }
        guard let from = envelope.from.first, let key = AddressKey(from.address) else {
            return .failure(.noFrom)
        }
        if own.contains(key.domain), isList(facts, of: own),
            let named = behindList(facts), let namedKey = AddressKey(named.address),
            !own.contains(namedKey.domain)
        {
            return .success(
                Sender(name: named.name, address: named.address, key: namedKey, isThroughOwnList: true))
        }
        return .success(Sender(name: from.name, address: from.address, key: key, isThroughOwnList: false))
    }

    /// Whether a mailing list of ours sent it on. RFC 2919, RFC 2369.
    static func isList(_ facts: MessageFacts, of own: OwnDomains) -> Bool {
        let hosts =
            (facts.values(of: "list-id") + facts.values(of: "list-post") + facts.values(of: "mailing-list"))
            .flatMap { $0.utf8.split { separators.contains($0) }.map { String(Substring($0)) } }
        return hosts.contains { host in DomainName(host).map(own.contains) ?? false }
    }

    /// What the names of hosts stand between.
    private static let separators = Array("<>@ ,;:\t\r\n".utf8)

    private static func behindList(_ facts: MessageFacts) -> NamedAddress? {
        if let original = facts.values(of: "x-original-from").first {
            return AddressScan.addresses(in: original).last.map { NamedAddress(name: nil, address: $0) }
        }
        return facts.envelope.replyTo.count == 1 ? facts.envelope.replyTo.first : nil
    }

    /// A group (`Friends: kate@…;`, RFC 5322 section 3.4), or a second address in angle brackets.
    ///
    /// Readers differ in which of two they take; then it is nobody's word.
    private static func isSeveral(_ value: String) -> Bool {
        var isQuoted = false
        var depth = 0
        var isInBrackets = false
        var isEscaped = false
        var addresses = 0
        for octet in value.utf8 {
            if isEscaped {
                isEscaped = false
                continue
            }
            let isOutside = !isQuoted && depth == 0
            switch octet {
            case UInt8(ascii: "\\"): isEscaped = !isOutside
            case UInt8(ascii: "\"") where depth == 0: isQuoted.toggle()
            case UInt8(ascii: "(") where !isQuoted: depth += 1
            case UInt8(ascii: ")") where !isQuoted: depth = max(0, depth - 1)
            case UInt8(ascii: "<") where isOutside && !isInBrackets:
                addresses += 1
                isInBrackets = true
            case UInt8(ascii: "[") where isOutside: isInBrackets = true
            case UInt8(ascii: ">") where isOutside, UInt8(ascii: "]") where isOutside: isInBrackets = false
            case UInt8(ascii: ":") where isOutside && !isInBrackets: return true
            default: break
            }
        }
        return addresses > 1
    }
}

extension Sender.Fault: Error {}
