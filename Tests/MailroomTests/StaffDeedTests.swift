import Mailroom
import Testing

/// The table as an owner reads it: a deed that is added has to be decided here.
@Suite("What owner and member may do, cell by cell")
struct StaffDeedTests {
    private static let cells: [(deed: StaffDeed, owner: Bool, member: Bool)] = [
        (.workConversations, true, true),
        (.fileDocuments, true, true),
        (.changeDocuments, true, true),
        (.changeAccess, true, true),
        (.writeLetters, true, true),
        (.makeRequests, true, true),
        (.changeAccounts, true, true),
        (.changeVisibility, true, false),
        (.releaseHistory, true, false),
        (.manageStaff, true, false),
    ]

    @Test("every deed of every role is decided")
    func table() {
        for cell in Self.cells {
            #expect(cell.deed.isAllowed(to: .owner) == cell.owner, "owner: \(cell.deed)")
            #expect(cell.deed.isAllowed(to: .member) == cell.member, "member: \(cell.deed)")
        }
        #expect(Set(Self.cells.map(\.deed)) == Set(StaffDeed.allCases))
        #expect(Self.cells.count == StaffDeed.allCases.count)
        #expect(StaffRole.allCases == [.owner, .member])
    }
}
