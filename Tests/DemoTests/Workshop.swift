import Demo
import Mail
import Processes
import Testing

/// A directory for one test with the demo's mail written out, and the programs that judge it.
struct Workshop {
    let directory: TemporaryDirectory

    static let now = Timestamp(year: 2025, month: 11, day: 21, hour: 8)!
    static let messages = DemoMessages.all(now: now)

    /// The directory is gone when `work` is done, whatever came of it.
    static func with(_ work: (Workshop) throws -> Void) throws {
        let workshop = Workshop(directory: try .make(prefix: "mailroom-demo-test"))
        let result = Result { try work(workshop) }
        try workshop.directory.remove()
        try result.get()
    }

    /// Whether a program is here; a test that needs it says so by name where it is not.
    static func has(_ program: String) -> Bool { Environment.program(program) != nil }

    /// What it printed, both ways, and how it ended.
    func run(_ program: String, _ arguments: [String], serial: Int = 0) throws -> (
        output: String, ending: Subprocess.Ending?
    ) {
        let path = try #require(Environment.program(program))
        let child = try Subprocess.start(
            path, arguments,
            environment: ["PYTHONUTF8": "1", "PATH": Environment.value(of: "PATH") ?? "/usr/bin"],
            directory: directory.path, output: directory.absolute("output-\(serial)"))
        let ending = child.ending(within: .seconds(120))
        child.stop(grace: .zero)
        let output = directory.contents(of: "output-\(serial)", limit: 1 << 20)
        return (String(decoding: output, as: UTF8.self), ending)
    }
}
