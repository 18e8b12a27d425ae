import Crypto
import HTTP
import Mail
import Mailroom
import Store
import Text
import Web

@testable import Commands
@testable import Daemon

/// A firm whose clients sign in, with its pages as browsers ask for them.
struct ClientPages {
    let asking: Asking
    let site: Site
    let router: Router
    let account: AccountID
    /// Folders of account 10482 by what clients may do in them.
    let folders: [Access: FolderID]

    static let sabine = "buero@hofmann-brot.example"
    static let key = [UInt8](repeating: 9, count: 32)

    init() async throws {
        asking = try await Asking()
        for (address, account) in [("mia@hofmann-brot.example", "10482"), ("kate@both.example", "10482")] {
            _ = try await asking.bench.lines(
                "contact", "add", account, address, "--name", String(address.prefix { $0 != "@" }))
        }
        _ = try await asking.bench.lines("contact", "add", "20001", "kate@both.example")
        site = try await asking.bench.office.site()
        router = site.router
        let found = try await asking.store.read { transaction in
            let account = try transaction.accountID(AccountNumber("10482")!)!
            return (account, try transaction.folders(of: account).map(\.folder))
        }
        account = found.0
        var folders: [Access: FolderID] = [:]
        for folder in found.1 where !folder.isIntake && folders[folder.access] == nil {
            folders[folder.access] = folder.id
        }
        self.folders = folders
    }

    var store: Store { asking.store }

    /// Gives an address the switch, and invites it by the command.
    func invite(_ address: String, to account: String = "10482") async throws {
        _ = try await asking.bench.lines(
            "contact", "edit", address, "--account", account, "--switches", "sync notify login")
        _ = try await asking.bench.lines("contact", "invite", address, "--account", account)
    }

    /// A session of somebody who was invited, begun and last used so long ago; what their browser keeps.
    func signIn(_ address: String, ago: Int64 = 0, used: Int64? = nil) async throws -> SecretToken {
        let (link, token) = (SecretToken.random(), SecretToken.random())
        let (linkHash, hash) = (link.hash, token.hash)
        let began = Timestamp(milliseconds: Office.now.milliseconds - ago * 1000)
        let seen = Timestamp(milliseconds: Office.now.milliseconds - (used ?? ago) * 1000)
        let person = try await store.write { transaction -> ClientPerson? in
            guard let person = try transaction.clientPerson(AddressKey(address)!, now: began) else {
                return nil
            }
            try transaction.addClientLink(linkHash, for: person, now: began)
            let used = try transaction.useClientLink(linkHash, tokenHash: hash, csrfKey: Self.key, now: began)
            if let session = try transaction.clientSession(tokenHash: hash, now: began) {
                try transaction.touchClientSession(session.id, now: seen)
            }
            return used
        }
        guard person != nil else { throw Bench.Failed(words: "\(address) can't sign in") }
        return token
    }

    /// A document of the account; its number.
    @discardableResult
    func document(_ name: String, in access: Access, _ octets: [UInt8]) async throws -> DocumentID {
        let file = IncomingFile(vault: asking.bench.office.data.vault)
        try await file.write(octets)
        guard let folder = folders[access] else { throw Bench.Failed(words: "no folder") }
        return try await site.documentDesk.file(
            [(content: try await file.finish(), name: name)], into: FolderPlace(folder), of: account,
            by: "jana", now: Office.now)[0].document
    }

    struct Answer: Equatable {
        let status: Int
        let location: String?
        let text: String
        let cookies: [String]
    }

    func get(_ path: String, _ cookie: String?, _ headers: [(HeaderName, String)] = []) async -> Answer {
        await send(.get, path, cookie, nil, nil, headers)
    }

    /// With the token of a form of ours, unless another is given.
    func post(
        _ path: String, _ cookie: String?, _ form: [String: String] = [:], token: String? = nil,
        _ headers: [(HeaderName, String)] = []
    ) async -> Answer {
        var items = form.map { FormItems.Item($0.key, $0.value) }
        items.append(FormItems.Item("token", token ?? FormToken.make(Self.key)))
        return await send(
            .post, path, cookie, "application/x-www-form-urlencoded",
            Array(FormItems(items).urlEncoded.utf8), headers)
    }

    /// A form with one file behind its fields.
    func upload(
        _ path: String, _ cookie: String?, _ name: String, _ octets: [UInt8],
        fields: KeyValuePairs<String, String> = [:]
    ) async -> Answer {
        let more = fields.map {
            "--x\r\nContent-Disposition: form-data; name=\"\($0.key)\"\r\n\r\n\($0.value)\r\n"
        }
        let head = """
            --x\r\nContent-Disposition: form-data; name="token"\r\n\r\n\(FormToken.make(Self.key))\r\n\
            \(more.joined())--x\r\nContent-Disposition: form-data; name="file"; filename="\(name)"\r\n\r\n
            """
        return await send(
            .post, path, cookie, "multipart/form-data; boundary=x",
            Array(head.utf8) + [10] + octets + Array("\r\n--x--\r\n".utf8), [])
    }

    func send(
        _ method: Method, _ path: String, _ cookie: String?, _ headers: [(HeaderName, String)]
    ) async -> Answer {
        await send(method, path, cookie, "application/offset+octet-stream", [], headers)
    }

    /// What a program hears that sends files in pieces.
    struct TusAnswer: Equatable {
        let status: Int
        let text: String
        let location: String?
        let offset: String?
        let sha256: String?
        let outcome: String?
    }

    /// As the script of the page sends a file, or a piece of one.
    func tus(
        _ method: Method, _ path: String, _ cookie: String?, _ headers: KeyValuePairs<HeaderName, String>,
        _ body: [UInt8] = [], token: String? = nil
    ) async -> TusAnswer {
        let more: [(HeaderName, String)] =
            [("tus-resumable", "1.0.0"), ("x-token", token ?? FormToken.make(Self.key))]
            + headers.map { ($0.key, $0.value) }
        let type = method == .patch ? "application/offset+octet-stream" : nil
        let response = await response(method, path, cookie, type, body, more)
        return TusAnswer(
            status: Int(response.status.code), text: Self.text(response),
            location: response.headers["location"], offset: response.headers["upload-offset"],
            sha256: response.headers["x-sha256"], outcome: response.headers["x-outcome"])
    }

    private func send(
        _ method: Method, _ path: String, _ cookie: String?, _ type: String?, _ body: [UInt8]?,
        _ more: [(HeaderName, String)]
    ) async -> Answer {
        let response = await response(method, path, cookie, type, body, more)
        return Answer(
            status: Int(response.status.code), location: response.headers["location"],
            text: Self.text(response), cookies: response.headers.all("set-cookie").map { "\($0)" })
    }

    private static func text(_ response: Response) -> String {
        switch response.content {
        case .octets(let octets): String(decoding: octets, as: UTF8.self)
        case .file: "file"
        case .stream: "stream"
        case .none, .events, .untold: ""
        }
    }

    private func response(
        _ method: Method, _ path: String, _ cookie: String?, _ type: String?, _ body: [UInt8]?,
        _ more: [(HeaderName, String)]
    ) async -> Response {
        var headers = Headers(["host": "localhost"])
        if let value = cookie.flatMap({ HeaderValue($0) }) { headers.add("cookie", value) }
        if let value = type.flatMap({ HeaderValue($0) }) { headers.add("content-type", value) }
        for (name, text) in more { if let value = HeaderValue(text) { headers.add(name, value) } }
        return await router.answer(HTTP.Request(method, path, headers: headers, body: body ?? []))
    }

    /// Everything that a client could change of the account.
    func state() async throws -> [String] {
        let account = account
        return try await store.read { transaction in
            var query = ShelfQuery()
            query.account = account
            query.limit = 1000
            let there = try transaction.shelf(query).map { "\($0.id.rawValue) \($0.place) \($0.name)" }
            let tree = try transaction.folderTree(of: account).flatMap(\.all).map { "\($0.place)" }
            return there.sorted() + tree
        }
    }
}
