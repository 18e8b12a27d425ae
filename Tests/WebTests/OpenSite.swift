import Crypto
import Glibc
import Mail
import Mailroom
import Processes
import Store
import Systemd
import Text

@testable import HTTP
@testable import Web

/// The pages over a real store in a directory of their own, as somebody who is signed in asks for them.
final class OpenSite: Sendable {
    let site: Site
    let data: DataDirectory
    let member: StaffMember
    private let cookie: String
    private let router: Router
    private let directory: TemporaryDirectory

    static let now = Timestamp(seconds: 1_763_712_000)

    /// - Parameter role: of whoever asks.
    static func open(
        role: StaffRole = .owner, language: Language = .en, deeds: StaffDeeds = StaffDeeds()
    ) async throws -> OpenSite {
        let directory = try TemporaryDirectory.make(prefix: "mailroom-web")
        let path = directory.absolute("data")
        let data = try await DataDirectory.open(path: path)
        let now = now
        guard let login = StaffLogin("jana") else { fatalError("jana is a login") }
        let token = SecretToken.random()
        let member = try await data.store.write { transaction in
            let id = try transaction.addStaffMember(
                login: login, name: "Jana Vogt", email: nil, role: role, language: language, by: "test",
                now: now)
            try transaction.startSession(
                for: id, tokenHash: token.hash, csrfKey: [UInt8](repeating: 7, count: 32), now: now,
                expires: Timestamp(seconds: now.seconds + 3_600))
            return try transaction.staffMember(id)
        }
        guard let member else { fatalError("the member was just added") }
        let site = Site(
            store: data.store, readers: try StoreReaders.open(path: path + "/mailroom.db"), vault: data.vault,
            deeds: deeds, settings: SiteSettings(firm: "Bergmann & Partner", language: language, zone: .utc),
            events: WebEvents(Log(identifier: "mailroom", least: .error)), clock: { now })
        return OpenSite(site: site, data: data, member: member, cookie: token.text, directory: directory)
    }

    private init(
        site: Site, data: DataDirectory, member: StaffMember, cookie: String, directory: TemporaryDirectory
    ) {
        self.site = site
        self.data = data
        self.member = member
        self.cookie = cookie
        self.directory = directory
        router = site.router
    }

    deinit { try? directory.remove() }

    /// What a browser gets for a path.
    func get(_ path: String, signedIn: Bool = true) async -> Answer {
        await answer(.get, path, signedIn: signedIn, form: nil)
    }

    /// What a browser gets that sends a form, with the token of the page unless another is given.
    func post(_ path: String, _ form: [String: String] = [:], token: String? = nil) async -> Answer {
        var items = form.map { FormItems.Item($0.key, $0.value) }
        items.append(FormItems.Item("token", token ?? FormToken.make([UInt8](repeating: 7, count: 32))))
        return await answer(.post, path, signedIn: true, form: FormItems(items))
    }

    /// What a browser gets that sends a form with files, whose boundary is `x`.
    func send(_ path: String, _ octets: [UInt8], token: String?) async -> Answer {
        var headers = Headers(["host": "localhost", "content-type": "multipart/form-data; boundary=x"])
        if let value = HeaderValue("session=\(cookie)") { headers.add("cookie", value) }
        if let value = token.flatMap({ HeaderValue($0) }) { headers.add("x-token", value) }
        return Answer(await router.answer(HTTP.Request(.post, path, headers: headers, body: octets)))
    }

    private func answer(_ method: Method, _ path: String, signedIn: Bool, form: FormItems?) async -> Answer {
        var headers = Headers(["host": "localhost"])
        if signedIn, let value = HeaderValue("session=\(cookie)") { headers.add("cookie", value) }
        if form != nil { headers.add("content-type", "application/x-www-form-urlencoded") }
        return Answer(
            await router.answer(
                HTTP.Request(
                    method, path, headers: headers, body: form.map { Array($0.urlEncoded.utf8) } ?? [])))
    }
}

/// A reply as a test reads it.
struct Answer: Sendable {
    let status: Status
    let headers: Headers
    let text: String

    init(_ response: Response) {
        status = response.status
        headers = response.headers
        switch response.content {
        case .octets(let octets): text = String(decoding: octets, as: UTF8.self)
        case .file(let file): text = Self.text(of: file)
        case .none, .stream, .events, .untold: text = ""
        }
    }

    var location: String? { headers["location"] }

    private static func text(of file: FileContent) -> String {
        let descriptor = file.take()
        defer { close(descriptor) }
        var octets = [UInt8](repeating: 0, count: Int(file.length))
        let count = pread(descriptor, &octets, octets.count, off_t(file.offset))
        return String(decoding: octets.prefix(max(0, count)), as: UTF8.self)
    }
}
