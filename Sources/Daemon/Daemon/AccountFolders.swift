package import Configuration
internal import Mailroom
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
