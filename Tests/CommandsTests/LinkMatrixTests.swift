import Crypto
import HTTP
import Mail
import Mailroom
import Outbox
import Store
import Testing
import Text
import Web

@testable import Commands
@testable import Daemon

@Suite("Who may do what at which link")
struct LinkMatrixTests {
    /// What somebody has in hand.
    private struct Holder {
        let sentence: String
        let token: String
        var cookie: String?
        /// What it opens, and whose that is; nil: nothing at all.
        var opens: LinkToken.Purpose?
        var account = ""
    }

    /// What somebody does with it.
    private struct Deed {
        let sentence: String
        let purpose: LinkToken.Purpose
        let works: Int
        /// Staff find something that was not there before.
        var leavesFile = false
        let ask: @Sendable (ClientPages, _ path: String, _ cookie: String?) async -> ClientPages.Answer
    }

    /// Names and numbers that no stranger may meet.
    private static let marks = [
        "10482": ["Hofmann", "10482", "Auswertung.pdf", "Lohnunterlagen"],
        "20001": ["Bolt", "20001", "Vertrag.pdf", "Vertragsunterlagen"],
        "G-1": ["Nachlass", "G-1", "Gutachten"],
    ]

    private static func pdf() -> [UInt8] { Array("%PDF-1.4\n\(SecretToken.random().text)\n%%EOF\n".utf8) }

    private static let tus: [(HeaderName, String)] = [
        ("tus-resumable", "1.0.0"), ("upload-length", "5"),
        ("upload-metadata", "filename YS5wZGY=,sender S2F0ZQ==,address a2F0ZUB4LmV4YW1wbGU="),
    ]

    private static let uploading: [Deed] = [
        Deed(sentence: "looks", purpose: .upload, works: 200) { await $0.get($1, $2) },
        Deed(sentence: "sends a form", purpose: .upload, works: 303, leavesFile: true) {
            pages, path, cookie in
            await pages.upload(
                path + "/files", cookie, "neu.pdf", pdf(),
                fields: ["name": "Kate", "address": "kate@x.example"])
        },
        Deed(sentence: "begins a large file", purpose: .upload, works: 201) { pages, path, cookie in
            await pages.post(path + "/tus", cookie, [:], tus)
        },
        Deed(sentence: "says what is not there", purpose: .upload, works: 303) { pages, path, cookie in
            await pages.post(
                path + "/decline", cookie, ["item": "1", "name": "Kate", "address": "kate@x.example"])
        },
        Deed(sentence: "is done", purpose: .upload, works: 303) { await $0.post($1 + "/done", $2) },
        Deed(sentence: "opens", purpose: .upload, works: 204) { await $0.post($1 + "/opened", $2) },
    ]

    /// - Parameters:
    ///   - own: a document that is shared.
    ///   - others: one of another account.
    private static func sharing(_ own: DocumentID, _ others: DocumentID) -> [Deed] {
        [
            Deed(sentence: "looks", purpose: .share, works: 200) { await $0.get($1, $2) },
            Deed(sentence: "fetches", purpose: .share, works: 200) { pages, path, cookie in
                await pages.get(path + "/files/\(own.rawValue)", cookie)
            },
            Deed(sentence: "fetches what is not shared", purpose: .share, works: 303) { pages, path, cookie in
                await pages.get(path + "/files/\(others.rawValue)", cookie)
            },
            Deed(sentence: "draws what is not shared", purpose: .share, works: 404) { pages, path, cookie in
                await pages.get(path + "/pictures/\(others.rawValue)", cookie)
            },
            Deed(sentence: "fetches all", purpose: .share, works: 200) { await $0.get($1 + "/all.zip", $2) },
            Deed(sentence: "takes", purpose: .share, works: 303) { pages, path, cookie in
                await pages.post(path + "/take", cookie, ["document": "all"])
            },
            Deed(sentence: "opens", purpose: .share, works: 204) { await $0.post($1 + "/opened", $2) },
        ]
    }

    @Test("everybody gets what their link is for, and nothing of anybody else's")
    func matrix() async throws {
        let pages = try await ClientPages()
        let sharing = Sharing(asking: pages.asking)
        let own = try await sharing.put("Auswertung.pdf")
        let others = try await sharing.put("Vertrag.pdf", account: "20001")
        let holders = try await Self.holders(sharing, own, others)
        var cells = 0
        for holder in holders {
            for deed in Self.uploading + Self.sharing(own, others) {
                let path = deed.purpose.path + holder.token
                let before = try await pages.state()
                let answer = await deed.ask(pages, path, holder.cookie)
                let words: Comment =
                    "\(holder.sentence) \(deed.sentence) at \(deed.purpose): \(answer.status)"
                cells += 1
                if holder.opens == deed.purpose {
                    // Of the other account's share this document is none, and that one is.
                    let isSwapped = deed.purpose == .share && holder.account == "20001"
                    let works =
                        isSwapped && deed.sentence.hasPrefix("fetches") && deed.sentence != "fetches all"
                        ? (deed.sentence == "fetches" ? 303 : 200) : deed.works
                    if !(isSwapped && deed.sentence.hasPrefix("draws")) {
                        #expect(answer.status == works, words)
                    }
                } else {
                    #expect(answer.status == 410, words)
                    let reference = await deed.ask(pages, deed.purpose.path + "x", holder.cookie)
                    #expect(
                        answer.text == reference.text.replacing(deed.purpose.path + "x", with: path), words)
                }
                let isFiled = deed.leavesFile && holder.opens == .upload && holder.account == "10482"
                #expect(try await (pages.state() != before) == isFiled, words)
                for (account, marks) in Self.marks where account != holder.account || holder.opens == nil {
                    for mark in marks { #expect(!answer.text.contains(mark), "\(words): \(mark)") }
                }
            }
        }
        print("matrix of links: \(cells) cells")
        #expect(cells == holders.count * 13)
    }

    private static func holders(
        _ sharing: Sharing, _ own: DocumentID, _ others: DocumentID
    ) async throws -> [Holder] {
        let asking = sharing.asking
        let links = try asking.bench.office.requestLinks()
        func token(_ link: String?) throws -> String {
            String(try #require(link?.split(separator: "/").last))
        }
        let first = try await asking.ask()
        let revoked = try await asking.ask()
        _ = try await asking.bench.lines("request", "revoke", "\(revoked.id)")
        let expired = try await asking.ask()
        let renewed = try await asking.ask()
        let past = Timestamp(milliseconds: Office.now.milliseconds - 1000)
        try await asking.store.write { transaction in
            try transaction.extendRequest(
                expired.id, until: past, due: nil, by: "jana",
                now: Timestamp(milliseconds: past.milliseconds - 1000))
            try transaction.renewLinks(of: renewed.id, by: "jana", now: past)
        }
        _ = try await asking.bench.lines(
            "request", "send", "20001", "Vertragsunterlagen", "--to", "bert@bolt.example", "--item", "Vertrag"
        )
        let bolt = try await asking.newest()
        _ = try await asking.bench.lines("account", "add", "Nachlass Weber", "--type", "guest")
        _ = try await asking.bench.lines(
            "request", "send", "G-1", "Gutachten", "--item", "Seite 1", "--no-mail")
        let guest = try await asking.newest()
        let (one, two) = (
            try await share(sharing, "10482", own, "kredit@bank.example"),
            try await share(sharing, "20001", others, "bert@bolt.example")
        )
        let taken = try await share(sharing, "10482", own, "neu@bank.example")
        let over = try await share(sharing, "10482", own, "alt@bank.example")
        try await asking.store.write { transaction in
            try transaction.revokeShare(
                taken.share, from: [taken.recipient.id], by: "jana", now: Office.now)
            try transaction.extendShare(over.recipient.id, until: past, by: "jana", now: past)
        }
        let staff = SecretToken.random()
        try await asking.store.write { transaction in
            let id = try transaction.addStaffMember(
                login: StaffLogin("ben")!, name: "Ben", email: nil, role: .owner, language: .en, by: "test",
                now: Office.now)
            try transaction.startSession(
                for: id, tokenHash: staff.hash, csrfKey: ClientPages.key, now: Office.now,
                expires: Timestamp(seconds: Office.now.seconds + 3_600))
        }
        let personal = try token(links.link(of: first.recipients[0], first))
        return [
            Holder(sentence: "a client", token: personal, opens: .upload, account: "10482"),
            Holder(
                sentence: "who has an open link", token: try token(links.openLink(of: first)), opens: .upload,
                account: "10482"),
            Holder(
                sentence: "a client of another account",
                token: try token(links.link(of: bolt.recipients[0], bolt)),
                opens: .upload, account: "20001"),
            Holder(
                sentence: "a guest", token: try token(links.openLink(of: guest)), opens: .upload,
                account: "G-1"),
            Holder(
                sentence: "whom something is shared with", token: try token(links.link(of: one.recipient)),
                opens: .share, account: "10482"),
            Holder(
                sentence: "whom another account's is shared with",
                token: try token(links.link(of: two.recipient)), opens: .share, account: "20001"),
            Holder(
                sentence: "whose request was revoked",
                token: try token(links.link(of: revoked.recipients[0], revoked))),
            Holder(
                sentence: "whose request is over",
                token: try token(links.link(of: expired.recipients[0], expired))),
            Holder(
                sentence: "whose link was replaced",
                token: try token(links.link(of: renewed.recipients[0], renewed))),
            Holder(sentence: "whose share was revoked", token: try token(links.link(of: taken.recipient))),
            Holder(sentence: "whose share is over", token: try token(links.link(of: over.recipient))),
            Holder(sentence: "who changed a letter of it", token: String(personal.dropLast(4)) + "AAAA"),
            Holder(
                sentence: "staff without one", token: String(personal.dropLast(4)) + "BBBB",
                cookie: "session=\(staff.text)"),
            Holder(sentence: "nobody", token: "x"),
        ]
    }

    private static func share(
        _ sharing: Sharing, _ account: String, _ document: DocumentID, _ address: String
    ) async throws -> (share: ShareID, recipient: ShareRecipient) {
        let (code, printed) = await sharing.add(account, "\(document.rawValue)", "--to", address, "--no-mail")
        guard code == .ok else { throw Bench.Failed(words: printed.complaints.joined()) }
        let share = try await sharing.newest()
        return (share.id, try #require(share.recipients.first))
    }
}
