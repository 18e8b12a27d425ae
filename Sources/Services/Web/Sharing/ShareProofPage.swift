internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// What the link of somebody with whom documents are shared asks of them: something else.
struct ShareProofPage {
    private let frame: AccountFrame
    private let share: Share
    private let recipient: ShareRecipient
    private var visit: Visit { frame.visit }

    /// Of the share and the recipient that the address names; what is revoked asks nobody any more.
    static func load(_ frame: AccountFrame) async throws -> ShareProofPage {
        let (share, recipient) = try await ExtendSharePage.find(frame)
        return ShareProofPage(frame: frame, share: share, recipient: recipient)
    }

    private init(frame: AccountFrame, share: Share, recipient: ShareRecipient) {
        (self.frame, self.share, self.recipient) = (frame, share, recipient)
    }

    func response(chosen: LinkProof? = nil, error: Phrase? = nil) async throws -> Response {
        let path = "\(frame.path(.shares))/\(share.id)/proof?to=\(recipient.id.rawValue)"
        let (account, now) = (frame.head.id, visit.now)
        let hasClients = try await visit.read { try $0.hasClients(account, now: now) }
        let choice = ProofChoice(
            visit: visit, chosen: chosen ?? recipient.proof, hasClients: hasClients, error: error)
        return try await visit.page(
            ProofWords.change, current: .accounts,
            """
            <main class="page" id="main"><div class="content narrow"><h1>\(visit.say(ProofWords.change))</h1>\
            <form class="card pad form" method="post" action="\(link: path)">\(visit.token)\
            <p><b>\(recipient.name ?? recipient.address.description)</b></p>\(choice.html)\
            <p class="hint">\(visit.say(ProofWords.changeHint))</p><div class="actions">\
            <button class="btn primary">\(visit.say(RequestWords.save))</button>\
            <a class="btn" href="\(link: frame.path(.shares))">\(visit.say(.cancel))</a></div></form></div></main>
            """, status: error == nil ? .ok : .unprocessableContent)
    }

    func take(_ form: FormItems) async throws -> Response {
        guard let proof = form["proof"].flatMap({ LinkProof(rawValue: $0) }) else {
            throw PageError.badRequest
        }
        do {
            try await visit.site.deeds.sharing.perform(
                .prove(recipient.id, proof), share.id, visit.member.login)
        } catch let refusal as DeskRefusal {
            return try await response(chosen: proof, error: .refusal(refusal))
        } catch let error as StoreError where error.code == .conflict {
            return try await response(chosen: proof, error: Sharing.tooLate)
        }
        frame.changed("shares")
        return visit.back(to: frame.path(.shares), did: .saved)
    }
}
