package import Configuration
internal import Intake
package import Mailroom
internal import Store
internal import Text
internal import Web

extension Configuration {
    /// How addresses and domains of clients are read that somebody types.
    package var typedAddresses: TypedAddresses {
        let rules = decisionRules
        return TypedAddresses(own: rules.own, freeMail: rules.freeMail)
    }
}

extension Office {
    /// What the pages of accounts need: the recorder's hands, and what the configuration says.
    var accountDeeds: AccountDeeds {
        AccountDeeds(
            placeDocuments: { [weak self] in try await self?.recorder.placeDocuments() },
            newFolders: { [weak self] language in
                self.map { AccountFolders($0.configuration, language).folders } ?? []
            },
            typedAddresses: { [weak self] in self?.configuration.typedAddresses ?? TypedAddresses() })
    }
}
