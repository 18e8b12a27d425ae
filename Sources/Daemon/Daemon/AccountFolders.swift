package import Configuration
package import Mailroom
package import Store
package import Text

/// What a new account begins with: the firm's folders in its language, and Intake.
package struct AccountFolders {
    package let folders: [NewFolder]
    /// Without Intake, which is nobody's but Mailroom's.
    package let ownCount: Int

    package init(_ configuration: Configuration, _ language: Text.Language) {
        let seeds = configuration.folders(for: language)
        ownCount = seeds.count
        folders =
            seeds.map { seed in
                NewFolder(
                    name: SafeName.directory(seed.name(language)), access: seed.access,
                    isDefault: seed.isDefault)
            } + [
                NewFolder(
                    name: Self.free(DefaultFolders.intakeName(language), seeds.map { $0.name(language) }),
                    access: .private, isIntake: true)
            ]
    }

    /// A firm may have a folder of that very name.
    private static func free(_ name: String, _ taken: [String]) -> String {
        let keys = Set(taken.map { SafeName.key(SafeName.directory($0)) })
        return SafeName.unique(name) { keys.contains($0) }
    }
}

extension Office {
    /// Makes an account's folders on the disk; what fails is made with the first document.
    package func makeDirectories(of account: AccountID) async throws {
        let (directory, folders) = try await data.store.read { transaction in
            (try transaction.account(account)?.directory, try transaction.folders(of: account))
        }
        guard let directory else { return }
        for summary in folders {
            try data.vault.documents.makeFolder(account: directory, folders: [summary.folder.name])
        }
    }

    /// The firm's language, for accounts that name none.
    package var language: Text.Language {
        Text.Language(rawValue: configuration.firm.language.rawValue) ?? .en
    }
}
