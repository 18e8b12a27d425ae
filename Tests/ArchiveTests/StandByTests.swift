import Archive
import Glibc
import Sandbox
import Synchronization
import Testing

/// What becomes of children when the process that they are copies of comes to harm.
@Suite("One that stands ready", .serialized)
struct StandByTests {
    /// Of each test its own: it is killed.
    private let child = ChildTool(program: TestChild.program, standsReady: true)

    @Test("that was killed is replaced, however often that happens")
    func replaced() throws {
        var before: Set<Int32> = []
        for _ in 0..<6 {
            // Of whoever finds it dead the child is a start of its own.
            let found = try parent()
            let process = found == getpid() ? try parent() : found
            #expect(process != getpid() && before.insert(process).inserted)
            // It stays: what made the last one fail is forgotten once a copy was had.
            #expect(try parent() == process)
            kill(process, SIGKILL)
        }
    }

    @Test("takes its copies along when it is killed, and whoever waits for one learns it")
    func takesAlong() async throws {
        let process = try parent()
        // The copy that answered is no longer among them.
        _ = try children(of: process) { $0.isEmpty }
        let isHeard = Mutex(false)
        async let ending = run("sleep", ["aloud"]) { isHeard.withLock { $0 = true } }.ending
        // One that nobody has heard of yet would be replaced by a start of its own.
        _ = try settled({ $0 }) { isHeard.withLock { $0 } }
        let copies = try children(of: process) { $0.count == 1 }
        kill(process, SIGKILL)
        #expect(try await ending == .killed(signal: SIGKILL))
        for copy in copies { #expect(isDead(copy), "\(copy) lives on") }
    }

    @Test("leaves no copy unburied, and keeps no descriptor of one")
    func buries() throws {
        let process = try parent()
        for number in 0..<40 { _ = try run(number % 2 == 0 ? "complain" : "nonsense") }
        #expect(try parent() == process)
        // Nothing, nothing, nothing, and where it is asked.
        #expect(try descriptors(of: process) { $0 == 4 } == 4)
    }

    @Test("ends when nobody can ask it any more")
    func ends() throws {
        var own: ChildTool? = ChildTool(program: TestChild.program, standsReady: true)
        let process = try #require(try own.map { try parent(of: $0) })
        #expect(kill(process, 0) == 0)
        own = nil
        #expect(kill(process, 0) == -1 && errno == ESRCH)
    }

    @Test(
        "has read nothing of a stranger's when a tool locks itself down",
        arguments: ContainerTool.Name.allCases)
    func lockedFirst(name: ContainerTool.Name) throws {
        let limits = [name.rawValue] + (0..<6).map { _ in "10" }
        // What pictures want to know besides.
        let more = [[], ["1", "100"], ["jpeg", "100"]]
        let tool = try #require(more.lazy.compactMap { ContainerTool(arguments: limits + $0) }.first)
        let (status, position) = File.with(Array("PK, and what a stranger wrote".utf8)) { input in
            lseek(input, 0, SEEK_SET)
            var position: off_t = -1
            let status = tool.run(input: input, output: -1) {
                position = lseek(input, 0, SEEK_CUR)
                return false
            }
            #expect(lseek(input, 0, SEEK_CUR) == 0, "without a lock nothing is read")
            return (status, position)
        }
        #expect(status == EX_UNAVAILABLE && position == 0)
    }

    private func run(
        _ tool: String, _ arguments: [String] = [], heard: () -> Void = {}
    ) throws -> ChildTool.Result {
        try File.with([]) { descriptor in
            try child.run(
                tool, arguments, input: descriptor, bounds: .init(seconds: 60, outputOctets: 1000)
            ) { _ in
                heard()
                return true
            }
        }
    }

    private func parent() throws -> Int32 { try parent(of: child) }

    /// The process that a copy was made of.
    private func parent(of child: ChildTool) throws -> Int32 {
        var answer: [UInt8] = []
        _ = try File.with([]) { descriptor in
            try child.run("parent", input: descriptor, bounds: .init(seconds: 60, outputOctets: 1000)) {
                piece in
                for index in piece.indices { answer.append(piece[index]) }
                return true
            }
        }
        return try #require(Int32(String(decoding: answer, as: UTF8.self)))
    }

    /// Its children, dead ones that it has not buried included, once they are as they shall be.
    private func children(of process: Int32, _ areSo: ([Int32]) -> Bool) throws -> [Int32] {
        try settled(areSo) {
            let text = File.read("/proc/\(process)/task/\(process)/children") ?? []
            return String(decoding: text, as: UTF8.self).split(separator: " ").compactMap { Int32($0) }
        }
    }

    /// How many it has open, once it has buried its children.
    private func descriptors(of process: Int32, _ areSo: (Int) -> Bool) throws -> Int {
        _ = try children(of: process) { $0.isEmpty }
        return try settled(areSo) {
            guard let stream = opendir("/proc/\(process)/fd") else { return -1 }
            defer { closedir(stream) }
            var count = 0
            while readdir(stream) != nil { count += 1 }
            // But for `.` and `..`.
            return count - 2
        }
    }

    private func settled<Value>(_ isSo: (Value) -> Bool, _ look: () -> Value) throws -> Value {
        let deadline = ContinuousClock.now + .seconds(20)
        while true {
            let found = look()
            if isSo(found) { return found }
            try #require(ContinuousClock.now < deadline, "it is \(found)")
            sched_yield()
        }
    }

    /// Gone, or not yet buried by whoever has it now.
    private func isDead(_ process: Int32) -> Bool { (File.read("/proc/\(process)/cmdline") ?? []).isEmpty }
}
