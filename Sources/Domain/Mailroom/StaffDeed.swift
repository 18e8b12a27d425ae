/// Something staff may do, or may not, by their role.
package enum StaffDeed: String, Hashable, Sendable, CaseIterable {
    /// Answer, assign, snooze, finish; write notes.
    case workConversations
    /// File, move, un-file, release; link senders to accounts.
    case fileDocuments
    /// Upload, rename, trash and restore documents; make folders.
    case changeDocuments
    /// Decide what clients may see of a folder.
    case changeAccess
    case writeLetters
    case makeRequests
    /// Make and change accounts and their contacts.
    case changeAccounts
    /// Decide which colleagues see an account or a mailbox.
    case changeVisibility
    /// File what came before the first start.
    case releaseHistory
    case manageStaff

    package func isAllowed(to role: StaffRole) -> Bool {
        switch role {
        case .owner: true
        case .member:
            switch self {
            case .workConversations, .fileDocuments, .changeDocuments, .changeAccess, .writeLetters,
                .makeRequests, .changeAccounts:
                true
            case .changeVisibility, .releaseHistory, .manageStaff: false
            }
        }
    }
}
