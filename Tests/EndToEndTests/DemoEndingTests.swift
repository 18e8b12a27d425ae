import Glibc
import TestServers
import Testing

extension EndToEnd {
    /// However the demo ends, its servers end with it, and its directory goes.
    @Suite("The demo's end", .enabled(if: DovecotServer.isInstalled, "Dovecot is not installed"))
    struct DemoEndingTests {
        struct Case: CustomTestStringConvertible, Sendable {
            let testDescription: String
            let signals: [Int32]
            /// Its exit status; nil: whatever it is.
            var status: Int32?
            /// What is waited for before: words of its output, or, without any, its directory.
            var words: String? = "Ctrl-C"
        }

        static let endings = [
            Case(
                testDescription: "SIGTERM twice, as timeout(1) sends it", signals: [SIGTERM, SIGTERM],
                status: 0),
            Case(testDescription: "SIGKILL", signals: [SIGKILL], status: 128 + SIGKILL),
            Case(testDescription: "Ctrl-C amid its mail", signals: [SIGINT], status: 0, words: reading),
            Case(
                testDescription: "Its terminal is gone amid its mail", signals: [SIGHUP], status: 0,
                words: reading),
            Case(testDescription: "SIGTERM while it starts", signals: [SIGTERM], words: nil),
            Case(testDescription: "SIGKILL while it starts", signals: [SIGKILL], words: nil),
        ]
        /// What it says before it reads.
        private static let reading = "127.0.0.1"

        @Test("leaves no process and no directory", arguments: endings)
        func leavesNothing(testCase: Case) async throws {
            let place = TestDirectory(readable: true)
            let log = place.file("demo.log")
            let demo = try #require(
                RunningProgram(
                    [Binary.path, "demo", "--still"], environment: ["TMPDIR": place.path, "NO_COLOR": "1"],
                    log: log))
            let began = try await until(60) {
                guard let words = testCase.words else { return !directories(in: place).isEmpty }
                return String(decoding: TestDirectory.read(log) ?? [], as: UTF8.self).contains(words)
            }
            try #require(began, "\(String(decoding: TestDirectory.read(log) ?? [], as: UTF8.self))")
            let started = descendants(of: demo.process)
            // The mail server, the SMTP server, the mourner; once mail was read a child stands ready, too.
            if testCase.words != nil { #expect(started.count > 3) }
            for signal in testCase.signals { demo.signal(signal) }
            let status = await demo.end(within: 20)
            #expect(status != nil && (testCase.status == nil || status == testCase.status))
            let isGone = try await until(10) {
                directories(in: place).isEmpty && processes(of: place, started).isEmpty
            }
            #expect(isGone, "\(directories(in: place)) \(processes(of: place, started))")
        }

        private func directories(in place: TestDirectory) -> [String] {
            names(in: place.path).filter { $0.hasPrefix("mailroom-demo") }
        }

        /// Those that run in a directory of the demo's, or name one, or were started by it before.
        private func processes(of place: TestDirectory, _ started: [Int32: String]) -> [String] {
            names(in: "/proc").compactMap { name in
                guard let number = Int32(name), number != getpid() else { return nil }
                let words = words(of: number)
                let isOf = (words + directory(of: number)).contains("\(place.path)/mailroom-demo")
                return isOf || !words.isEmpty && started[number] == words ? "\(number) \(words)" : nil
            }
        }

        /// All that it started, and what was started by those, by their numbers.
        private func descendants(of process: Int32) -> [Int32: String] {
            var found: [Int32: String] = [:]
            for task in names(in: "/proc/\(process)/task") where Int32(task) != nil {
                let children = TestDirectory.read("/proc/\(process)/task/\(task)/children") ?? []
                for child in String(decoding: children, as: UTF8.self).split(separator: " ") {
                    guard let child = Int32(child) else { continue }
                    found[child] = words(of: child)
                    found.merge(descendants(of: child)) { first, _ in first }
                }
            }
            return found
        }

        /// Of a process that has ended and is not yet buried there are none.
        private func words(of process: Int32) -> String {
            String(decoding: TestDirectory.read("/proc/\(process)/cmdline") ?? [], as: UTF8.self)
                .replacing("\0", with: " ")
        }

        private func directory(of process: Int32) -> String {
            var path = [CChar](repeating: 0, count: 4096)
            let count = readlink("/proc/\(process)/cwd", &path, path.count)
            return String(decoding: path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }

        private func names(in directory: String) -> [String] {
            guard let stream = opendir(directory) else { return [] }
            defer { closedir(stream) }
            var names: [String] = []
            while let entry = readdir(stream) {
                names.append(
                    withUnsafePointer(to: &entry.pointee.d_name) {
                        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                    })
            }
            return names
        }
    }
}
