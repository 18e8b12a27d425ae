import HTTP
import Mail
import Mailroom
import Store
import Testing
import Text

@testable import Web

@Suite("Open pages hear what they need, and end with their session")
struct LiveTests {
    @Test("a page says how many changes it knows of, and is told those since")
    func missed() async throws {
        let site = try await OpenSite.open()
        site.site.changed(["inbox"])
        #expect(await site.get("/more").text.contains("data-changes=\"1\""))
        site.site.changed(["inbox", "conversation-7"])
        site.site.changed(["inbox"])
        #expect(site.site.changes.names(since: 1) == ["conversation-7", "inbox"])
        #expect(site.site.changes.names(since: 3).isEmpty)
        #expect(site.site.changes.names(since: 9).isEmpty, "a page from before a restart")
        for number in 0..<600 { site.site.changed(["account-\(number)"]) }
        #expect(site.site.changes.names(since: 0).count == 256)
    }

    @Test("whoever is shut out or gets another role loses the session and every open page, nobody else does")
    func signedOut() async throws {
        let site = try await OpenSite.open()
        await site.site.listen()
        let (member, hub) = (site.member, site.site.hub)
        let other = try await site.data.store.write { transaction in
            try transaction.addStaffMember(
                login: StaffLogin("yuki")!, name: "Yuki", email: nil, role: .owner, language: .ja, by: "test",
                now: OpenSite.now)
        }
        let open = [member.id, member.id, other].compactMap { hub.open(user: "\($0)") }
        try await site.data.store.write {
            try $0.editStaffMember(member.id, name: "Jana V.", by: "test", now: OpenSite.now)
        }
        #expect(open.count == 3 && hub.count == 3)
        try await site.data.store.write {
            try $0.editStaffMember(member.id, role: .member, by: "test", now: OpenSite.now)
        }
        #expect(hub.count == 1)
        #expect(await site.get("/more").location == "/sign-in?to=%2Fmore")
        let again = try #require(hub.open(user: "\(member.id)"))
        try await site.data.store.write { try $0.setDisabled(true, member.id, by: "test", now: OpenSite.now) }
        #expect(hub.count == 1 && again.user != "\(other)")
    }
}
