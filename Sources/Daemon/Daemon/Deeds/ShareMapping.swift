internal import Configuration
internal import Mail
internal import Mailroom
internal import Outbox
internal import Store
package import Web

extension Office {
    /// Shares as the pages have them done: by the desk that commands use.
    package var shareDeeds: ShareDeeds {
        var deeds = ShareDeeds()
        deeds.share = { [weak self] order, isByMail, actor in
            guard let self else { throw Self.ending }
            return try await ShareDesk(self, actor: actor).share(order, isByMail: isByMail).id
        }
        deeds.preview = { [weak self] order, actor in
            guard let self else { throw Self.ending }
            return try await ShareDesk(self, actor: actor).preview(order)
        }
        deeds.addresses = { [weak self] share in
            guard let self else { return [:] }
            return (try? ShareDesk(self, actor: "").addresses(of: share)) ?? [:]
        }
        deeds.perform = { [weak self] action, id, actor in
            guard let self else { throw Self.ending }
            try await ShareDesk(self, actor: actor).perform(action, on: id)
        }
        deeds.terms = { [weak self] in self?.configuration.shareTerms ?? RequestTerms(days: 7) }
        deeds.usualProof = { [weak self] in self?.configuration.requests.shareProof ?? .nothing }
        return deeds
    }

    private static let ending = StoreError(.locked, "the daemon is ending: try again in a moment")
}
