package import Text

/// `[[folder]]`: what a new account's folder is called in each language, and who may do what in it.
package struct FolderSeed: Hashable, Sendable {
    package let names: [Language: String]
    package let access: Access
    package let isDefault: Bool

    package init(names: [Language: String], access: Access, isDefault: Bool = false) {
        precondition(!names.isEmpty, "a folder has a name in some language")
        self.names = names
        self.access = access
        self.isDefault = isDefault
    }

    /// In the account's language, else in English, else in any.
    package func name(_ language: Language) -> String {
        names[language] ?? names[.en] ?? names.sorted { $0.key.rawValue < $1.key.rawValue }[0].value
    }
}

/// The folders every account is born with where the configuration says nothing. PRODUCT.md section 1.
package enum DefaultFolders {
    package static let seeds = [
        FolderSeed(
            names: [.de: "Mandantenunterlagen", .ja: "お客様資料", .en: "Client uploads"], access: .edit,
            isDefault: true),
        FolderSeed(names: [.de: "Auswertungen", .ja: "共有資料", .en: "Shared with client"], access: .view),
        FolderSeed(names: [.de: "Intern", .ja: "社内", .en: "Internal"], access: .private),
    ]

    package static func defaultName(_ language: Language) -> String { seeds[0].name(language) }

    /// Private, besides the seeds: what was filed without the client seeing it yet.
    package static func intakeName(_ language: Language) -> String {
        switch language {
        case .de: "Posteingang"
        case .en: "Intake"
        case .ja: "受信"
        }
    }
}
