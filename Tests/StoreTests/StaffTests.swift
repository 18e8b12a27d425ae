import Mail
import Mailroom
import SQLite
import Synchronization
import Testing
import Text

@testable import Store

@Suite("Staff, their sessions, and what they may see")
struct StaffTests {
    private let scratch = ScratchDirectory()

    private func store() throws -> Store { try Store.open(path: scratch.file("mailroom.db")) }

    private static func later(_ seconds: Int64) -> Timestamp { Timestamp(seconds: noon.seconds + seconds) }
    private static let token = [UInt8](repeating: 1, count: 32)
    private static let key = [UInt8](repeating: 9, count: 32)

    private static func add(
        _ login: String, _ role: StaffRole, _ transaction: StoreTransaction
    ) throws -> StaffID {
        guard let login = StaffLogin(login) else { preconditionFailure("a test's login is one") }
        return try transaction.addStaffMember(
            login: login, name: "Jana Weiß", email: nil, role: role, language: .de, by: "root", now: noon)
    }

    @Test("a member is found by login in any case, and a login is given once")
    func members() async throws {
        let store = try store()
        #expect(try await store.read { try $0.hasNoOwner() })
        let jana = try await store.write { try Self.add("jana", .owner, $0) }
        let found = try await store.read { try $0.staffMember(login: "JANA") }
        #expect(found?.id == jana)
        #expect(found?.preferences == StaffPreferences())
        #expect(try await !store.read { try $0.hasNoOwner() })
        let error = await #expect(throws: StoreError.self) {
            try await store.write { _ = try Self.add("jana", .owner, $0) }
        }
        #expect(error?.code == .conflict)
        try await store.write {
            try $0.setPreferences(
                StaffPreferences(theme: .dark, density: .list, hasShortcuts: false), of: jana)
        }
        let changed = try await store.read { try $0.staffMember(jana) }
        #expect(
            changed?.preferences == StaffPreferences(theme: .dark, density: .list, hasShortcuts: false))
    }

    @Test("the last owner stays one, and stays in")
    func lastOwner() async throws {
        let store = try store()
        let jana = try await store.write { try Self.add("jana", .owner, $0) }
        let ben = try await store.write { try Self.add("ben", .member, $0) }
        await #expect(throws: StoreError.self) {
            try await store.write { try $0.setDisabled(true, jana, by: "jana", now: noon) }
        }
        await #expect(throws: StoreError.self) {
            try await store.write { try $0.editStaffMember(jana, role: .member, by: "jana", now: noon) }
        }
        try await store.write {
            try $0.editStaffMember(ben, role: .owner, by: "jana", now: noon)
            try $0.setDisabled(true, jana, by: "ben", now: noon)
        }
        #expect(try await store.read { try $0.staffMember(jana)?.isDisabled } == true)
        await #expect(throws: StoreError.self) {
            try await store.write { try $0.editStaffMember(ben, role: .member, by: "ben", now: noon) }
        }
        let actions = try await store.read { try $0.auditEntries(limit: 3).map(\.action) }
        #expect(actions == ["user.disable", "user.edit", "user.add"])
    }

    @Test("a session is found by its token until it runs out; touching it makes it last")
    func sessions() async throws {
        let store = try store()
        let id = try await store.write { transaction in
            try transaction.startSession(
                for: try Self.add("jana", .owner, transaction), tokenHash: Self.token, csrfKey: Self.key,
                now: noon,
                expires: Self.later(60), device: "Firefox, Linux", network: "192.0.2.1")
        }
        let session = try await store.read { try $0.session(tokenHash: Self.token, now: Self.later(59)) }
        #expect(session?.id == id)
        #expect(session?.member.login == "jana")
        #expect(session?.csrfKey == Self.key)
        #expect(session?.device == "Firefox, Linux")
        let wrong = [UInt8](repeating: 2, count: 32)
        #expect(try await store.read { try $0.session(tokenHash: wrong, now: noon) } == nil)
        #expect(try await store.read { try $0.session(tokenHash: Self.token, now: Self.later(60)) } == nil)
        try await store.write { try $0.touchSession(id, now: Self.later(50), expires: Self.later(110)) }
        #expect(try await store.read { try $0.session(tokenHash: Self.token, now: Self.later(60)) } != nil)
        try await store.write { try $0.endSession(id) }
        #expect(try await store.read { try $0.session(tokenHash: Self.token, now: Self.later(60)) } == nil)
    }

    @Test("half a sign-in opens nothing")
    func pending() async throws {
        let store = try store()
        _ = try await store.write { transaction in
            try transaction.startSession(
                for: try Self.add("jana", .owner, transaction), tokenHash: Self.token, csrfKey: Self.key,
                now: noon,
                expires: Self.later(60), isPending: true)
        }
        #expect(try await store.read { try $0.session(tokenHash: Self.token, now: noon) } == nil)
        #expect(try await store.read { try $0.pendingSession(tokenHash: Self.token, now: noon) } != nil)
        let jana = try #require(try await store.read { try $0.staffMember(login: "jana")?.id })
        #expect(try await store.read { try $0.sessions(of: jana, now: noon) }.isEmpty)
        // Nobody has signed in yet.
        #expect(try await store.read { try $0.auditEntries(limit: 9).map(\.action) } == ["user.add"])
    }

    @Test("who is disabled, or has a new password, is signed out everywhere but here")
    func signedOut() async throws {
        let store = try store()
        let jana = try await store.write { try Self.add("jana", .owner, $0) }
        let ben = try await store.write { try Self.add("ben", .owner, $0) }
        let sessions = try await store.write { transaction in
            try (1...3).map { number in
                try transaction.startSession(
                    for: ben, tokenHash: [UInt8](repeating: UInt8(number), count: 32), csrfKey: Self.key,
                    now: noon, expires: Self.later(600))
            }
        }
        let device = [UInt8](repeating: 7, count: 32)
        try await store.write { try $0.addKnownDevice(device, of: ben, now: noon) }
        #expect(try await store.read { try $0.isKnownDevice(device, login: "Ben") })
        #expect(try await !store.read { try $0.isKnownDevice(device, login: "jana") })
        try await store.write {
            try $0.setPassword("$y$x", of: ben, keeping: sessions[1], by: "ben", now: noon)
        }
        #expect(try await store.read { try $0.sessions(of: ben, now: noon).map(\.id) } == [sessions[1]])
        #expect(try await !store.read { try $0.isKnownDevice(device, login: "ben") })
        try await store.write { try $0.setDisabled(true, ben, by: "jana", now: noon) }
        #expect(try await store.read { try $0.sessions(of: ben, now: noon) }.isEmpty)
        #expect(try await store.read { try $0.signInSecrets(login: "ben") } == nil)
        #expect(try await store.read { try $0.signInSecrets(of: jana) } != nil)
    }

    @Test(
        "whose session ends is told after the commit: shut out, of another role, signed out, and nobody else")
    func tellsWhoIsSignedOut() async throws {
        let store = try store()
        let told = Mutex<[Set<StaffID>]>([])
        await store.onSignOut { staff in told.withLock { $0.append(staff) } }
        let jana = try await store.write { try Self.add("jana", .owner, $0) }
        let ben = try await store.write { try Self.add("ben", .owner, $0) }
        @Sendable func begin(_ staff: StaffID, _ number: UInt8, _ transaction: StoreTransaction) throws
            -> SessionID
        {
            try transaction.startSession(
                for: staff, tokenHash: [UInt8](repeating: number, count: 32), csrfKey: Self.key, now: noon,
                expires: Self.later(600))
        }
        let first = try await store.write { transaction in
            _ = try begin(jana, 9, transaction)
            return try begin(ben, 1, transaction)
        }
        try await store.write { try $0.editStaffMember(ben, name: "Benno", role: .owner, by: "t", now: noon) }
        #expect(told.withLock { $0.isEmpty }, "the role that he has is no news")
        #expect(try await store.read { try $0.sessions(of: ben, now: noon).map(\.id) } == [first])
        try await store.write { try $0.editStaffMember(ben, role: .member, by: "t", now: noon) }
        #expect(told.withLock { $0 } == [[ben]])
        #expect(try await store.read { try $0.sessions(of: ben, now: noon) }.isEmpty)
        #expect(try await store.read { try $0.sessions(of: jana, now: noon) }.count == 1)
        let second = try await store.write { try begin(ben, 2, $0) }
        try await store.write { try $0.endSession(second) }
        try await store.write { try $0.setDisabled(true, ben, by: "t", now: noon) }
        #expect(told.withLock { $0 } == [[ben], [ben], [ben]])
        struct Refusal: Error {}
        await #expect(throws: Refusal.self) {
            try await store.write { transaction in
                try transaction.endSessions(of: jana)
                throw Refusal()
            }
        }
        #expect(told.withLock { $0.count } == 3, "what was taken back ended nothing")
    }

    @Test("a link signs in once, within its time, and looking at it does not use it up")
    func links() async throws {
        let store = try store()
        let jana = try await store.write { try Self.add("jana", .owner, $0) }
        try await store.write {
            try $0.addLoginLink(Self.token, for: jana, by: "root", now: noon, expires: Self.later(900))
        }
        for _ in 0..<3 {
            let goal = try await store.read { try $0.loginLink(Self.token, now: Self.later(899)) }
            guard case .member(let member) = goal else {
                Issue.record("the link leads nowhere")
                continue
            }
            #expect(member.id == jana)
        }
        #expect(try await store.read { try $0.loginLink(Self.token, now: Self.later(900)) } == nil)
        #expect(try await store.write { try $0.useLoginLink(Self.token, now: Self.later(1)) } != nil)
        #expect(try await store.write { try $0.useLoginLink(Self.token, now: Self.later(1)) } == nil)
    }

    @Test("the first owner's link is void as soon as there is an owner")
    func firstOwner() async throws {
        let store = try store()
        try await store.write {
            try $0.addLoginLink(Self.token, for: nil, by: "root", now: noon, expires: Self.later(900))
        }
        #expect(try await store.read { try $0.loginLink(Self.token, now: noon) } == .firstOwner)
        try await store.write { _ = try Self.add("jana", .owner, $0) }
        #expect(try await store.read { try $0.loginLink(Self.token, now: noon) } == nil)
    }

    @Test("an app's digits sign in once, and so does a word for the day the telephone is lost")
    func secondFactor() async throws {
        let store = try store()
        let jana = try await store.write { try Self.add("jana", .owner, $0) }
        let code = [UInt8](repeating: 3, count: 32)
        try await store.write {
            try $0.setTOTP([1, 2, 3], step: 10, recoveryCodes: [code], of: jana, by: "jana", now: noon)
        }
        let secrets = try await store.read { try $0.signInSecrets(login: "jana") }
        #expect(secrets?.totpKey == [1, 2, 3])
        #expect(secrets?.totpStep == 10)
        #expect(try await !store.write { try $0.useTOTPStep(10, of: jana) })
        #expect(try await store.write { try $0.useTOTPStep(11, of: jana) })
        #expect(try await !store.write { try $0.useTOTPStep(11, of: jana) })
        #expect(try await store.write { try $0.useRecoveryCode(code, of: jana, now: noon) })
        #expect(try await !store.write { try $0.useRecoveryCode(code, of: jana, now: noon) })
        try await store.write { try $0.setTOTP(nil, of: jana, by: "jana", now: noon) }
        #expect(try await store.read { try $0.signInSecrets(login: "jana")?.totpKey } == nil)
    }

    @Test("tries are counted before they are judged: a thousand at once are a thousand")
    func tries() async throws {
        let store = try store()
        let mine = TryBucket(.loginOfNetwork, key: [1])
        let ours = TryBucket(.network, key: [2])
        for _ in 0..<5 {
            #expect(try await store.write { try $0.beginTry([mine, ours], now: noon) } == 0)
        }
        #expect(try await store.write { try $0.beginTry([mine, ours], now: noon) } == 2)
        // Somebody else in the same network is not slowed down, nor this login from another one.
        let other = TryBucket(.loginOfNetwork, key: [3])
        #expect(try await store.write { try $0.beginTry([other, ours], now: noon) } == 0)
        try await store.write { try $0.endTry([mine, ours]) }
        #expect(try await store.write { try $0.beginTry([mine, ours], now: noon) } == 0)
        // What nobody touched for a day is forgotten.
        _ = try await store.write { try $0.beginTry([TryBucket(.device, key: [4])], now: Self.later(90_000)) }
        let connection = try Connection(path: scratch.file("mailroom.db"))
        #expect(try connection.first("SELECT count(*) FROM sign_in_try", read: { $0.int(0) }) == 1)
    }

    @Test("what named staff alone see is hidden from the others, owners too, and from nobody else")
    func visibility() async throws {
        let store = try store()
        let jana = try await store.write { try Self.add("jana", .owner, $0) }
        let ben = try await store.write { try Self.add("ben", .member, $0) }
        let number = try #require(AccountNumber("10482"))
        let account = try await store.write {
            try $0.addAccount(
                NewAccount(number: number, type: .client, name: "Hofmann", language: .de), folders: [],
                by: "jana", now: noon)
        }
        let connection = try Connection(path: scratch.file("mailroom.db"))
        func hidden() throws -> [String] {
            try connection.rows(
                """
                SELECT login, 'account' FROM hidden_account JOIN staff ON staff.id = staff
                UNION ALL SELECT login, source FROM hidden_source JOIN staff ON staff.id = staff ORDER BY 1, 2
                """
            ) { $0.text(0) + " " + $0.text(1) }
        }
        #expect(try hidden().isEmpty)
        try await store.write {
            try $0.setViewers([ben], of: account, by: "jana", now: noon)
            try $0.setViewers([jana], ofSource: "payroll", by: "jana", now: noon)
        }
        #expect(try hidden() == ["ben payroll", "jana account"])
        #expect(try await store.read { try $0.viewers(of: account).map(\.login) } == ["ben"])
        try await store.write {
            try $0.setViewers([], of: account, by: "jana", now: noon)
            try $0.setViewers([], ofSource: "payroll", by: "jana", now: noon)
        }
        #expect(try hidden().isEmpty)
        let details = try await store.read { try $0.auditEntries(account: account.rawValue).map(\.detail) }
        #expect(details == ["visible to all", "visible to ben", "Hofmann"])
    }

    @Test("the audit is asked by account, by actor and by time")
    func audit() async throws {
        let store = try store()
        try await store.write {
            try $0.audit("a.one", by: "jana", account: nil, subject: "1", at: noon)
            try $0.audit("a.two", by: "ben", account: nil, subject: "2", at: Self.later(10))
            try $0.audit("a.three", by: "jana", account: nil, subject: "3", at: Self.later(20))
        }
        let all = try await store.read { try $0.auditEntries().map(\.subject) }
        #expect(all == ["3", "2", "1"])
        let janas = try await store.read { try $0.auditEntries(by: "jana").map(\.subject) }
        #expect(janas == ["3", "1"])
        let late = try await store.read { try $0.auditEntries(since: Self.later(10)).map(\.subject) }
        #expect(late == ["3", "2"])
    }
}
