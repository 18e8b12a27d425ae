import IMAP
import Mail
import TestServers
import Testing

/// A server that the contract is tested against, whichever it is.
protocol ServerFixture: Sendable {
    var port: UInt16 { get }
    var login: IMAPLogin { get }
    func deliver(_ octets: [UInt8], to mailbox: MailboxName)
    func expunge(_ uid: UID, from mailbox: MailboxName)
    /// To be called at the end of a test: until then the server is there.
    func stop()
}

extension ServerFixture {
    var endpoint: IMAPEndpoint {
        IMAPEndpoint(host: "127.0.0.1", port: port, security: .plain, connectSeconds: 10, commandSeconds: 10)
    }

    func open() async throws(IMAPError) -> IMAPSession { try await IMAPSession.open(endpoint, login) }
}

struct FakeFixture: ServerFixture {
    let server = FakeMailServer()
    var port: UInt16 { server.port }
    var login: IMAPLogin { IMAPLogin(user: server.user, secret: server.secret) }

    func stop() { server.stop() }
    func deliver(_ octets: [UInt8], to mailbox: MailboxName) { server.deliver(octets, to: mailbox.encoded) }
    func expunge(_ uid: UID, from mailbox: MailboxName) {
        server.expunge(uid.rawValue, from: mailbox.encoded)
    }
}

struct DovecotFixture: ServerFixture {
    let server: DovecotServer
    var port: UInt16 { server.port }
    var login: IMAPLogin { IMAPLogin(user: "office", secret: server.options.users["office"]!) }

    func stop() { server.stop() }
    func deliver(_ octets: [UInt8], to mailbox: MailboxName) { server.deliver(octets, to: "office", mailbox) }
    func expunge(_ uid: UID, from mailbox: MailboxName) {
        server.expunge("office", mailbox.decoded, uid: uid.rawValue)
    }
}

extension DovecotFixture {
    /// Adds a message through the server itself.
    func append(_ octets: [UInt8], to mailbox: MailboxName) throws {
        let socket = try #require(TestSocket.connected(to: port))
        let secret = server.options.users["office"] ?? ""
        let command = "a LOGIN office \"\(secret)\"\r\nb APPEND \"\(mailbox.encoded)\" {\(octets.count)+}\r\n"
        socket.send(Array(command.utf8) + octets + Array("\r\n".utf8))
        while let line = socket.readLine() {
            if line.hasPrefix("b ") { return #expect(line.hasPrefix("b OK"), "\(line)") }
        }
        Issue.record("APPEND had no answer")
    }
}

enum ServerKind: String, CaseIterable, CustomTestStringConvertible {
    case fake
    case dovecot

    var testDescription: String { self == .fake ? "a scripted server" : "a real Dovecot" }

    /// Those that can run here; a test is skipped by name for the rest.
    static var available: [ServerKind] {
        if DovecotServer.isInstalled { return allCases }
        print("skipped: the contract against a real Dovecot, for it is not installed")
        return [.fake]
    }

    /// - Parameter dovecot: more lines of its configuration.
    func start(dovecot lines: String = "") throws -> any ServerFixture {
        switch self {
        case .fake: return FakeFixture()
        case .dovecot:
            struct DoesNotStart: Error {}
            var options = DovecotServer.Options()
            options.extra = lines
            guard let server = DovecotServer(options) else { throw DoesNotStart() }
            return DovecotFixture(server: server)
        }
    }
}

func message(_ number: Int, octets: Int = 0) -> [UInt8] {
    var text =
        "From: a@b.example\r\nSubject: message \(number)\r\nMessage-ID: <\(number)@b.example>\r\n\r\n"
        + "hello \(number)\r\n"
    while text.utf8.count < octets { text += String(repeating: "x", count: 70) + "\r\n" }
    return Array(text.utf8)
}

func uid(_ number: UInt32) -> UID { UID(number)! }

func uids(_ numbers: UInt32...) -> UIDSet { UIDSet(numbers.map(uid)) }
