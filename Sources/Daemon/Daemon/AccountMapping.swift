internal import Configuration
internal import Intake
internal import Mail
internal import Mailroom
internal import Store
internal import Text
internal import Web

extension Office {
    /// What the pages of accounts need: the recorder's hands, and what the configuration says.
    var accountDeeds: AccountDeeds {
        AccountDeeds(
            placeDocuments: { [weak self] in try await self?.recorder.placeDocuments() },
            newFolders: { [weak self] language in
                self.map { AccountFolders($0.configuration, language).folders } ?? []
            },
            readAddress: { [weak self] text in
                guard let self, case .success(let read) = NewContactAddress.read(text) else {
                    return .failure(.malformed)
                }
                return configuration.decisionRules.own.isStaff(read.key) ? .failure(.ours) : .success(read)
            },
            readDomain: { [weak self] text in
                guard let self, let domain = DomainName(text), domain.description.contains(".") else {
                    return .failure(.malformed)
                }
                let rules = configuration.decisionRules
                if rules.freeMail.contains(domain) { return .failure(.freeMail) }
                return rules.own.contains(domain) ? .failure(.ours) : .success(domain)
            })
    }
}
