package import Mailroom
package import Store
package import Text

/// What the pages of accounts need of the rest of the firm.
package struct AccountDeeds: Sendable {
    /// Gives planned documents their files, and has files follow what was moved.
    package var placeDocuments: @Sendable () async throws -> Void
    /// What a new account begins with, in its language.
    package var newFolders: @Sendable (Language) -> [NewFolder]
    /// How what is typed as an address of a client's is read.
    package var typedAddresses: @Sendable () -> TypedAddresses

    package init(
        placeDocuments: @escaping @Sendable () async throws -> Void = {},
        newFolders: @escaping @Sendable (Language) -> [NewFolder] = AccountDeeds.usualFolders,
        typedAddresses: @escaping @Sendable () -> TypedAddresses = { TypedAddresses() }
    ) {
        self.placeDocuments = placeDocuments
        self.newFolders = newFolders
        self.typedAddresses = typedAddresses
    }

    /// Where no configuration says otherwise.
    package static let usualFolders: @Sendable (Language) -> [NewFolder] = { language in
        DefaultFolders.seeds.map {
            NewFolder(name: $0.name(language), access: $0.access, isDefault: $0.isDefault)
        } + [NewFolder(name: DefaultFolders.intakeName(language), access: .private, isIntake: true)]
    }
}
