internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// Documents that go to another account together with the message that they came by.
struct MovingDocuments {
    /// By the part of the message.
    var documents: [Section: DocumentID] = [:]
    /// Where they are wanted; what is not named goes where the rules say.
    var folders: [DocumentID: FolderPath] = [:]

    /// Gives a document its place in the other account.
    ///
    /// What the rules would have wait there was filed once and goes into Intake:
    /// nobody outside sees it before staff have looked.
    func plan(
        _ document: DocumentID, _ planned: PartPlan, to account: Account, _ filing: Filing
    ) throws -> PartPlan {
        guard let row = try filing.transaction.document(document) else {
            throw StoreError(.notFound, "there is no document \(document.rawValue)")
        }
        let folder: FolderPath
        let because: String
        if let wanted = folders[document] {
            (folder, because) = (wanted, "staff put it back")
        } else if planned.state == .filed, let destination = planned.destination {
            (folder, because) = (destination.folder, planned.because)
        } else {
            let name = account.intake?.name ?? DefaultFolders.intakeName(account.language)
            folder = FolderPath(top: SafeName.directory(name))
            because = "it came along from account \(row.accountNumber)"
        }
        let destination = Destination(
            folder: folder, name: filing.freeName(row.name, in: folder, of: account),
            access: account.folder(folder.top)?.access ?? .private)
        try filing.transaction.moveDocument(document, to: account.id, destination: destination)
        return PartPlan(
            planned.section, .filed, planned.state == .filed ? planned.reason : nil, because: because,
            destination: destination, at: planned.where)
    }
}
