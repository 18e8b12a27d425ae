import CLinux
import Glibc
import Sandbox
import Testing

@Suite("A child that has been taken over gets nowhere", .serialized)
struct LockdownTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let call: Int32

        init(_ name: String, _ call: Int32) {
            testDescription = name
            self.call = call
        }
    }

    static let forbidden = [
        Case("socket", SYS_socket), Case("connect", SYS_connect), Case("bind", SYS_bind),
        Case("ptrace", SYS_ptrace), Case("process_vm_readv", SYS_process_vm_readv), Case("mount", SYS_mount),
        Case("keyctl", SYS_keyctl), Case("bpf", SYS_bpf), Case("userfaultfd", SYS_userfaultfd),
        Case("unshare", SYS_unshare), Case("setns", SYS_setns), Case("clone3", SYS_clone3),
        Case("io_uring_setup", SYS_io_uring_setup), Case("perf_event_open", SYS_perf_event_open),
        Case("kill", SYS_kill), Case("memfd_create", SYS_memfd_create), Case("init_module", SYS_init_module),
        Case("prctl", SYS_prctl), Case("unlinkat", SYS_unlinkat), Case("renameat2", SYS_renameat2),
        Case("a call no kernel has yet", 999),
    ]

    @Test("system calls are refused to a parser and to a program", arguments: forbidden)
    func refuses(testCase: Case) throws {
        #expect(try answer("call", "\(testCase.call)") == "\(-EPERM)")
        #expect(try answer("call", "\(testCase.call)", "program") == "\(-EPERM)")
    }

    @Test("no process is started")
    func fork() throws {
        #expect(try answer("fork") == "\(-EPERM)")
        #expect(try answer("fork", "program") == "\(-EPERM)")
        #expect(try answer("fork", "program", "threads") == "\(-EPERM)", "threads are no processes")
    }

    @Test("a parser opens nothing; a program only what the system's libraries are")
    func opens() throws {
        #expect(try answer("open", "/etc/passwd") == "\(-EPERM)")
        guard Lockdown.landlockVersion > 0 else {
            print("skipped: this kernel has no Landlock")
            return
        }
        #expect(try answer("open", "/etc/passwd", "program") == "\(-EACCES)")
        #expect(try answer("open", "/proc/self/environ", "program") == "\(-EACCES)")
        #expect(try answer("open", "/etc/ld.so.cache", "program") == "0")
        #expect(try answer("landlock") == "\(Lockdown.landlockVersion)")
    }

    @Test("the input can be read, and not written even where we could")
    func input() throws {
        #expect(try answer("readInput") == "the input")
        #expect(try answer("writeInput") == "\(-EBADF)")
    }

    @Test("nothing is inherited: four descriptors, two variables")
    func inherits() throws {
        let leak = open("/etc/passwd", O_RDONLY)
        defer { close(leak) }
        #expect(try answer("descriptors") == "0 1 2 3")
        #expect(try answer("environment") == "LANG PATH")
    }

    @Test("memory has a limit")
    func memory() throws {
        #expect(try answer("allocate") == "\(-ENOMEM)")
        let grown = try run("grow")
        guard case .killed(let signal) = grown.ending else {
            Issue.record("it ended as \(grown.ending)")
            return
        }
        #expect([SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGKILL, SIGXCPU].contains(signal))
    }

    @Test("processor time has a limit")
    func processor() throws {
        let ending = try run("loop", seconds: 30).ending
        #expect(ending == .killed(signal: SIGXCPU) || ending == .killed(signal: SIGKILL))
    }

    @Test("when the machine runs out of memory, the child goes first")
    func sacrifice() throws { #expect(try answer("sacrifice") == "1000") }

    @Test("a crash is a signal, and nothing more")
    func crash() throws {
        guard case .killed = try run("crash").ending else {
            Issue.record("it did not crash")
            return
        }
    }

    private func run(_ tool: String, _ arguments: String..., seconds: Int = 60) throws -> ChildTool.Result {
        try File.with(Array("the input".utf8)) { descriptor in
            try TestChild.ready.run(
                tool, arguments, input: descriptor,
                bounds: ChildTool.Bounds(seconds: seconds, outputOctets: 1 << 20)
            ) { _ in true }
        }
    }

    /// Of a child that was started, and of one that is a copy: both are locked down alike.
    private func answer(_ tool: String, _ arguments: String...) throws -> String {
        let started = try answer(TestChild.tool, tool, arguments)
        #expect(try answer(TestChild.ready, tool, arguments) == started)
        return started
    }

    private func answer(_ child: ChildTool, _ tool: String, _ arguments: [String]) throws -> String {
        var answer: [UInt8] = []
        let result = try File.with(Array("the input".utf8)) { descriptor in
            try child.run(
                tool, arguments, input: descriptor,
                bounds: ChildTool.Bounds(seconds: 60, outputOctets: 1 << 20)
            ) { piece in
                for index in piece.indices { answer.append(piece[index]) }
                return true
            }
        }
        #expect(result.ending == .exited(0), "\(result.errors)")
        return String(decoding: answer, as: UTF8.self)
    }
}
