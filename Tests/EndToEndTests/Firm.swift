import FoundationEssentials
import Glibc
import Mail
import SQLite
import TestServers

/// A firm in a throw-away directory: its configuration, its data, and the `mailroom` that works for it.
final class Firm: Sendable {
    /// A `[mailbox.NAME]` on loopback.
    struct Source: Sendable {
        var name = "office"
        var port: UInt16
        var user = "office"
        var secret = "correct horse"
        /// More lines of its section; the later of two equal keys is none, so these are others.
        var lines = ""
        var security = "plain"
    }

    /// An account, and the address whose mail is its own.
    struct Client: Sendable {
        let number: String
        let name: String
        let address: String
    }

    static let clients = [
        Client(number: "1", name: "Bolt Ltd", address: "eve@bolt.example"),
        Client(number: "2", name: "Kate Smith", address: "kate@smith.example"),
        Client(number: "3", name: "Sakura", address: "info@sakura.example"),
    ]

    let directory = TestDirectory()
    let data: String
    var database: String { data + "/mailroom.db" }
    var configuration: String { directory.file("mailroom.toml") }
    var log: String { directory.file("log") }

    /// - Parameters:
    ///   - data: somewhere else than beside the configuration.
    ///   - storage: more lines of that section.
    init(_ sources: [Source], data: String? = nil, lines: String = "", storage: String = "") {
        self.data = data ?? directory.file("data")
        configure(sources, lines: lines, storage: storage)
    }

    /// Writes the configuration, as an administrator would with an editor.
    func configure(_ sources: [Source], lines: String = "", storage: String = "") {
        var text = """
            [firm]
            name = "Bergmann & Partner"
            language = "en"
            time_zone = "Europe/Berlin"

            [storage]
            data = "\(data)"
            min_free = "1 MB"
            \(storage)

            [matching]
            sender_authentication = "off"

            \(lines)

            """
        for source in sources {
            directory.write(source.secret, to: "secret-\(source.name)")
            chmod(directory.file("secret-\(source.name)"), 0o600)
            text += """
                [mailbox.\(source.name)]
                host = "127.0.0.1"
                port = \(source.port)
                security = "\(source.security)"
                user = "\(source.user)"
                password = { file = "\(directory.file("secret-\(source.name)"))" }
                history = "file"
                \(source.lines)


                """
        }
        directory.write(text, to: "mailroom.toml")
    }

    /// Gives the firm its clients, as an administrator would with a table.
    func addClients(_ clients: [Client] = Firm.clients) throws {
        let header = "number,account,type,contact,kind,address,language,switches\n"
        let rows = clients.map { "\($0.number),\($0.name),client,\($0.name),person,\($0.address),en,\n" }
        directory.write(header + rows.joined(), to: "clients.csv")
        struct Refused: Error { let words: String }
        let answer = run("account", "import", directory.file("clients.csv"))
        guard answer.status == 0 else { throw Refused(words: answer.text) }
    }

    /// Starts the daemon.
    func serve(_ environment: [String: String] = [:]) -> RunningProgram {
        start(["serve"], environment)
    }

    /// Starts a command whose end is to be waited for; its words go to the log.
    func start(_ words: [String], _ environment: [String: String] = [:]) -> RunningProgram {
        guard
            let program = RunningProgram(
                [Binary.path, "-C", configuration] + words, environment: quiet(environment), log: log)
        else { fatalError("the system starts no program") }
        return program
    }

    /// Runs a command to its end.
    @discardableResult
    func run(_ words: String..., environment: [String: String] = [:]) -> ChildProcess.Output {
        let settings = quiet(environment).map { "\($0.key)=\($0.value)" }
        return ChildProcess.run(["/usr/bin/env"] + settings + [Binary.path, "-C", configuration] + words)
    }

    /// What `status --json` says; nil where it says nothing of the kind.
    func status() -> StatusAnswer? {
        let text = run("status", "--json").text
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("{") }) else { return nil }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try? decoder.decode(StatusAnswer.self, from: Data(line.utf8))
    }

    /// The database as anybody else may read it.
    func openDatabase() throws -> Connection { try Connection(path: database, create: false) }

    var logText: String { String(decoding: TestDirectory.read(log) ?? [], as: UTF8.self) }

    /// Swift writes a long story about each crash, and here crashes are ordered.
    private func quiet(_ environment: [String: String]) -> [String: String] {
        environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { own, _ in own }
    }
}

/// What of `status --json` the tests look at. INTERFACES.md.
struct StatusAnswer: Decodable, Sendable {
    struct Source: Decodable, Sendable {
        let name: String
        let state: String
        let lastContact: String?
        let messagesServer: Int
        let messagesAccounted: Int
        let nextTry: String?
        let error: String?
    }

    let version: String
    let upSeconds: Int
    let sources: [Source]
    let quarantined: Int
    let problems: [String]

    func source(_ name: String) -> Source? { sources.first { $0.name == name } }
}
