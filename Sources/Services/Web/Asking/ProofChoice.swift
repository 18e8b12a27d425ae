internal import Mailroom
internal import Markup
internal import Store

/// The question what a link asks of whoever comes by it.
struct ProofChoice {
    let visit: Visit
    let chosen: LinkProof?
    /// Somebody of the account can sign in: else nobody can be asked to.
    let hasClients: Bool
    var error: Phrase?

    var html: HTML {
        let offered = LinkProof.allCases.filter { $0 != .login || hasClients || chosen == .login }
        return Field(
            "proof", visit.say(ProofWords.label), value: (chosen ?? .nothing).rawValue,
            hint: visit.say(hasClients ? ProofWords.hint : ProofWords.noLoginHint),
            error: error.map(visit.say)
        ).select(offered.map { (value: $0.rawValue, words: visit.say(ProofWords.option($0))) })
    }

    /// Beside a recipient: what their link asks.
    static func badge(_ proof: LinkProof, _ visit: Visit) -> HTML {
        guard let words = ProofWords.badge(proof) else { return .empty }
        return "<span class=\"badge plain\">\(Icon("lock").svg)\(visit.say(words))</span>"
    }
}
