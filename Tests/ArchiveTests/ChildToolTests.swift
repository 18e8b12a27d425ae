import CLinux
import Glibc
import Sandbox
import Testing

@Suite("A child costs no more than it may", .serialized)
struct ChildToolTests {
    @Test("what floods us is ended")
    func flood() throws {
        let result = try run("flood", ChildTool.Bounds(seconds: 60, outputOctets: 1_000_000))
        #expect(result.ending == .tooMuchOutput)
        #expect(result.octets <= 1_000_000 + 65536)
    }

    @Test("what hangs is ended by the wall clock")
    func hangs() throws {
        let result = try run("sleep", ChildTool.Bounds(seconds: 1, outputOctets: 1000))
        #expect(result.ending == .timedOut)
    }

    @Test("what we no longer want is ended")
    func abandoned() throws {
        let result = try File.with([]) { descriptor in
            try TestChild.tool.run(
                "flood", input: descriptor, bounds: ChildTool.Bounds(seconds: 60, outputOctets: 1 << 30)
            ) { _ in false }
        }
        #expect(result.ending == .abandoned)
    }

    @Test("a caller that must stop is not held up")
    func cutShort() throws {
        let event = eventfd(1, 0)
        defer { close(event) }
        let result = try File.with([]) { descriptor in
            try TestChild.tool.run(
                "sleep", input: descriptor, bounds: ChildTool.Bounds(seconds: 60, outputOctets: 1000),
                cutShort: event
            ) { _ in true }
        }
        #expect(result.ending == .cutShort)
    }

    @Test("of what it complains the beginning is kept")
    func complaints() throws {
        let result = try run("complain", ChildTool.Bounds(seconds: 60, outputOctets: 1000))
        #expect(result.ending == .exited(0))
        #expect(result.errors.utf8.count == 4096)
        #expect(result.errors.hasPrefix("a complaint\n"))
    }

    @Test("a tool there is none of says so by its exit status")
    func noTool() throws {
        #expect(
            try run("nonsense", ChildTool.Bounds(seconds: 60, outputOctets: 1000)).ending == .exited(EX_USAGE)
        )
    }

    @Test("a program there is none of is an error that trying again does not mend")
    func noProgram() throws {
        let tool = ChildTool(program: "/nonexistent/mailroom")
        let error = #expect(throws: SandboxError.self) {
            try File.with([]) { descriptor in
                _ = try tool.run(
                    "zip", input: descriptor, bounds: ChildTool.Bounds(seconds: 1, outputOctets: 1)
                ) { _ in true }
            }
        }
        #expect(error?.code == .missing)
        #expect(error?.isTransient == false)
    }

    @Test("no descriptor and no process is left behind")
    func leavesNothing() throws {
        _ = try run("crash", ChildTool.Bounds(seconds: 60, outputOctets: 1000))
        let child = waitpid(-1, nil, WNOHANG | WNOWAIT)
        #expect(child == -1 || child == 0)
        let (first, second) = (dup(0), dup(0))
        close(first)
        close(second)
        for _ in 0..<50 { _ = try run("nonsense", ChildTool.Bounds(seconds: 60, outputOctets: 1000)) }
        // Other tests open files meanwhile, but not a hundred.
        let after = dup(0)
        close(after)
        #expect(after < second + 40)
    }

    private func run(_ tool: String, _ bounds: ChildTool.Bounds) throws -> ChildTool.Result {
        try run(TestChild.tool, tool, bounds)
    }

    private func run(
        _ child: ChildTool, _ tool: String, _ bounds: ChildTool.Bounds
    ) throws -> ChildTool.Result {
        try File.with([]) { descriptor in
            try child.run(tool, input: descriptor, bounds: bounds) { _ in true }
        }
    }

    // MARK: - Copies of one that stands ready

    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let tool: String
        let seconds: Int
        let ending: ChildTool.Ending
    }

    static let endings = [
        Case(testDescription: "by itself", tool: "complain", seconds: 60, ending: .exited(0)),
        Case(testDescription: "with a status", tool: "nonsense", seconds: 60, ending: .exited(EX_USAGE)),
        Case(testDescription: "by the wall clock", tool: "sleep", seconds: 1, ending: .timedOut),
        Case(testDescription: "for saying too much", tool: "flood", seconds: 60, ending: .tooMuchOutput),
        Case(testDescription: "by a crash", tool: "crash", seconds: 60, ending: .killed(signal: SIGSEGV)),
    ]

    @Test("a copy ends as what was started does, and the next one is there", arguments: endings)
    func copies(testCase: Case) throws {
        let bounds = ChildTool.Bounds(seconds: testCase.seconds, outputOctets: 1_000_000)
        #expect(try run(testCase.tool, bounds).ending == testCase.ending)
        let copied = try run(TestChild.ready, testCase.tool, bounds)
        #expect(copied.ending == testCase.ending)
        if testCase.tool == "complain" { #expect(copied.errors.utf8.count == 4096) }
        #expect(try run(TestChild.ready, "complain", bounds).ending == .exited(0))
    }

    @Test("after a crash copies are made of another process, and never of one before")
    func renewed() throws {
        let first = try parent()
        #expect(try parent() == first)
        _ = try run(TestChild.ready, "crash", ChildTool.Bounds(seconds: 60, outputOctets: 1000))
        #expect(try parent() != first)
    }

    @Test("many copies run at once, and each tells its own end")
    func atOnce() async throws {
        try await withThrowingTaskGroup(of: ChildTool.Ending.self) { group in
            for number in 0..<12 {
                group.addTask {
                    try self.run(
                        TestChild.ready, number % 2 == 0 ? "nonsense" : "complain",
                        ChildTool.Bounds(seconds: 60, outputOctets: 1000)
                    ).ending
                }
            }
            var endings: [ChildTool.Ending: Int] = [:]
            for try await ending in group { endings[ending, default: 0] += 1 }
            #expect(endings == [.exited(0): 6, .exited(EX_USAGE): 6])
        }
    }

    @Test("where none can stand ready, each is started")
    func noneReady() throws {
        let path = "/tmp/mailroom-test-refusing-\(getpid())"
        File.write(
            path, Array("#!/bin/sh\n[ $2 != stand-by ] || exit 1\nexec \(TestChild.program) \"$@\"\n".utf8))
        defer { unlink(path) }
        chmod(path, 0o700)
        let child = ChildTool(program: path, standsReady: true)
        for _ in 0..<5 {
            #expect(
                try run(child, "complain", ChildTool.Bounds(seconds: 60, outputOctets: 1000)).ending
                    == .exited(0))
        }
    }

    /// The process that a copy was made of.
    private func parent() throws -> String {
        var answer: [UInt8] = []
        _ = try File.with([]) { descriptor in
            try TestChild.ready.run(
                "parent", input: descriptor, bounds: ChildTool.Bounds(seconds: 60, outputOctets: 1000)
            ) { piece in
                for index in piece.indices { answer.append(piece[index]) }
                return true
            }
        }
        return String(decoding: answer, as: UTF8.self)
    }
}
