internal import Crypto

/// What a link names: PRODUCT.md section 4.
///
/// A personal link is one recipient's, an open one anybody's who has it; each
/// is void as soon as the generation of its request, or of the recipient of a
/// share, is raised.
package enum LinkTarget: Hashable, Sendable {
    case recipient(RequestRecipientID)
    case request(RequestID)
    /// One recipient of documents.
    case share(ShareRecipientID)

    /// What a link to it is for.
    package var purpose: LinkToken.Purpose {
        switch self {
        case .recipient, .request: .upload
        case .share: .share
        }
    }
}

/// The unguessable end of a link: derived from the server's key, never stored, so that it can be copied again.
///
/// base64url(id ‖ first 16 octets of HMAC-SHA-256(key, purpose ‖ 0 ‖ id ‖ generation)). The id is six octets:
/// `p` for a personal link, `o` for an open one or `s` for a share's, then the row's number in five, big-endian;
/// the generation is eight. So a token has 30 characters and one spelling.
package struct LinkToken: Hashable, Sendable {
    package enum Purpose: String, Hashable, Sendable, CaseIterable {
        case upload
        case share

        /// What is before the token in the address: `/u/`.
        package var path: String {
            switch self {
            case .upload: "/u/"
            case .share: "/s/"
            }
        }
    }

    /// Secret: it is all one needs.
    package let text: String

    private static let macLength = 16

    package init(_ target: LinkTarget, purpose: Purpose, generation: Int, key: LinkKey) {
        let id = Self.id(of: target)
        text = Base64URL.encode(id + Self.mac(id, purpose, generation, key))
    }

    /// What a token claims to name. Nothing is proven by it: see ``isGenuine(_:purpose:generation:key:)``.
    package static func target(of text: some StringProtocol) -> LinkTarget? {
        guard text.utf8.count == 30, let octets = Base64URL.decode(text), octets.count == 6 + macLength else {
            return nil
        }
        let number = octets[1..<6].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        switch octets[0] {
        case UInt8(ascii: "p"): return .recipient(RequestRecipientID(number))
        case UInt8(ascii: "o"): return .request(RequestID(number))
        case UInt8(ascii: "s"): return .share(ShareRecipientID(number))
        default: return nil
        }
    }

    /// Whether the key made this token for what it names, in this generation; the same time for every wrong one.
    package static func isGenuine(
        _ text: some StringProtocol, purpose: Purpose, generation: Int, key: LinkKey
    ) -> Bool {
        guard target(of: text) != nil, let octets = Base64URL.decode(text) else { return false }
        let id = Array(octets.prefix(6))
        return ConstantTime.equal(Array(octets.dropFirst(6)), mac(id, purpose, generation, key))
    }

    private static func id(of target: LinkTarget) -> [UInt8] {
        let (kind, number) =
            switch target {
            case .recipient(let id): (UInt8(ascii: "p"), id.rawValue)
            case .request(let id): (UInt8(ascii: "o"), id.rawValue)
            case .share(let id): (UInt8(ascii: "s"), id.rawValue)
            }
        precondition((0..<1 << 40).contains(number), "no firm has a trillion requests")
        return [kind] + octets(number).suffix(5)
    }

    private static func mac(_ id: [UInt8], _ purpose: Purpose, _ generation: Int, _ key: LinkKey) -> [UInt8] {
        let named = Array(purpose.rawValue.utf8) + [0] + id + octets(Int64(generation))
        return Array(HMAC.sha256(of: named, key: key.octets).prefix(macLength))
    }

    /// Something else that is only good at one link: by a word that is the name of no purpose.
    static func mac(
        _ word: String, _ target: LinkTarget, generation: Int, _ key: LinkKey, more: [UInt8]
    ) -> [UInt8] {
        precondition(Purpose(rawValue: word) == nil, "what is made for a purpose opens a page")
        let named = Array(word.utf8) + [0] + id(of: target) + octets(Int64(generation)) + more
        return Array(HMAC.sha256(of: named, key: key.octets))
    }

    private static func octets(_ number: Int64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    }
}
