internal import Configuration
internal import Daemon
internal import Mailroom
internal import Store
internal import Text

extension Desk {
    /// Makes an account's folders on the disk; what fails is made with the first document.
    func makeDirectories(of account: AccountID) async throws {
        let (directory, folders) = try await store.read { transaction in
            (try transaction.account(account)?.directory, try transaction.folders(of: account))
        }
        guard let directory else { return }
        for summary in folders {
            try office.data.vault.documents.makeFolder(account: directory, folders: [summary.folder.name])
        }
    }

    /// The firm's language, for accounts that name none.
    var language: Text.Language { Text.Language(rawValue: configuration.firm.language.rawValue) ?? .en }
}
