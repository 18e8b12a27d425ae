import Mail
import Mailroom
import Testing

@Suite("What clients may do with documents")
struct ClientAccessTests {
    private static let now = Timestamp(seconds: 1_763_712_000)
    private static let account = AccountID(10)
    private static let other = AccountID(11)

    /// Somebody who asks, and whether account 10 is open to them.
    struct Person: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let access: ClientAccess
        let isClient: Bool

        init(
            _ sentence: String, isClient: Bool = false, session: ClientTimes? = ClientAccessTests.fresh,
            _ grants: [ClientGrant]
        ) {
            testDescription = sentence
            access = ClientAccess(session: session, grants: grants, now: ClientAccessTests.now)
            self.isClient = isClient
        }
    }

    private static func ago(_ began: Int64, _ seen: Int64) -> ClientTimes {
        ClientTimes(
            began: Timestamp(seconds: now.seconds - began), lastSeen: Timestamp(seconds: now.seconds - seen))
    }
    static let fresh = ago(60, 5)

    private static func grant(
        _ account: AccountID = account, _ switches: Switches = [.sync, .login], type: AccountType = .client,
        kind: ContactKind = .person, isInvited: Bool = true
    ) -> ClientGrant {
        ClientGrant(account: account, type: type, kind: kind, switches: switches, isInvited: isInvited)
    }

    static let people = [
        Person("a client of the account", isClient: true, [grant()]),
        Person("a client of this account and another", isClient: true, [grant(other), grant()]),
        Person("a prospect", isClient: true, [grant(type: .prospect)]),
        Person(
            "one of this account, and of another without login", isClient: true,
            [grant(), grant(other, [.sync])]),
        Person(
            "a client whose last click is just not too old", isClient: true, session: ago(3_600, 1_799),
            [grant()]),
        Person(
            "a client who began just not too long ago", isClient: true, session: ago(43_199, 1), [grant()]),
        Person("staff: their session is none of a client's", session: nil, []),
        Person("a client of another account", [grant(other)]),
        Person("a contact without login", [grant(account, [.sync, .notify, .sign])]),
        Person("a contact with login who was not invited", [grant(isInvited: false)]),
        Person("one with login elsewhere, and none here", [grant(other), grant(account, [.sync])]),
        Person("a contact that was removed", []),
        Person("a device", [grant(kind: .device)]),
        Person("a portal", [grant(kind: .service)]),
        Person("somebody of a guest account", [grant(type: .guest)]),
        Person("a session without a click for half an hour", session: ago(3_600, 1_800), [grant()]),
        Person("a session of twelve hours", session: ago(43_200, 1), [grant()]),
        Person("nobody, though the address has login", session: nil, [grant()]),
    ]

    /// Said a second time, by hand: not as the rule has it.
    private static let viewed: Set<ClientAction> = [.list, .read, .preview, .download, .zip]
    private static let edited: Set<ClientAction> = [
        .upload, .rename, .moveOut, .moveIn, .trash, .makeFolder, .renameFolder, .removeFolder,
    ]
    private static let ofFolders: Set<ClientAction> = [.renameFolder, .removeFolder]

    private static func expected(
        _ person: Person, _ access: Access, isIntake: Bool, isTop: Bool, _ action: ClientAction
    ) -> ClientVerdict {
        if !person.isClient || isIntake || access == .private { return .hidden }
        if access == .view, edited.contains(action) { return .refused }
        if isTop, ofFolders.contains(action) { return .refused }
        return viewed.union(edited).contains(action) ? .allowed : .hidden
    }

    @Test("are what the firm promised, in every cell of the matrix")
    func matrix() {
        var cells = 0
        for person in Self.people {
            for access in Access.allCases {
                for (isIntake, isTop) in [(false, true), (false, false), (true, true), (true, false)] {
                    for action in ClientAction.allCases {
                        let folder = ClientFolder(
                            account: Self.account, access: access, isIntake: isIntake, isTop: isTop)
                        let expected = Self.expected(
                            person, access, isIntake: isIntake, isTop: isTop, action)
                        #expect(
                            person.access.verdict(action, in: folder) == expected,
                            "\(person.testDescription), \(access) \(isIntake) \(isTop), \(action)")
                        // A third account is nobody's of these.
                        let foreign = ClientFolder(
                            account: AccountID(12), access: access, isIntake: isIntake, isTop: isTop)
                        #expect(person.access.verdict(action, in: foreign) == .hidden)
                        cells += 2
                    }
                }
            }
        }
        print("matrix of what clients may do: \(cells) cells")
        #expect(cells == Self.people.count * 3 * 4 * 13 * 2)
    }

    @Test("need a session that holds and an account that is open", arguments: people)
    func signedIn(person: Person) {
        let isElsewhere = person.access.accounts.contains(Self.other)
        #expect(person.access.isSignedIn == (person.isClient || isElsewhere))
    }

    @Test("of one who looks change nothing, and of one who changes do not only look")
    func kinds() {
        for action in ClientAction.allCases {
            #expect(action.isLooking == Self.viewed.contains(action))
        }
    }
}
