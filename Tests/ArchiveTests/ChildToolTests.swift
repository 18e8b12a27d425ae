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
        try File.with([]) { descriptor in
            try TestChild.tool.run(tool, input: descriptor, bounds: bounds) { _ in true }
        }
    }
}
