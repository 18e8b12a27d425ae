import CLinux
import Glibc
import Sandbox

/// What a parser that has been taken over might try.
///
/// Answers on standard output, in decimal: the result or the negated errno.
enum Misbehaviour: String {
    case crash, loop, sleep, flood, complain, allocate, grow, fork, open, readInput, writeInput, call,
        environment,
        descriptors, landlock, sacrifice, parent

    func run(_ arguments: [String]) -> Int32 {
        let lockdown = Lockdown(
            limits: ResourceLimits(
                memory: 1 << 30, processorSeconds: 1, threads: arguments.contains("threads")),
            reach: arguments.contains("program") ? .program("/usr/bin/pdfinfo") : .nothing)
        // These two look for what the parent has left open, before anything is locked.
        switch self {
        case .environment: return say(environmentNames())
        case .descriptors:
            return say((0..<1024).filter { fcntl($0, F_GETFD) >= 0 }.map { "\($0)" }.joined(separator: " "))
        case .parent: return say("\(getppid())")
        default: break
        }
        let score = Glibc.open("/proc/self/oom_score_adj", O_RDONLY)
        guard let applied = try? lockdown.apply() else { return EX_UNAVAILABLE }
        switch self {
        case .crash: abort()
        case .loop: while true {}
        case .sleep:
            if arguments.contains("aloud") { _ = say(".") }
            var word: Int32 = 0
            // FUTEX_WAIT for a waker that never comes.
            while true {
                _ = withUnsafePointer(to: &word) { mr_attempt(Int(SYS_futex), Int(bitPattern: $0), 0, 0) }
            }
        case .flood: while say(String(repeating: "x", count: 60000)) == 0 {}
        case .complain: for _ in 0..<10_000 { write(2, "a complaint\n", 12) }
        case .allocate:
            guard let memory = malloc(2 << 30) else { return say("\(-errno)") }
            free(memory)
            return say("0")
        case .grow:
            var everything: [[UInt8]] = []
            while true { everything.append([UInt8](repeating: 1, count: 1 << 24)) }
        case .fork: return attempt(SYS_clone, Int(SIGCHLD), 0, 0)
        case .open:
            let descriptor = Glibc.open(arguments[0], O_RDONLY)
            return say("\(descriptor < 0 ? -Int(errno) : 0)")
        case .readInput: return say(firstLine(3))
        case .writeInput: return say("\(write(3, "x", 1) < 0 ? -Int(errno) : 0)")
        case .call: return attempt(Int32(arguments[0])!, 0, 0, 0)
        case .landlock: return say("\(applied.landlockVersion)")
        case .sacrifice: return say(firstLine(score))
        case .environment, .descriptors, .parent: break
        }
        return 0
    }

    private func attempt(_ call: Int32, _ first: Int, _ second: Int, _ third: Int) -> Int32 {
        say("\(mr_attempt(Int(call), first, second, third))")
    }

    private func environmentNames() -> String {
        let descriptor = Glibc.open("/proc/self/environ", O_RDONLY)
        var octets = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &octets, octets.count)
        let entries = octets.prefix(max(0, count)).split(separator: 0).map {
            String(decoding: $0, as: UTF8.self)
        }
        return entries.compactMap { $0.split(separator: "=").first }.sorted().joined(separator: " ")
    }

    private func firstLine(_ descriptor: Int32) -> String {
        var octets = [UInt8](repeating: 0, count: 64)
        let count = read(descriptor, &octets, octets.count)
        return String(decoding: octets.prefix(max(0, count)).prefix { $0 != 10 }, as: UTF8.self)
    }

    private func say(_ text: String) -> Int32 {
        let octets = Array(text.utf8)
        return write(1, octets, octets.count) == octets.count ? 0 : 1
    }
}
