package import Mail
internal import Mailroom
package import Store
package import Text

/// What the pages of accounts need of the rest of the firm.
package struct AccountDeeds: Sendable {
    /// Why what was typed is no address of a client's, or no domain of one's own.
    package enum AddressMistake: Error, Hashable, Sendable {
        case malformed
        /// A colleague's, or the firm's own domain.
        case ours
        /// A domain at which anybody can have an address.
        case freeMail
    }

    /// Gives planned documents their files, and has files follow what was moved.
    package var placeDocuments: @Sendable () async throws -> Void
    /// What a new account begins with, in its language.
    package var newFolders: @Sendable (Language) -> [NewFolder]
    package var readAddress: @Sendable (String) -> Result<NewContactAddress, AddressMistake>
    package var readDomain: @Sendable (String) -> Result<DomainName, AddressMistake>

    package init(
        placeDocuments: @escaping @Sendable () async throws -> Void = {},
        newFolders: @escaping @Sendable (Language) -> [NewFolder] = AccountDeeds.usualFolders,
        readAddress: @escaping @Sendable (String) -> Result<NewContactAddress, AddressMistake> =
            NewContactAddress.read,
        readDomain: @escaping @Sendable (String) -> Result<DomainName, AddressMistake> = { text in
            DomainName(text).map { .success($0) } ?? .failure(.malformed)
        }
    ) {
        self.placeDocuments = placeDocuments
        self.newFolders = newFolders
        self.readAddress = readAddress
        self.readDomain = readDomain
    }

    /// Where no configuration says otherwise.
    package static let usualFolders: @Sendable (Language) -> [NewFolder] = { language in
        DefaultFolders.seeds.map {
            NewFolder(name: $0.name(language), access: $0.access, isDefault: $0.isDefault)
        } + [NewFolder(name: DefaultFolders.intakeName(language), access: .private, isIntake: true)]
    }
}

/// An address as typed, and as it is compared.
package struct NewContactAddress: Hashable, Sendable {
    package let address: EmailAddress
    package let key: AddressKey

    package init(address: EmailAddress, key: AddressKey) {
        self.address = address
        self.key = key
    }

    package static let read: @Sendable (String) -> Result<NewContactAddress, AccountDeeds.AddressMistake> = {
        text in
        guard let address = EmailAddress(text), let key = AddressKey(address),
            !text.contains(where: { $0.isWhitespace || "<>,;".contains($0) })
        else { return .failure(.malformed) }
        return .success(NewContactAddress(address: address, key: key))
    }
}
