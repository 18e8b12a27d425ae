import Glibc
import TestServers

/// The `mailroom` that was built along with these tests.
enum Binary {
    /// Beside the bundle of the tests: `.build/debug/mailroom`.
    ///
    /// Or another one, of a release or of a package: `MAILROOM_BINARY`.
    static let path: String = {
        if let other { return other }
        let tests = (try? realPath("/proc/self/exe")) ?? ""
        return tests.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/mailroom"
    }()

    private static let other = getenv("MAILROOM_BINARY").map { String(cString: $0) }

    static let isBuilt = access(path, X_OK) == 0

    /// Faults can be ordered in debug builds alone.
    static let takesOrders: Bool = {
        #if DEBUG
            other == nil
        #else
            false
        #endif
    }()

    private static func realPath(_ path: String) throws -> String {
        struct NoSuchPath: Error {}
        guard let resolved = realpath(path, nil) else { throw NoSuchPath() }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

/// How long and how hard to test, by the environment: short by default, long by hand.
enum Effort {
    static func number(_ name: String, or usual: Int) -> Int {
        getenv(name).flatMap { Int(String(cString: $0)) } ?? usual
    }

    /// Random kills during one live sync.
    static let kills = number("MAILROOM_KILLS", or: 25)
    /// Letters that go out meanwhile.
    static let letters = number("MAILROOM_LETTERS", or: 60)
    /// Of the calls that make things durable, how many are the last: all of them, or some by chance.
    static let killedCalls = number("MAILROOM_KILLED_CALLS", or: 30)
    /// The seed of what is random; printed, so that a run can be had again.
    static let seed = UInt64(number("MAILROOM_SEED", or: Int.random(in: 1...999_999)))
    static let sources = number("MAILROOM_SOURCES", or: 100)
    static let generated = number("MAILROOM_GENERATED", or: 300)
    static let deliveries = number("MAILROOM_DELIVERIES", or: 20)
    /// Whether figures are held to the goals of a release build on a quiet machine.
    static let isMeasured = number("MAILROOM_MEASURED", or: 0) > 0
}

/// Numbers that look random and are the same for the same seed.
struct Dice: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
