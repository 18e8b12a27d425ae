package import Mail

/// What a link's request or share is like, as far as it decides about the link.
package struct LinkFacts: Hashable, Sendable {
    package let state: RequestState
    package let generation: Int
    /// The generation whose links ended by their time, and were replaced by a letter; nil: none did.
    package let lapsed: Int?
    package let expires: Timestamp
    /// What whoever comes by it has to prove.
    package let proof: LinkProof

    package init(
        state: RequestState, generation: Int, lapsed: Int? = nil, expires: Timestamp,
        proof: LinkProof = .nothing
    ) {
        self.state = state
        self.generation = generation
        self.lapsed = lapsed
        self.expires = expires
        self.proof = proof
    }

    /// Of a recipient of a share: nobody answers one, and its end is its expiry alone.
    package init(isRevoked: Bool, generation: Int, expires: Timestamp, proof: LinkProof = .nothing) {
        self.init(
            state: isRevoked ? .revoked : .open, generation: generation, expires: expires, proof: proof)
    }
}

/// What really happens when somebody asks for a new link; the answer is the same each time.
package enum LinkRenewal: Hashable, Sendable {
    /// It never was one of ours, is in force, or was taken back.
    case nothing
    /// A new one goes to the address that the old one went to.
    case byMail(RequestRecipientID)
    /// Nobody knows whom to send it to, or whether it is wanted: staff decide.
    case byStaff(LinkTarget)
}

/// Where a link leads.
package enum LinkVerdict: Hashable, Sendable {
    case opens
    /// It is good, and its visitor has yet to show who they are: nothing of it is told before.
    case asks(LinkProof)
    case over(LinkRenewal)
}

/// Decides what a link is worth: the one place that every page without a login asks. PRODUCT.md section 4.
///
/// | token | request | then |
/// |---|---|---|
/// | not made by our key for this purpose, id and generation | any, or none | over, and nothing to renew |
/// | genuine | draft, revoked | over, and nothing to renew |
/// | genuine | open, answered, in its time; proven, or nothing to prove | opens |
/// | genuine | the same, and not proven | asks for the proof |
/// | genuine, personal | open or expired, its time is over | over; renewed by mail |
/// | genuine, open | the same | over; staff are told |
/// | genuine, of the generation that lapsed before this one | open, expired or answered | over; as above |
/// | genuine | answered, its time is over | over; staff are told |
/// | genuine, of a share | not revoked, its time is over | over; staff are told |
///
/// An older generation is a wrong token: whoever raised it wanted those links void. But for the one that lapsed:
/// a letter with a new link took its place, so that whoever has the mailbox goes on, and whoever has but the old
/// link does not.
package struct LinkJudge: Sendable {
    private let key: LinkKey
    private let purpose: LinkToken.Purpose

    package init(key: LinkKey, purpose: LinkToken.Purpose) {
        self.key = key
        self.purpose = purpose
    }

    /// - Parameters:
    ///   - facts: of the request that the token claims; nil where there is none.
    ///   - evidence: what the browser has shown at this link.
    package func verdict(
        _ text: String, _ facts: LinkFacts?, _ evidence: LinkEvidence = LinkEvidence(), now: Timestamp
    ) -> LinkVerdict {
        // Everything is computed for every token: how long it takes tells nothing.
        let claimed = LinkToken.target(of: text)
        let stand = LinkToken(.request(RequestID(0)), purpose: purpose, generation: 0, key: key).text
        let isGenuine = LinkToken.isGenuine(
            claimed == nil ? stand : text, purpose: purpose, generation: facts?.generation ?? 0, key: key)
        let isOlder = LinkToken.isGenuine(
            claimed == nil ? stand : text, purpose: purpose, generation: facts?.lapsed ?? 0, key: key)
        let hasLapsed = isOlder && facts?.lapsed != nil
        guard isGenuine || hasLapsed, let claimed, let facts else { return .over(.nothing) }
        let isInTime = isGenuine && now < facts.expires
        let opening: LinkVerdict = evidence.satisfies(facts.proof) ? .opens : .asks(facts.proof)
        switch facts.state {
        case .draft, .revoked: return .over(.nothing)
        case .open: return isInTime ? opening : .over(Self.renewal(claimed))
        case .expired: return .over(Self.renewal(claimed))
        // Everything asked for is there: whether more is wanted is for staff to say.
        case .answered: return isInTime ? opening : .over(.byStaff(claimed))
        }
    }

    private static func renewal(_ target: LinkTarget) -> LinkRenewal {
        switch target {
        case .recipient(let id): .byMail(id)
        // Whether somebody is to see documents once more is for staff to say.
        case .request, .share: .byStaff(target)
        }
    }
}
