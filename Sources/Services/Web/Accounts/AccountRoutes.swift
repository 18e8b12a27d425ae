internal import HTTP
internal import Mailroom

extension StaffRoutes {
    /// The pages of accounts and of documents.
    mutating func addAccountPages() {
        get("/accounts") { visit in try await AccountListPage(visit: visit).response() }
        get("/accounts/new", may: .changeAccounts) { visit in
            try await NewAccountPage(visit: visit).response()
        }
        post("/accounts/new", may: .changeAccounts, isOnce: true) { visit, form in
            try await NewAccountPage(visit: visit).make(form)
        }
        get("/accounts/:number") { visit in
            let frame = try await AccountFrame.load(visit)
            return .seeOther(frame.path(.documents))
        }
        get("/accounts/:number/documents") { visit in
            try await DocumentsPage(frame: AccountFrame.load(visit)).response()
        }
        get("/accounts/:number/email") { visit in
            try await AccountMailPage(frame: AccountFrame.load(visit)).response()
        }
        get("/accounts/:number/requests") { visit in
            try await AccountRequestsPage(frame: AccountFrame.load(visit)).response()
        }
        get("/accounts/:number/activity") { visit in
            try await ActivityPage(frame: AccountFrame.load(visit)).response()
        }
        get("/accounts/:number/settings") { visit in
            try await AccountSettingsPage(frame: AccountFrame.load(visit)).response()
        }
        post("/accounts/:number/settings", may: .changeAccounts) { visit, form in
            try await AccountSettingsPage(frame: AccountFrame.load(visit)).save(form)
        }
        post("/accounts/:number/viewers", may: .changeVisibility) { visit, form in
            try await AccountSettingsPage(frame: AccountFrame.load(visit)).saveViewers(form)
        }
        // A form that was refused is shown at its own address, which a page renews itself from.
        get("/accounts/:number/viewers") { visit in
            try await AccountSettingsPage(frame: AccountFrame.load(visit)).response()
        }
        addFolderRoutes()
        addDocumentRoutes()
        addContactRoutes()
        get("/documents") { visit in try await FirmDocumentsPage(visit: visit).response() }
    }

    private mutating func addFolderRoutes() {
        get("/accounts/:number/folders/new", may: .changeDocuments) { visit in
            try await FolderForms(frame: AccountFrame.load(visit)).newFolder()
        }
        post("/accounts/:number/folders/new", may: .changeDocuments) { visit, form in
            try await FolderForms(frame: AccountFrame.load(visit)).make(form)
        }
        get("/accounts/:number/folders/rename", may: .changeDocuments) { visit in
            try await FolderForms(frame: AccountFrame.load(visit)).renameForm()
        }
        post("/accounts/:number/folders/rename", may: .changeDocuments) { visit, form in
            try await FolderForms(frame: AccountFrame.load(visit)).rename(visit.answers(form))
        }
        get("/accounts/:number/folders/remove", may: .changeDocuments) { visit in
            try await FolderForms(frame: AccountFrame.load(visit)).removeForm()
        }
        post("/accounts/:number/folders/remove", may: .changeDocuments) { visit, form in
            try await FolderForms(frame: AccountFrame.load(visit)).remove(form)
        }
        get("/accounts/:number/folders/access", may: .changeAccess) { visit in
            try await FolderAccessPage(frame: AccountFrame.load(visit)).response()
        }
        post("/accounts/:number/folders/access", may: .changeAccess) { visit, form in
            try await FolderAccessPage(frame: AccountFrame.load(visit)).change(visit.answers(form))
        }
        get("/accounts/:number/folders/zip") { visit in
            try await FolderDownload(frame: AccountFrame.load(visit)).folder()
        }
        get("/accounts/:number/upload", may: .changeDocuments) { visit in
            try await UploadPage(frame: AccountFrame.load(visit)).response()
        }
        upload("/accounts/:number/upload", may: .changeDocuments, bodyLimit: UploadPage.limit) {
            visit, sent in
            try await UploadPage(frame: AccountFrame.load(visit)).take(sent)
        }
    }

    private mutating func addDocumentRoutes() {
        post("/accounts/:number/documents/bulk", may: .changeDocuments) { visit, form in
            try await BulkDeeds(frame: AccountFrame.load(visit)).run(visit.answers(form))
        }
        post("/accounts/:number/documents/restore", may: .changeDocuments) { visit, _ in
            try await BulkDeeds(frame: AccountFrame.load(visit)).restoreAgain()
        }
        get("/accounts/:number/trash/empty", may: .changeDocuments) { visit in
            try await TrashPage(frame: AccountFrame.load(visit)).response()
        }
        post("/accounts/:number/trash/empty", may: .changeDocuments) { visit, form in
            try await TrashPage(frame: AccountFrame.load(visit)).empty(form)
        }
        get("/d/:id") { visit in try await DocumentDownload(visit: visit).response() }
        get("/d/:id/version/:version") { visit in try await DocumentDownload(visit: visit).version() }
        get("/d/:id/versions") { visit in try await VersionsPage.load(visit).response() }
        upload("/d/:id/versions", may: .changeDocuments, bodyLimit: UploadPage.limit) { visit, sent in
            try await VersionsPage.load(visit).take(sent)
        }
        post("/d/:id/version/:version", may: .changeDocuments) { visit, _ in
            try await VersionsPage.load(visit).restore()
        }
        get("/d/:id/rename", may: .changeDocuments) { visit in
            try await DocumentForms.load(visit).renameForm()
        }
        post("/d/:id/rename", may: .changeDocuments) { visit, form in
            try await DocumentForms.load(visit).rename(visit.answers(form))
        }
        get("/d/:id/move", may: .changeDocuments) { visit in try await DocumentForms.load(visit).moveForm() }
        post("/d/:id/move", may: .changeDocuments) { visit, form in
            try await DocumentForms.load(visit).move(visit.answers(form))
        }
        post("/d/:id/trash", may: .changeDocuments) { visit, _ in try await DocumentForms.load(visit).trash()
        }
        post("/d/:id/restore", may: .changeDocuments) { visit, _ in
            try await DocumentForms.load(visit).restore()
        }
    }

    private mutating func addContactRoutes() {
        get("/accounts/:number/contacts") { visit in
            try await ContactsPage(frame: AccountFrame.load(visit)).response()
        }
        for pattern: RoutePattern in [
            "/accounts/:number/contacts/add", "/accounts/:number/contacts/move",
            "/accounts/:number/contacts/domain", "/accounts/:number/contacts/invite",
        ] {
            get(pattern) { visit in try await ContactsPage(frame: AccountFrame.load(visit)).response() }
        }
        post("/accounts/:number/contacts/add", may: .changeAccounts) { visit, form in
            try await ContactsPage(frame: AccountFrame.load(visit)).add(form)
        }
        post("/accounts/:number/contacts/edit", may: .changeAccounts) { visit, form in
            try await ContactDeeds(frame: AccountFrame.load(visit)).edit(form)
        }
        post("/accounts/:number/contacts/switches", may: .changeAccounts) { visit, form in
            try await ContactDeeds(frame: AccountFrame.load(visit)).switches(form)
        }
        post("/accounts/:number/contacts/remove", may: .changeAccounts) { visit, form in
            try await ContactDeeds(frame: AccountFrame.load(visit)).remove(form)
        }
        post("/accounts/:number/contacts/invite", may: .changeAccounts) { visit, form in
            try await ContactsPage(frame: AccountFrame.load(visit)).invite(form)
        }
        post("/accounts/:number/contacts/move", may: .changeAccounts) { visit, form in
            try await ContactsPage(frame: AccountFrame.load(visit)).move(form)
        }
        post("/accounts/:number/contacts/domain", may: .changeAccounts) { visit, form in
            try await ContactsPage(frame: AccountFrame.load(visit)).domain(form)
        }
        post("/accounts/:number/contacts/no-domain", may: .changeAccounts) { visit, form in
            try await ContactDeeds(frame: AccountFrame.load(visit)).removeDomain(form)
        }
    }
}
