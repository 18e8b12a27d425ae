import Mailroom
import Store
import Testing
import Text

@testable import HTTP
@testable import Web

@Suite("What staff share, and see of it")
struct SharesPageTests {
    private static let page = "/accounts/10482/shares"

    @Test("the list has each recipient with a link to copy, and no link of one that was revoked")
    func list() async throws {
        let site = try await SharedSite.make()
        let (second, share, now) = (try await site.recipient(1).id, site.share, SharedSite.now)
        try await site.write { try $0.revokeShare(share, from: [second], by: "jana", now: now) }
        let page = await site.open.get(Self.page)
        #expect(page.status == .ok)
        for words in ["Bericht.html", "Konten.csv", "sabine@hofmann.example", "bank@bank.example", "Revoked"]
        {
            #expect(page.text.contains(words), "\(words)")
        }
        #expect(page.text.contains("https://post.example/s/1") && !page.text.contains("post.example/s/2"))
        #expect(!(await site.open.get("/accounts/20001/shares")).text.contains("Konten.csv"))
    }

    @Test("an account that somebody may not see has no shares for them, and none can be changed")
    func hidden() async throws {
        let site = try await SharedSite.make()
        let account = site.account
        let other = try #require(StaffLogin("ben"))
        try await site.write { transaction in
            let ben = try transaction.addStaffMember(
                login: other, name: "Ben", email: nil, role: .owner, language: .en, by: "test",
                now: SharedSite.now)
            try transaction.setViewers([ben], of: account, by: "test", now: SharedSite.now)
        }
        for path in [Self.page, Self.page + "/new", Self.page + "/1/revoke", Self.page + "/1/qr.svg?to=1"] {
            #expect(await site.open.get(path).status == .notFound, "\(path)")
        }
        for verb in ["send", "renew", "revoke"] {
            #expect(
                await site.open.post(Self.page + "/1/\(verb)", ["to": "1"]).status == .notFound, "\(verb)")
        }
    }

    @Test("a link stands there as a code and in a short message, as long as it works")
    func codes() async throws {
        let site = try await SharedSite.make()
        let (second, share, now) = (try await site.recipient(1).id, site.share, SharedSite.now)
        let page = await site.open.get(Self.page).text
        #expect(page.contains("qr.svg?to=1") && page.contains("Hier finden Sie Ihre Unterlagen: https://"))
        let first = await site.open.get(Self.page + "/1/qr.svg?to=1")
        let other = await site.open.get(Self.page + "/1/qr.svg?to=2")
        #expect(first.status == .ok && first.text.hasPrefix("<svg"))
        #expect(other.status == .ok && first.text != other.text)
        try await site.write { try $0.revokeShare(share, from: [second], by: "jana", now: now) }
        for query in ["?to=2", "?to=99", "?to=x", ""] {
            #expect(await site.open.get(Self.page + "/1/qr.svg" + query).status == .notFound, "\(query)")
        }
        #expect(await site.open.get("/accounts/20001/shares/1/qr.svg?to=1").status == .notFound)
    }

    @Test("what was done by each link is listed, with the document that was taken")
    func uses() async throws {
        let site = try await SharedSite.make()
        let path = try await site.path()
        let first = await site.open.get(Self.page).text
        #expect(!first.contains("What was done by the link"))
        _ = await site.ask(.post, path + "/opened")
        for document in ["\(site.documents[1].rawValue)", "all"] {
            _ = await site.ask(.post, path + "/take", form: "document=\(document)")
        }
        let page = await site.open.get(Self.page).text
        #expect(page.contains("What was done by the link") && page.contains("downloaded: Konten.csv"))
        #expect(page.split(separator: "What was done by the link").count == 2, "of one of the two links")
    }

    @Test("a share of one account is not changed at the address of another")
    func elsewhere() async throws {
        let site = try await SharedSite.make()
        for verb in ["send", "renew", "revoke"] {
            let answer = await site.open.post("/accounts/20001/shares/1/\(verb)", ["to": "1"])
            #expect(answer.status == .notFound, "\(verb)")
        }
    }

    @Test("the form tells what the team alone sees before anything is shared")
    func told() async throws {
        let site = try await SharedSite.make()
        let document = try await site.open.file("Lohn.txt", "geheim", of: site.account, in: "Intern")
        let form = await site.open.get(Self.page + "/new?document=\(document.rawValue)")
        #expect(form.text.contains("In a folder that the team alone sees: Lohn.txt"))
        #expect(form.text.contains("name=\"private\" value=\"yes\">"))
        let open = await site.open.get(Self.page + "/new?document=\(site.documents[1].rawValue)")
        #expect(!open.text.contains("name=\"private\""))
    }

    @Test("a recipient is given more days, and no day is what none is")
    func extended() async throws {
        let site = try await SharedSite.make()
        let id = try await site.recipient().id.rawValue
        let path = "\(Self.page)/\(site.share)/extend?to=\(id)"
        let form = await site.open.get(path)
        #expect(form.status == .ok && form.text.contains("sabine@hofmann.example"))
        #expect(form.text.contains("type=\"date\""))
        let wrong = await site.open.post(path, ["until": "soon"])
        #expect(wrong.status == .unprocessableContent && wrong.text.contains("That is no day"))
        #expect(await site.open.get("\(Self.page)/\(site.share)/extend?to=99").status == .notFound)
    }
}
