/// What a link asks of whoever comes by it, besides having it. PRODUCT.md section 4.
///
/// A link may be passed on, by its owner or by whoever reads their mail. A
/// code proves that somebody reads the link's address now; a login, that they
/// are the contact whom staff invited.
package enum LinkProof: String, Hashable, Sendable, CaseIterable {
    /// Whoever has the link is let in.
    case nothing = "none"
    /// Six digits that go to the link's own address.
    case code
    /// They sign in as the contact that the link is for.
    case login

    /// What is asked of somebody who comes later to those that were asked for before: no less than of any.
    package static func strictest(_ proofs: some Sequence<LinkProof>) -> LinkProof? {
        let asked = Set(proofs)
        return allCases.last(where: asked.contains)
    }
}

/// What a browser has shown of itself at one link.
package struct LinkEvidence: Hashable, Sendable {
    /// It was given the right code, for this link as it is now, and not too long ago.
    package var gaveCode: Bool
    /// It is signed in as the contact that the link is for.
    package var isSignedIn: Bool

    package init(gaveCode: Bool = false, isSignedIn: Bool = false) {
        self.gaveCode = gaveCode
        self.isSignedIn = isSignedIn
    }

    package func satisfies(_ proof: LinkProof) -> Bool {
        switch proof {
        case .nothing: true
        case .code: gaveCode
        case .login: isSignedIn
        }
    }

    /// How long a browser is believed once it gave a code, in seconds: as long as a client's session.
    package static let seconds = ClientTimes.mostSeconds
}
