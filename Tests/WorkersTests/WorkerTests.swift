import Glibc
import Testing
import Workers

private typealias Semaphore = Workers.Semaphore

/// An actor that blocks its thread, as one that owns a C library's session does.
private actor Blocking: WorkerActor {
    let worker: Worker
    private var count = 0

    init(_ pool: WorkerPool) { worker = Worker(pool: pool) }

    /// Waits for the other party to arrive: possible only if both run at the same time.
    func meet(_ mine: Semaphore, _ other: Semaphore) -> Bool {
        mine.post()
        return other.wait(seconds: 10)
    }

    func add() { count += 1 }
    func total() -> Int { count }
}

@Suite("Workers: actors that may block")
struct WorkerTests {
    @Test("two actors block at the same time, each on a thread of its own")
    func twoBlock() async {
        let pool = WorkerPool(name: "test", limit: 2)
        let left = Blocking(pool)
        let right = Blocking(pool)
        let one = Semaphore()
        let two = Semaphore()
        async let first = left.meet(one, two)
        async let second = right.meet(two, one)
        #expect(await first)
        #expect(await second)
    }

    @Test("one actor's jobs never run side by side, whatever the pool's size")
    func serial() async {
        let actor = Blocking(WorkerPool(name: "test", limit: 4))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<2_000 { group.addTask { await actor.add() } }
        }
        #expect(await actor.total() == 2_000)
    }

    @Test("more actors than threads: all get their turn")
    func queued() async {
        let pool = WorkerPool(name: "test", limit: 1)
        let actors = (0..<50).map { _ in Blocking(pool) }
        await withTaskGroup(of: Void.self) { group in
            for actor in actors { group.addTask { await actor.add() } }
        }
        for actor in actors { #expect(await actor.total() == 1) }
    }
}

@Suite("The hub of idle connections")
struct IdleHubTests {
    @Test("wakes on an octet, on the deadline and on cancellation")
    func wakes() async {
        var ends: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        defer {
            close(ends[0])
            close(ends[1])
        }
        let hub = IdleHub()
        let descriptor = ends[0]
        #expect(await hub.readable(descriptor, seconds: 0) == .timeout)
        let waiting = Task { await hub.readable(descriptor, seconds: 60) }
        waiting.cancel()
        #expect(await waiting.value == .cancelled)
        #expect(write(ends[1], "x", 1) == 1)
        #expect(await hub.readable(descriptor, seconds: 60) == .readable)
    }

    @Test("a peer that hangs up wakes the reader")
    func hangUp() async {
        var ends: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        defer { close(ends[0]) }
        let hub = IdleHub()
        let descriptor = ends[0]
        async let wake = hub.readable(descriptor, seconds: 60)
        close(ends[1])
        #expect(await wake == .readable)
    }
}
