import Crypto
import HTTP
import Mail
import Mailroom
import Processes
import Store
import Synchronization
import Systemd
import Text

@testable import Web

/// The way in, as browsers come to it that keep their cookies.
final class Entrance: Sendable {
    let site: Site
    let data: DataDirectory
    private let router: Router
    private let directory: TemporaryDirectory

    static let password = "correct horse battery"

    /// - Parameter staff: with the password above.
    init(_ staff: [(login: String, role: StaffRole)] = [("jana", .owner), ("ben", .member)]) async throws {
        let directory = try TemporaryDirectory.make(prefix: "mailroom-web")
        let path = directory.absolute("data")
        let data = try await DataDirectory.open(path: path)
        let hash = PasswordHash.make(Self.password)
        for person in staff {
            guard let login = StaffLogin(person.login) else { fatalError("\(person.login) is no login") }
            try await data.store.write {
                let now = Timestamp(seconds: 1_763_000_000)
                let id = try $0.addStaffMember(
                    login: login, name: person.login.prefix(1).uppercased() + person.login.dropFirst(),
                    email: nil, role: person.role,
                    language: .en, by: "test", now: now)
                try $0.setPassword(hash, of: id, by: "test", now: now)
            }
        }
        self.data = data
        self.directory = directory
        let hands = Hands()
        site = Site(
            store: data.store, readers: try StoreReaders.open(path: path + "/mailroom.db"), vault: data.vault,
            deeds: StaffDeeds(), settings: SiteSettings(firm: "Bergmann", language: .en, zone: .utc),
            events: WebEvents(Log(identifier: "mailroom", least: .error)), clock: { hands.now })
        router = site.router
        self.hands = hands
    }

    /// What the site's clock shows.
    final class Hands: Sendable {
        private let moment = Mutex(Timestamp(seconds: 1_763_712_000))
        var now: Timestamp { moment.withLock { $0 } }
        func pass(_ seconds: Int64) {
            moment.withLock { $0 = Timestamp(milliseconds: $0.milliseconds + seconds * 1000) }
        }
    }

    let hands: Hands

    deinit { try? directory.remove() }

    func member(_ login: String) async throws -> StaffMember {
        guard let member = try await data.store.read({ try $0.staffMember(login: login) }) else {
            throw StoreError(.notFound, "there is no \(login)")
        }
        return member
    }

    /// A browser somewhere on the net.
    func browser(_ address: String = "192.0.2.1", isSecure: Bool = true) -> Browser {
        Browser(router: router, address: address, isSecure: isSecure)
    }
}

/// A browser with its cookies.
final class Browser: Sendable {
    private let router: Router
    private let address: String
    private let isSecure: Bool
    private let jar = Mutex<[String: String]>([:])

    init(router: Router, address: String, isSecure: Bool) {
        self.router = router
        self.address = address
        self.isSecure = isSecure
    }

    func cookie(_ name: String) -> String? { jar.withLock { $0[name] } }
    func forget(_ name: String) { jar.withLock { $0[name] = nil } }
    func set(_ name: String, _ value: String) { jar.withLock { $0[name] = value } }

    func get(_ path: String, _ headers: [(HeaderName, String)] = []) async -> Answer {
        await send(.get, path, nil, headers)
    }

    func post(
        _ path: String, _ form: [String: String] = [:], _ headers: [(HeaderName, String)] = []
    ) async -> Answer {
        await send(.post, path, FormItems(form.map { FormItems.Item($0.key, $0.value) }), headers)
    }

    /// Fills in the form of a page as a person does: with the hidden token that stands there.
    func submit(_ page: String, to path: String, _ form: [String: String] = [:]) async -> Answer {
        let text = await get(page).text
        guard let start = text.range("name=\"token\" value=\"") else { return await post(path, form) }
        let token = String(text[start...].prefix { $0 != "\"" })
        return await post(path, form.merging(["token": token]) { old, _ in old })
    }

    func signIn(_ login: String, _ password: String = Entrance.password) async -> Answer {
        await post("/sign-in", ["login": login, "password": password])
    }

    private func send(
        _ method: Method, _ path: String, _ form: FormItems?, _ more: [(HeaderName, String)]
    ) async -> Answer {
        var headers = Headers(["host": "localhost"])
        let cookies = jar.withLock { $0.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
        if !cookies.isEmpty, let value = HeaderValue(cookies) { headers.add("cookie", value) }
        if form != nil { headers.add("content-type", "application/x-www-form-urlencoded") }
        for (name, text) in more { if let value = HeaderValue(text) { headers.add(name, value) } }
        let answer = Answer(
            await router.answer(
                HTTP.Request(
                    method, path, headers: headers, body: form.map { Array($0.urlEncoded.utf8) } ?? [],
                    client: IPAddress(address), isSecure: isSecure)))
        for cookie in answer.headers.all("set-cookie") {
            let pair = cookie.prefix { $0 != ";" }.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let isGone = cookie.contains("Max-Age=0")
            jar.withLock { $0[String(pair[0])] = isGone ? nil : String(pair[1]) }
        }
        return answer
    }
}

extension String {
    /// Where the text after `part` begins.
    func range(_ part: String) -> Index? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(part) { return index(start, offsetBy: part.count) }
            start = index(after: start)
        }
        return nil
    }
}
