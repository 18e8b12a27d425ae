import Glibc
import Scanner

/// A real clamd in a directory of its own, that knows one signature.
///
/// Started as whoever runs the tests; a clamd that is root stays root, for
/// without `User` in its configuration it changes to nobody else.
final class ClamdServer {
    static let program = "/usr/sbin/clamd"
    static var isInstalled: Bool { access(program, X_OK) == 0 }

    /// The test file of EICAR, in pieces: a scanner that looks at this source must find nothing.
    static let testVirus = [
        "X5O!P%@AP[4\\PZX54(P^)7CC)7}", "$EICAR-STANDARD", "-ANTIVIRUS-", "TEST-FILE!$H+H*",
    ].joined()

    let socket: String
    private let directory: String
    private let process: pid_t

    init(streamOctets: Int) throws {
        var template = Array("/tmp/mailroom-clamd-XXXXXX".utf8CString)
        precondition(mkdtemp(&template) != nil, "a test may make a directory in /tmp")
        directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        socket = directory + "/clamd.sock"
        let digits = Array("0123456789abcdef")
        let signature = Self.testVirus.utf8.map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined()
        mkdir(directory + "/signatures", 0o755)
        // Name, any kind of file, any place in it, the octets.
        File.write(directory + "/signatures/own.ndb", Array("Mailroom.Test.EICAR:0:*:\(signature)\n".utf8))
        let configuration = """
            Foreground yes
            LocalSocket \(socket)
            DatabaseDirectory \(directory)/signatures
            TemporaryDirectory \(directory)
            LogFile \(directory)/log
            StreamMaxLength \(streamOctets)
            MaxThreads 2
            SelfCheck 3600
            """
        File.write(directory + "/clamd.conf", Array((configuration + "\n").utf8))
        let words = [Self.program, "--config-file=\(directory)/clamd.conf"]
        var arguments = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var started: pid_t = 0
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        defer { posix_spawn_file_actions_destroy(&actions) }
        guard posix_spawn(&started, Self.program, &actions, nil, &arguments, nil) == 0 else {
            throw Failure.notStarted("")
        }
        process = started
        try waitUntilItAnswers()
    }

    enum Failure: Error { case notStarted(String) }

    /// It answers when its signatures are read; it has a minute for it.
    private func waitUntilItAnswers() throws {
        let clamd = Clamd(socket: socket)
        for _ in 0..<1200 {
            if (try? clamd.ping()) != nil { return }
            var status: Int32 = 0
            if waitpid(process, &status, WNOHANG) == process { break }
            poll(nil, 0, 50)
        }
        throw Failure.notStarted(String(decoding: File.read(directory + "/log") ?? [], as: UTF8.self))
    }

    deinit {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        for name in ["clamd.sock", "clamd.conf", "log", "signatures/own.ndb"] {
            unlink(directory + "/" + name)
        }
        rmdir(directory + "/signatures")
        rmdir(directory)
    }
}
