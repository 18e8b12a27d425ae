import Glibc
import Processes
import Testing

@Suite("Child processes")
struct SubprocessTests {
    private func shell(_ script: String, keepsInput: Bool = false) throws -> Subprocess {
        try Subprocess.start("/bin/sh", ["-c", script], directory: "/", keepsInput: keepsInput)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let script: String
        let ending: Subprocess.Ending
    }

    @Test(
        "how it ended",
        arguments: [
            Case(testDescription: "well", script: "exit 0", ending: .exited(0)),
            Case(testDescription: "with a status", script: "exit 75", ending: .exited(75)),
            Case(testDescription: "by a signal", script: "kill -KILL $$", ending: .signalled(SIGKILL)),
            Case(
                testDescription: "in the directory it was given", script: "test $(pwd) = /",
                ending: .exited(0)),
            Case(
                testDescription: "leading a group of its own", script: "test $(ps -o pgid= -p $$) = $$",
                ending: .exited(0)),
            Case(
                testDescription: "with our descriptors closed",
                script: "test $(ls /proc/self/fd | wc -l) -le 4", ending: .exited(0)),
            Case(testDescription: "reading nothing", script: "read -r line; test $? = 1", ending: .exited(0)),
        ])
    func endings(example: Case) throws {
        #expect(try shell(example.script).ending(within: .seconds(20)) == example.ending)
    }

    @Test("a program that is not there")
    func missing() {
        let error = #expect(throws: ProcessError.self) {
            try Subprocess.start("/nowhere/at-all", [], directory: "/")
        }
        #expect(error?.code == .notInstalled && error?.isTransient == false)
    }

    @Test("one that will not listen is made to end, with all it started")
    func stubborn() throws {
        try Workshop.with { workshop in
            let script =
                "trap '' TERM; (while :; do sleep 1; done) & echo ready; while :; do sleep 1; done"
            let child = try Subprocess.start(
                "/bin/sh", ["-c", script], directory: "/", output: workshop.directory.absolute("words"))
            let deadline = ContinuousClock.now + .seconds(20)
            while workshop.directory.contents(of: "words").isEmpty, ContinuousClock.now < deadline {
                sched_yield()
            }
            #expect(child.ending(within: .zero) == nil)
            #expect(child.stop(grace: .milliseconds(50)) == .signalled(SIGKILL))
            #expect(kill(-child.id, 0) == -1 && errno == ESRCH)
            #expect(child.stop(grace: .zero) == .signalled(SIGKILL))
        }
    }

    @Test("its input ends when we close it")
    func input() throws {
        let child = try shell("read -r line; exit 3", keepsInput: true)
        #expect(child.ending(within: .zero) == nil)
        child.closeInput()
        #expect(child.ending(within: .seconds(20)) == .exited(3))
    }

    @Test("a directory is removed with all it holds, and never follows a link out")
    func directory() throws {
        let outside = try TemporaryDirectory.make(prefix: "mailroom-demo-test")
        let inside = try TemporaryDirectory.make(prefix: "mailroom-demo-test")
        let result = Result {
            try outside.write([1], to: "kept")
            try inside.makeDirectory("a")
            try inside.write([1, 2, 3], to: "a/file")
            #expect(throws: ProcessError.self) { try inside.write([4], to: "a/file") }
            #expect(inside.contents(of: "a/file") == [1, 2, 3])
            symlink(outside.path, inside.absolute("a/link"))
        }
        try inside.remove()
        #expect(access(inside.path, F_OK) == -1)
        #expect(outside.contents(of: "kept") == [1])
        try outside.remove()
        try result.get()
    }
}
