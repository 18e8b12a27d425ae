import Crypto
import HTTP
import MIME
import Mail
import Mailroom
import Outbox
import Store
import Testing
import Text
import Web

@testable import Commands
@testable import Daemon

/// Strangers at an open link: what they are told, what they may do, and what staff see of it.
@Suite("Links that anybody may have")
struct OpenLinkTests {
    private struct Place {
        let asking: Asking
        let site: Site
        let router: Router
        let request: Mailroom.Request
        let path: String
        let own: String

        init(items: [String] = ["Stundenzettel", "Kontoauszug", "Reisekosten"]) async throws {
            asking = try await Asking()
            site = try await asking.bench.office.site()
            router = site.router
            request = try await asking.ask(items: items)
            let links = try asking.bench.office.requestLinks()
            func path(_ link: String?) throws -> String {
                "/u/" + String(try #require(link?.split(separator: "/").last))
            }
            self.path = try path(links.openLink(of: request))
            own = try path(links.link(of: request.recipients[0], request))
        }

        var store: Store { asking.store }

        /// As it goes out, without the breaks of its lines.
        func text(of letter: QueuedLetter) async throws -> String {
            let message = try #require(letter.message)
            return try await asking.bench.lines("message", "save", "\(message)").joined(separator: "\n")
                .replacing("=\r\n", with: "").replacing("=\n", with: "")
        }

        func receipts() async throws -> [QueuedLetter] {
            try await asking.letters(request).filter { $0.kind == .receipt }
        }
    }

    /// A browser somewhere.
    private final class Browser {
        let place: Place
        let path: String
        let network: IPAddress?
        private(set) var cookie: String?
        private(set) var isForSession = true

        init(_ place: Place, own: Bool = false, at network: String? = nil) {
            self.place = place
            path = own ? place.own : place.path
            self.network = network.flatMap { IPAddress($0) }
        }

        struct Answer {
            let status: Int
            let location: String?
            let text: String
        }

        func get(_ below: String = "?language=en") async -> Answer { await ask(.get, below, nil, []) }

        func post(_ below: String, _ form: [String: String] = [:]) async -> Answer {
            let items = FormItems(form.map { FormItems.Item($0.key, $0.value) })
            return await ask(
                .post, below, "application/x-www-form-urlencoded", Array(items.urlEncoded.utf8))
        }

        @discardableResult
        func send(
            _ file: String, _ octets: [UInt8], item: Int? = nil, name: String = "Klara Neu",
            address: String = "klara@neu.example"
        ) async -> Answer {
            var fields = [("name", name), ("address", address)]
            if let item { fields.append(("item", "\(item)")) }
            let head = fields.map {
                "--x\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n"
            }.joined()
            let part =
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(file)\"\r\n\r\n"
            return await ask(
                .post, "/files?language=en", "multipart/form-data; boundary=x",
                Array((head + part).utf8) + octets + Array("\r\n--x--\r\n".utf8))
        }

        func begin(name: String = "Klara Neu", address: String = "klara@neu.example") async -> Answer {
            let said = "filename YS5wZGY=,sender \(Self.base64(name)),address \(Self.base64(address))"
            return await ask(
                .post, "/tus", nil, [],
                [("tus-resumable", "1.0.0"), ("upload-length", "5"), ("upload-metadata", said)])
        }

        private static func base64(_ text: String) -> String {
            Base64URL.encode(Array(text.utf8)).replacing("-", with: "+").replacing("_", with: "/")
        }

        private func ask(
            _ method: Method, _ below: String, _ type: String?, _ body: [UInt8],
            _ more: [(HeaderName, String)] = []
        ) async -> Answer {
            var headers = Headers(["host": "localhost"])
            if let value = cookie.flatMap({ HeaderValue($0) }) { headers.add("cookie", value) }
            if let value = type.flatMap({ HeaderValue($0) }) { headers.add("content-type", value) }
            for (name, text) in more { if let value = HeaderValue(text) { headers.add(name, value) } }
            let response = await place.router.answer(
                HTTP.Request(method, path + below, headers: headers, body: body, client: network))
            for line in response.headers.all("set-cookie") {
                let text = "\(line)"
                cookie = String(text.prefix { $0 != ";" })
                isForSession = isForSession && !text.contains("Max-Age")
            }
            var text = ""
            if case .octets(let octets) = response.content { text = String(decoding: octets, as: UTF8.self) }
            return Answer(
                status: Int(response.status.code), location: response.headers["location"], text: text)
        }
    }

    private static func pdf(_ mark: String) -> [UInt8] { Array("%PDF-1.4\n\(mark)\n%%EOF\n".utf8) }

    @Test(
        "the receipt says what came, and neither whose account it is, nor what is missing, nor the typed name"
    )
    func receiptSaysNoMore() async throws {
        let place = try await Place()
        try await place.store.write {
            try $0.changeItem(
                1, of: place.request.id, .tick, note: nil, holdingUntil: place.request.expires, by: "jana",
                now: Office.now)
            try $0.changeItem(
                1, of: place.request.id, .reject, note: "Seite 2 fehlt", holdingUntil: place.request.expires,
                by: "jana", now: Office.now)
        }
        let stranger = Browser(place)
        #expect(await stranger.send("Beleg.pdf", Self.pdf("1"), item: 2).status == 303)
        #expect(await stranger.post("/done").location == place.path + "?did=done")
        let letter = try #require(try await place.receipts().first)
        let text = try await place.text(of: letter)
        #expect(text.contains("Beleg.pdf") && text.contains("Lohnunterlagen"))
        for mark in ["Hofmann", "10482", "Stundenzettel", "Seite 2", "Kontoauszug", "Reisekosten", "Klara"] {
            #expect(!text.contains(mark), "\(mark)")
        }
    }

    @Test("receipts to strangers come to an end for the day, and the page says so; what came is there")
    func receiptsAreLimited() async throws {
        let place = try await Place()
        var ends: [String?] = []
        for number in 0..<20 {
            let stranger = Browser(place, at: "203.0.113.7")
            let address = "s\(number)@neu.example"
            #expect(
                await stranger.send("a\(number).pdf", Self.pdf("\(number)"), address: address).status == 303)
            ends.append(await stranger.post("/done").location)
        }
        #expect(try await place.receipts().count == ReceiptPace.mostOfNetwork)
        #expect(ends[0] == place.path + "?did=done" && ends[19] == place.path + "?did=unmailed")
        // Another network has its own share, and so has nobody who types the same address again and again.
        for number in 0..<8 {
            let stranger = Browser(place, at: "198.51.100.\(number)")
            await stranger.send("b\(number).pdf", Self.pdf("b\(number)"), address: "Same@neu.example")
            _ = await stranger.post("/done")
        }
        #expect(
            try await place.receipts().count == ReceiptPace.mostOfNetwork + ReceiptPace.mostToAddress)
        // Nobody tries again of himself, and a recipient has their receipt all the same.
        await place.asking.bench.office.sendQuietReceipts()
        let client = Browser(place, own: true, at: "203.0.113.7")
        await client.send("own.pdf", Self.pdf("own"))
        #expect(await client.post("/done").location == place.own + "?did=done")
        #expect(
            try await place.receipts().count == ReceiptPace.mostOfNetwork + ReceiptPace.mostToAddress + 1)
    }

    @Test(
        "what came by it is filed where it belongs, its sender is not confirmed, and no rule is asked whose it is"
    )
    func senderIsTyped() async throws {
        let place = try await Place()
        let stranger = Browser(place)
        await stranger.send("a.pdf", Self.pdf("a"), item: 1, name: "Bert", address: "bert@bolt.example")
        let notice = try #require(
            try await place.store.read { try $0.messages(limit: 10) }.first { $0.direction == "in" })
        #expect(notice.verdict == .open && notice.accountNumber == "10482")
        #expect(notice.matchReason.contains("open link"))
        let filed = try await place.store.read { try $0.shelf(ShelfQuery()) }
        #expect(filed.map { "\($0.folder)/\($0.place.path)" } == ["Intern/Lohn"])
        #expect(try await place.store.read { try $0.unconfirmedSenders(for: nil) }.isEmpty)
        let why = try await place.asking.bench.lines("explain", "\(notice.number)")
        #expect(why.contains("account  10482 Bäckerei Hofmann GmbH"), "\(why)")
        #expect(!why.contains { $0.contains("20001") })
        #expect(why.contains { $0.hasPrefix("sender   not confirmed: it came by the open link") })
        #expect(why.contains { $0.contains("link") && $0.contains("← decided") })

        let client = Browser(place, own: true)
        await client.send("b.pdf", Self.pdf("b"))
        let own = try await place.store.read { try $0.messages(limit: 10) }.filter {
            $0.fromAddress == "buero@hofmann-brot.example" && $0.direction == "in"
        }
        #expect(own.map(\.verdict) == [.proven])
    }

    @Test("every stranger sees the same, whatever others sent and staff said")
    func itemsTellNothing() async throws {
        let place = try await Place()
        let first = await Browser(place).get()
        let other = Browser(place)
        await other.send("a.pdf", Self.pdf("a"), item: 1)
        try await place.store.write {
            try $0.changeItem(
                2, of: place.request.id, .decline, holdingUntil: place.request.expires, by: "jana",
                now: Office.now)
            try $0.changeItem(
                3, of: place.request.id, .tick, holdingUntil: place.request.expires, by: "jana",
                now: Office.now)
            try $0.changeItem(
                3, of: place.request.id, .reject, note: "Seite 2 fehlt", holdingUntil: place.request.expires,
                by: "jana", now: Office.now)
        }
        let again = await Browser(place).get()
        let common = zip(again.text, first.text).prefix { $0 == $1 }
        #expect(again.text == first.text, "\(again.text.dropFirst(common.count - 100).prefix(300))")
        let sent = await other.get().text
        #expect(sent.contains("a.pdf") && sent.contains("1 file received") && !sent.contains("Seite 2"))
        let own = await Browser(place, own: true).get().text
        #expect(own.contains("Seite 2 fehlt") && own.contains("you have none"))
    }

    @Test("who says that there is none says who they are; staff hear of it, and others are asked as before")
    func declineIsAWord() async throws {
        let place = try await Place()
        let stranger = Browser(place)
        let refused = await stranger.post("/decline?language=en", ["item": "2", "reason": "no account"])
        #expect(refused.status == 422)
        #expect(refused.text.contains("Please tell us who you are.") && refused.text.contains("no account"))
        #expect(try await place.asking.events() == [])
        let form = ["item": "2", "reason": "no account", "name": "Klara", "address": "klara@neu.example"]
        #expect(await stranger.post("/decline", form).location == place.path + "?did=declined")
        _ = await stranger.post("/decline", form)
        #expect(try await place.asking.states(place.request) == [.open, .open, .open])
        let events = try await place.store.read { try $0.staffEvents() }
        #expect(events.map(\.kind) == ["request.none_said"])
        #expect(events.first?.who == "klara@neu.example" && events.first?.words == "Kontoauszug: no account")
        // The browser itself is told, and may say that this was all; nobody else is.
        let page = await stranger.get().text
        #expect(
            page.contains("you have none") && page.contains("id=\"finish\"")
                && !page.contains("/done\" hidden"))
        #expect(await !Browser(place).get().text.contains("you have none"))
        #expect(await stranger.post("/done").location == place.path + "?did=told")
        // A recipient's word holds.
        _ = await Browser(place, own: true).post("/decline", ["item": "2"])
        #expect(try await place.asking.states(place.request) == [.open, .unavailable, .open])
    }

    @Test("who types another name or address in the same browser begins anew")
    func twoInOneBrowser() async throws {
        let place = try await Place()
        let shared = Browser(place)
        await shared.send("hers.pdf", Self.pdf("1"))
        let first = shared.cookie
        await shared.send("again.pdf", Self.pdf("2"), name: " klara  NEU", address: "Klara@neu.example")
        #expect(shared.cookie == first, "the same person, typed otherwise")
        #expect(await shared.get().text.contains("hers.pdf"))
        await shared.send("his.pdf", Self.pdf("3"), name: "Max Alt", address: "max@alt.example")
        let page = await shared.get().text
        #expect(page.contains("his.pdf") && page.contains("Max Alt"))
        for mark in ["hers.pdf", "again.pdf", "Klara", "klara@"] { #expect(!page.contains(mark), "\(mark)") }
        #expect(shared.isForSession)
        _ = await shared.post("/done")
        let letter = try #require(try await place.receipts().first)
        let text = try await place.text(of: letter)
        #expect(text.contains("his.pdf") && !text.contains("hers.pdf"))
        let senders = try await place.store.read { try $0.messages(limit: 10) }.filter {
            $0.direction == "in"
        }
        #expect(Set(senders.map(\.fromAddress)) == ["klara@neu.example", "max@alt.example"])
        // A new name with half an address is nobody, and least of all the one before.
        let half = await shared.send("wessen.pdf", Self.pdf("4"), name: "Eva", address: "eva")
        #expect(half.status == 422)
    }

    @Test("what one visitor begins and leaves takes no place from another")
    func oneBlocksNobody() async throws {
        let place = try await Place()
        let flood = Browser(place, at: "203.0.113.7")
        for _ in 0..<100 { #expect(await flood.begin().status == 201) }
        let more = await flood.begin()
        #expect(more.status == 429 && more.text == "busy")
        // Neither by another name nor by forgetting the cookie is there more room in one place.
        #expect(
            await Browser(place, at: "203.0.113.7").begin(name: "Max", address: "max@alt.example").status
                == 429)
        #expect(
            await Browser(place, at: "198.51.100.1").begin(name: "Max", address: "max@alt.example").status
                == 201)
        #expect(await Browser(place, own: true, at: "203.0.113.7").begin().status == 201)
    }

    @Test("who sent nothing and says that this was all is told so, and staff are not troubled")
    func nothingSent() async throws {
        let place = try await Place()
        let stranger = Browser(place)
        #expect(await stranger.post("/done").location == place.path + "?did=nothing")
        _ = await stranger.begin()
        #expect(await stranger.post("/done").location == place.path + "?did=nothing")
        let client = Browser(place, own: true)
        #expect(await client.post("/done").location == place.own + "?did=nothing")
        #expect(try await place.asking.events() == [])
        #expect(try await place.receipts().isEmpty)
        for number in 1...3 { _ = await client.post("/decline", ["item": "\(number)"]) }
        #expect(await !client.get().text.contains("/done\" hidden"))
        #expect(await client.post("/done").location == place.own + "?did=told")
        #expect(try await !place.asking.events().contains("upload.done"))
    }

    @Test("of a link that is void nothing half-written stays", arguments: [["revoke"], ["link", "--new"]])
    func voidLinks(_ words: [String]) async throws {
        let place = try await Place()
        let vault = place.asking.bench.office.data.vault
        let location = try #require(await Browser(place).begin().location)
        let id = String(try #require(location.split(separator: "/").last))
        let file = IncomingFile(vault: vault, unfinished: id, trusted: .max)
        let turn = try #require(try await file.takeTurn()).turn
        #expect(try await file.write([1, 2, 3], turn: turn))
        #expect(try await file.octets(turn: turn) == 3)
        await file.close()
        #expect(try vault.unfinishedOctets(id) == 3)
        let (code, _) = await place.asking.bench.run(
            ["request", words[0], "\(place.request.id)"] + words.dropFirst())
        #expect(code == .ok)
        #expect(try vault.unfinishedOctets(id) == nil)
        #expect(try await place.store.read { try $0.allUnfinished() }.isEmpty)
    }
}
